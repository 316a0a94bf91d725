"""A million events and 100,000 leads against a database with one page of leads: a turn, and the office's page of contacts.

Against no lead at all, the page would be compared with one that shows nothing: its fifty lines take longer than its queries.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from benchmarks.speed.conversations import Dialogue
from benchmarks.speed.figures import Figure, Line
from benchmarks.speed.messages import play
from benchmarks.speed.sides import Side, start_ours
from bot.admissions.staff import Account, Role
from bot.services.staff_sessions import open_session_in
from bot.storage.engine import open_engine, writing
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.tables import consents, conversations, events, leads
from bot.storage.unit_of_work import unit_of_work_factory

LEADS, EVENTS_EACH, ROWS_AT_ONCE = 100_000, 10, 5_000
ONE_PAGE = 50
PAGES_READ = 20
NOW = datetime.now(UTC)


def compare(rounds: int, dialogues: list[Dialogue]) -> list[Line]:
    """Turns and pages on both databases in turn; a page that the console does not have is left out."""
    with tempfile.TemporaryDirectory() as name:
        sides: dict[str, Side] = {}
        cookies = {}
        try:
            for number, (kind, leads_stored) in enumerate((("empty", ONE_PAGE), ("full", LEADS))):
                folder = Path(name) / kind
                folder.mkdir()
                cookies[kind] = _prepare(f"sqlite:///{folder}/bot.db", leads_stored)
                sides[kind] = start_ours(folder, first=4 + number)
                play(sides[kind], dialogues[-5:])
                _read_page(sides[kind], cookies[kind])
            found = [{kind: _measure(side, (dialogues * 2)[number * 6 : number * 6 + 12], cookies[kind]) for kind, side in sides.items()}
                     for number in range(rounds)]
        finally:
            for side in sides.values():
                side.stop()
    return [line for title, measures in _TITLES.items() for line in _lines(title, measures, found)]


_TITLES = {"un tour": ("turn_ms", "turn_cpu_ms"), "la page des contacts": ("page_ms", "page_cpu_ms")}
_Round = dict[str, dict[str, float]]


def _measure(side: Side, dialogues: list[Dialogue], cookie: str) -> dict[str, float]:
    """One round on one database; without the page where the console does not have it."""
    turns, before = play(side, dialogues), side.cpu_s()
    pages = _read_page(side, cookie)
    found = {"turn_ms": 1000 * median(turns.times_s), "turn_cpu_ms": turns.cpu_ms}
    return found | ({"page_ms": median(pages), "page_cpu_ms": 1000 * (side.cpu_s() - before) / len(pages)} if pages else {})


def _lines(title: str, measures: tuple[str, str], found: list[_Round]) -> Iterator[Line]:
    """Each round's ratio between neighbours in time: what else the machine does falls on both."""
    for measure, kind in zip(measures, ("durée", "temps processeur"), strict=True):
        if all(measure in side for one in found for side in one.values()):
            empty, full = (median(one[side][measure] for one in found) for side in ("empty", "full"))
            ratios = [one["full"][measure] / max(one["empty"][measure], 1e-3) for one in found]
            yield Line(f"{title} : un million d'événements et {LEADS} contacts, par rapport à {ONE_PAGE} contacts ({kind})", "fois", "au plus 1,3",
                       Figure.of(ratios), note=f"{title}, {kind} : {empty:.1f} ms puis {full:.1f} ms")


def _read_page(side: Side, cookie: str) -> list[float]:
    """Milliseconds of each reading; nothing when the page is not there."""
    times = []
    connection = HTTPConnection("127.0.0.1", side.servers[0].port, timeout=60)
    for _ in range(PAGES_READ):
        began = time.perf_counter()
        connection.request("GET", "/staff/contacts", headers={"Cookie": f"bot_staff={cookie}"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            return []
        times.append(1000 * (time.perf_counter() - began))
    return times


def _prepare(database_url: str, leads_stored: int) -> str:
    """Makes the tables, fills them, and signs somebody in: the cookie's value."""
    engine = open_engine(database_url)
    migrate(engine)
    for rows in _stored(leads_stored):
        with writing(engine) as connection:
            for table, its_rows in rows.items():
                connection.execute(insert(table), its_rows)
    account = Account(str(uuid4()), "bench@example.org", "Bench", Role.ADMIN, True, NOW)
    with unit_of_work_factory(engine, Retention(timedelta(days=30), timedelta(days=1095)))() as uow:
        uow.accounts.add(account)
        signed_in = open_session_in(uow, account, "bench", datetime.now(UTC), "password")
        uow.commit()
    engine.dispose()
    return signed_in.token


def _stored(count: int) -> Iterator[dict[Any, list[dict[str, Any]]]]:
    for first in range(0, count, ROWS_AT_ONCE):
        rows: dict[Any, list[dict[str, Any]]] = {conversations: [], events: [], consents: [], leads: []}
        for number in range(first, min(first + ROWS_AT_ONCE, count)):
            _add(rows, str(UUID(int=number)), NOW - timedelta(minutes=number % 40_000), number)
        yield rows


def _add(rows: dict[Any, list[dict[str, Any]]], name: str, at: datetime, number: int) -> None:
    rows[conversations].append({"id": name, "created_at": at, "last_message_at": at, "version": 2, "message_count": 0,
                                "event_count": EVENTS_EACH, "state": None, "offered": {}})
    rows[events] += [{"conversation_id": name, "seq": place, "body": {"event": "action", "name": "action_answer_question", "timestamp": 1.7e9}}
                     for place in range(1, EVENTS_EACH + 1)]
    rows[consents].append({"id": name, "conversation_id": name, "version": "bench", "text": "Oui.", "at": at})
    rows[leads].append({
        "id": name, "conversation_id": name, "version": 1, "created_at": at, "updated_at": at, "last_contact_at": at, "verdict": "eligible",
        "reasons": [], "level": 5, "diploma": "BTS", "experience_months": number % 120, "status": "salarie", "route": None,
        "name": f"Personne {number}", "email": f"personne{number}@example.org", "phone": None, "consent_at": at, "consent_version": "bench",
        "question": None, "state": "nouveau", "topics": [], "for_someone_else": False, "search_text": f"personne {number}",
        "email_key": f"personne{number}@example.org",
    })
