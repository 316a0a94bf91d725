"""A person who can be recognised goes through everything; then nothing of them is where it must not be.

Every table is walked through the metadata, so that tables to come are searched too; on SQLite the file itself is read.
"""

from __future__ import annotations

import gzip
import json
import logging
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.admissions.staff import Actor
from bot.bootstrap import ROOT, bootstrap
from bot.console import learning_services
from bot.services.inbox import Wording, attach_topic
from bot.services.lead_desk import Edit, add_note
from bot.services.logs import JsonLines
from bot.services.protocols import TurnInput, TurnOutput
from bot.serving import web_services
from bot.storage.backups import write_backup
from bot.storage.migrate import migrate
from bot.storage.tables import metadata
from bot.web.app import create_app
from tests.integration.delivery.receivers import REFUSE_ADDRESS, Crm, Mailbox, running_crm, running_mailbox
from tests.integration.storage.conftest import database_url
from tests.integration.web.form_browser import Page

__all__ = ["database_url"]

NAME, EMAIL, PHONE = "Zéphyrine Quatremarre", "zephyrine.quatremarre@canari-exemple.org", "06 39 98 47 21"
WORD = "xylophagie"  # what she types, in questions that have no answer
# As it was typed, and as it may be kept: folded, escaped in JSON, in E.164.
CANARY = ("quatremarre", "phyrine", "canari-exemple", "39984721", "39 98 47 21", WORD)
METRICS_TOKEN = "m" * 40
PG_DUMP = shutil.which("pg_dump")
# Where the person's words and details belong while they are kept, each with its reason.
KEPT_IN = {
    "messages", "conversations", "handled_messages",  # the conversation, its state, and the answer to a retried message
    "unanswered_questions",  # masked: see the test
    "leads", "lead_notes", "lead_changes",  # with consent
    "consents",  # the notice as it was shown, which reads back what was given
}


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Lines(logging.Handler):
    """The log as it would be written, at its most talkative."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass(frozen=True)
class FailingBrain:
    """The real brain, which breaks on one word as a fault of ours would: quoting the message."""

    brain: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.brain, name)

    def reply(self, turn: TurnInput) -> TurnOutput:
        if turn.text and "panne" in turn.text:
            raise RuntimeError(f"cannot handle {turn.text!r}")
        return self.brain.reply(turn)


@dataclass
class World:
    """The whole program, its receivers, and everything it said that is not for the person."""

    program: Any
    client: TestClient
    clock: Clock
    services: Any
    crm: Crm
    mailbox: Mailbox
    log: list[str]
    folder: Path
    token: dict[str, str] = field(default_factory=dict)

    def chat(self, *said: str) -> None:
        if not self.token:
            self.token = {"Authorization": f"Bearer {self.client.post('/api/conversations', json={}).json()['token']}"}
        for text in said:
            self.client.post("/api/messages", json={"text": text}, headers=self.token)

    def tables(self) -> dict[str, str]:
        """Every row of every table, as text."""
        with self.program.engine.connect() as connection:
            return {
                table.name: "\n".join(json.dumps(dict(row), default=str, ensure_ascii=False) for row in connection.execute(select(table)).mappings())
                for table in metadata.sorted_tables
            }

    def holding(self) -> set[str]:
        """The tables in which something of the canary stands."""
        return {name for name, text in self.tables().items() if found(text)}


def found(text: str) -> list[str]:
    return [mark for mark in CANARY if mark in text.lower()]


@pytest.fixture
def world(database_url: str, brain: Any, tmp_path: Path) -> Iterator[World]:
    handler, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    clock = Clock()
    with running_crm() as crm, running_mailbox() as mailbox:
        environment = {
            "BOT_DATABASE_URL": database_url, "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off", "BOT_SMTP_URL": mailbox.url,
            "BOT_MAIL_FROM": "bot@example.org", "BOT_ADMISSIONS_EMAIL": "admissions@example.org", "BOT_WEBHOOK_URL": crm.url,
            "BOT_WEBHOOK_SECRET": "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0", "BOT_METRICS_TOKEN": METRICS_TOKEN,
        }
        program = bootstrap(ROOT, environment, clock=clock)
        migrate(program.engine)
        services = web_services(program, FailingBrain(brain))
        client = TestClient(create_app(replace(services, run_due_jobs=None)), raise_server_exceptions=False)
        yield World(program, client, clock, services, crm, mailbox, handler.lines, tmp_path)
        program.engine.dispose()
    root.removeHandler(handler)
    root.setLevel(level)


def live_through(world: World) -> list[str]:
    """Chat, lead, form, letters, webhook, faults, personal page, note; gives the pages that strangers could be shown."""
    world.chat(
        "Bonjour, j'ai un BTS, est-ce que je peux candidater ?", "oui", NAME, EMAIL, PHONE, f"la {WORD} est-elle au programme ?",
        f"au fait mon adresse est {EMAIL} et mon numéro {PHONE}, je m'appelle {NAME} : {WORD} ?", f"panne {WORD} {EMAIL}",
    )
    pages = [
        world.client.post("/api/messages", json={"payload": EMAIL}, headers=world.token).text,
        world.client.post("/api/messages", content=f'{{"text": "{EMAIL}'.encode(), headers=world.token).text,
        world.client.get(f"/mes-donnees/{EMAIL}").text, world.client.get(f"/{WORD}?email={EMAIL}").text,
        world.client.get("/api/messages", headers={"Authorization": f"Bearer {EMAIL}"}).text,
        world.client.post("/staff/connexion", data={"email": EMAIL, "password": WORD}).text.replace(EMAIL, "", 1),  # the field is filled in again
    ]
    world.mailbox.script[:] = [REFUSE_ADDRESS, REFUSE_ADDRESS]
    world.crm.script[:] = [500]
    world.services.run_due_jobs()
    world.clock.now += timedelta(minutes=10)
    world.services.run_due_jobs()
    [lead] = [lead for lead in leads(world) if lead["email"]]
    add_note(world.program.uow_factory, Edit(Actor("a" * 36, "paul@example.org"), lead["id"], 1, world.clock.now), "n" * 36, f"{NAME} a rappelé : {WORD}")
    pages.append(world.client.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"}).text)
    return pages


def fill_the_form(world: World) -> str:
    """A second lead, by the form without JavaScript; gives the path of her own page."""
    headers = {"Accept": "text/html"}
    page = Page(world.client.get("/formulaire/verification", headers=headers).text)
    situation = {**page.entries(), "diploma": "bac_pro", "experience_years": "4", "status": "salarie"}
    page = Page(world.client.post("/formulaire/verification", data=situation, headers=headers).text)
    contact = {**page.entries(), "name": NAME, "email": EMAIL, "phone": PHONE, "question": WORD, "consent": "yes"}
    page = Page(world.client.post("/formulaire/coordonnees", data=contact, headers=headers).text)
    return next(link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("/mes-donnees/"))


def leads(world: World) -> list[dict[str, Any]]:
    from bot.services.leads import export_leads

    return export_leads(world.program.uow_factory)


def test_nothing_personal_is_where_it_must_not_be(world: World) -> None:
    pages = live_through(world)
    path = fill_the_form(world)

    assert world.holding() >= {"messages", "leads", "lead_notes", "unanswered_questions"}, "the canary went through"
    assert world.holding() <= KEPT_IN
    questions = world.tables()["unanswered_questions"].lower()
    assert WORD in questions and set(found(questions)) == {WORD}
    assert not [page[:300] for page in pages if found(page)]
    assert not found(path)
    assert len(world.log) > 20 and not [line for line in world.log if found(line)]
    assert world.mailbox.letters and world.crm.effects, "the office was told"


def test_erasure_leaves_nothing_in_any_table(world: World) -> None:
    live_through(world)
    path = fill_the_form(world)
    assert all(found(dump) for dump in dumps(world)), "a dump holds what is kept"

    assert world.client.delete("/api/conversations", headers=world.token).status_code == 204
    page = Page(world.client.get(path, headers={"Accept": "text/html"}).text)
    assert world.client.post(path, data={**page.entries(), "confirmation": "yes"}, headers={"Accept": "text/html"}).status_code == 200

    assert world.holding() == set()
    world.services.run_due_jobs()  # the CRM is told of the erasure, by the id alone
    assert not [effect for effect in world.crm.effects.values() if effect["type"] == "lead.erased" and found(json.dumps(effect))]
    assert world.holding() == set()
    assert_no_byte_is_left(world)


def test_an_addition_drawn_from_her_question_keeps_the_question_alone(world: World) -> None:
    """The office's answers outlive the person who asked; a colleague may even have pasted her words as they were."""
    live_through(world)
    learning = learning_services(world.program)
    with world.program.uow_factory() as uow:
        asked = [Wording(question.text, (question.id,)) for question in uow.inbox.open(100)]
    pasted = f"je m'appelle {NAME}, la {WORD} est-elle au programme ? {EMAIL} {PHONE}"
    attach_topic(learning, asked, pasted, "metiers", Actor("a" * 36, "paul@example.org"), world.clock.now)

    assert world.client.delete("/api/conversations", headers=world.token).status_code == 204

    kept = world.tables()["publications"].lower()
    assert kept.count(WORD) >= 2 and set(found(kept)) == {WORD}


def test_retention_leaves_nothing_in_any_table(world: World) -> None:
    live_through(world)
    fill_the_form(world)

    world.clock.now += timedelta(days=31)
    world.services.run_due_jobs()
    assert world.holding() <= {"leads", "lead_notes", "lead_changes", "consents"}, "the conversation is gone, the lead is kept with its consent"
    world.clock.now += timedelta(days=1096)
    world.services.run_due_jobs()

    assert world.holding() == set()
    assert_no_byte_is_left(world)


def dumps(world: World) -> list[str]:
    """The database as it leaves the machine: `bot backup`, and the database's own dump, tables unknown to the program included."""
    file = world.folder / "canari.sauvegarde"
    write_backup(world.program.engine, file, world.clock.now)
    return [gzip.decompress(file.read_bytes()).decode(), *own_dump(world)]


def own_dump(world: World) -> list[str]:
    url = world.program.engine.url
    if is_sqlite(world):
        connection = sqlite3.connect(url.database)
        try:
            return ["\n".join(connection.iterdump())]
        finally:
            connection.close()
    if PG_DUMP is None:
        return []
    schema = url.query["options"].partition("=")[2]
    address = url.set(query={}).render_as_string(hide_password=False)
    return [subprocess.run([PG_DUMP, "--schema", schema, address], check=True, capture_output=True, text=True).stdout]


def is_sqlite(world: World) -> bool:
    return bool(world.program.engine.dialect.name == "sqlite")


def assert_no_byte_is_left(world: World) -> None:
    """Nor in a dump; SQLite's free pages and journal hold what was deleted until they are overwritten: after the night's jobs, nothing."""
    world.clock.now += timedelta(days=1)
    world.services.run_due_jobs()
    assert not [dump for dump in dumps(world) if found(dump)]
    if not is_sqlite(world):
        return
    database = Path(world.program.engine.url.database)
    for file in database.parent.glob(f"{database.name}*"):
        content = file.read_bytes().decode("utf-8", "ignore")
        assert not found(content), file.name
