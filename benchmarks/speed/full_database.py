"""A million events and 100,000 leads against an empty database: a turn, and the office's page of contacts."""

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
PAGES_READ = 10
NOW = datetime.now(UTC)


def compare(rounds: int, dialogues: list[Dialogue]) -> list[Line]:
    """Turns and pages on both databases in turn; a page that the console does not have is left out."""
    with tempfile.TemporaryDirectory() as name:
        folders = {kind: Path(name) / kind for kind in ("empty", "full")}
        sides: dict[str, Side] = {}
        cookies = {}
        try:
            for number, (kind, folder) in enumerate(folders.items()):
                folder.mkdir()
                cookies[kind] = _prepare(f"sqlite:///{folder}/bot.db", is_full=kind == "full")
                sides[kind] = start_ours(folder, first=4 + number)
                play(sides[kind], dialogues[-5:])
            turns: dict[str, list[float]] = {kind: [] for kind in sides}
            pages: dict[str, list[float]] = {kind: [] for kind in sides}
            for number in range(rounds):
                for kind, side in sides.items():
                    turns[kind].append(1000 * median(play(side, (dialogues * 2)[number * 6 : number * 6 + 12]).times_s))
                    pages[kind] += _read_page(side, cookies[kind])
        finally:
            for side in sides.values():
                side.stop()
    return [_line("un tour", turns), *([_line("la page des contacts", pages)] if pages["full"] and pages["empty"] else [])]


def _line(title: str, times: dict[str, list[float]]) -> Line:
    full, empty = Figure.of(times["full"]), Figure.of(times["empty"])
    note = f"{empty.middle:.1f} ms à vide, {full.middle:.1f} ms plein"
    return Line(f"{title} : un million d'événements et {LEADS} contacts, par rapport à une base vide", "fois", "au plus 1,3",
                Figure.of([full.middle / empty.middle]), note=note)


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


def _prepare(database_url: str, is_full: bool) -> str:
    """Makes the tables, fills them, and signs somebody in: the cookie's value."""
    engine = open_engine(database_url)
    migrate(engine)
    if is_full:
        for rows in _stored():
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


def _stored() -> Iterator[dict[Any, list[dict[str, Any]]]]:
    for first in range(0, LEADS, ROWS_AT_ONCE):
        rows: dict[Any, list[dict[str, Any]]] = {conversations: [], events: [], consents: [], leads: []}
        for number in range(first, first + ROWS_AT_ONCE):
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
