"""Serves the assistant with uvicorn: one process, actions included."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import time
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.admissions.errors import SettingsError, StorageUnavailable
from bot.logs import quiet_libraries
from bot.services.logs import log_event

if TYPE_CHECKING:
    from bot.bootstrap import Program
    from bot.dialogue.brain import RasaBrain as Brain
    from bot.web.context import FormServices, WebServices


def serve(root: Path, host: str | None, port: int | None) -> int:
    """Serves until stopped. Raises SettingsError for an occupied port, StorageUnavailable for a lost database."""
    from bot.bootstrap import bootstrap, load_brain
    from bot.settings import load_settings

    settings = load_settings(root)
    address, number = host or settings.host, port or settings.port
    listener = _listen(address, number)  # before the model is loaded: an occupied port is said at once
    started = time.monotonic()
    quiet_libraries(settings.log_level)
    program = bootstrap(root)
    prepare_storage(program)
    print("Chargement du modèle…", file=sys.stderr)
    brain = load_brain(program, root)
    brain.understand("bonjour")  # the first message must not wait for what is loaded at first use,
    program.published.current()  # nor for what the office has published
    from bot.web.app import create_app
    from bot.web.server import run_server

    app = create_app(web_services(program, brain))
    print(f"L'assistant répond sur http://{address}:{number} (prêt en {time.monotonic() - started:.0f} s ; Ctrl+C pour arrêter)", file=sys.stderr)
    run_server(app, listener)
    return 0


def prepare_storage(program: Program) -> None:
    """Brings the database to the present schema."""
    from bot.storage.migrate import migrate

    migrate(program.engine)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        remedy = (
            "ce port est déjà occupé ; choisissez-en un autre (BOT_PORT ou --port)"
            if error.errno == errno.EADDRINUSE
            else "cette adresse n'est pas utilisable"
        )
        raise SettingsError("BOT_HOST:BOT_PORT", f"{host}:{port}", remedy) from None
    return listener


def web_services(program: Program, brain: Brain) -> WebServices:
    """The web's view of the program."""
    from bot.announcing import courier_and_jobs
    from bot.console import console_jobs, console_services
    from bot.services.inbox import measure_new_questions
    from bot.services.jobs import FORGOTTEN_AT, Job, daily_at, retention_job, run_due_jobs, schedule_jobs
    from bot.services.my_data_links import my_data_link
    from bot.storage.engine import forget_deleted
    from bot.storage.jobs import JobStore
    from bot.storage.measures import read_measures
    from bot.web.context import WebServices

    settings, clock = program.settings, program.assistant.clock
    store = JobStore(program.engine)
    courier, mornings = courier_and_jobs(program, partial(my_data_link, settings))
    for job in mornings:
        store.schedule(job.name, job.next_due(clock()))  # the first one waits for its hour; what follows is for new jobs
    jobs = [retention_job(program.uow_factory, program.retention, settings.timezone), *console_jobs(program), *mornings]
    # What was erased during the day, by anybody, stays in SQLite's journal at most until then.
    jobs.append(Job("forget_deleted", lambda _now: forget_deleted(program.engine), daily_at(FORGOTTEN_AT, settings.timezone)))
    schedule_jobs(store, jobs, clock())

    staff = console_services(program)

    def run_due() -> None:
        # Not a job of its own: rows are claimed one by one, so that a process that dies holds back one, not all.
        courier.deliver_due()
        run_due_jobs(store, jobs, clock)
        if staff.learning is not None:
            measure_new_questions(staff.learning)  # so that the inbox opens at once

    return WebServices(
        settings=settings, uow_factory=program.uow_factory, brain=brain, clock=clock,
        knowledge=lambda: public_knowledge(program), is_ready=lambda: is_ready(program, brain),
        run_due_jobs=run_due, form=form_services(program), staff=staff,
        measures=lambda: read_measures(program.engine, clock()),
    )


def form_services(program: Program) -> FormServices:
    """What the pages without JavaScript show; the answers are written out once a day, and after each publication."""
    from bot.catalogue.live import LiveTitles
    from bot.services.printed_answers import PrintedTopic, printed_topics
    from bot.web.context import FormServices

    base = program.assistant.base

    @lru_cache(maxsize=1)
    def topics_of(on: date, version: object) -> tuple[PrintedTopic, ...]:
        return printed_topics(program.published.current().catalogue, base, program.card_files, on)

    titles = LiveTitles(lambda: program.published.current().catalogue)
    return FormServices(program.assistant, lambda on: topics_of(on, program.published.version), titles)


def public_knowledge(program: Program) -> dict[str, Any]:
    """GET /api/knowledge: the facts of the record with their sections, then what the office gives on practical matters."""
    from bot.catalogue.public_facts import practical_facts

    catalogue, today = program.published.current().catalogue, program.assistant.today()
    identity = catalogue.base.facts.identite
    facts = [*catalogue.facts(), *practical_facts(catalogue.base.practical, today)]
    return {
        "certification": f"{identity.code} « {identity.intitule} »", "as_of": catalogue.as_of.isoformat(),
        "facts": [{"id": fact.id, "label": fact.label, "value": fact.value, "source": fact.source} for fact in facts],
    }


def is_ready(program: Program, brain: Brain) -> bool:
    """Whether the model understands and the database answers with a schema that this program can use."""
    from bot.storage.migrate import is_usable

    try:
        return is_usable(program.engine) and brain.domain is not None
    except StorageUnavailable as error:
        log_event("database_failed", logging.ERROR, cause=error.cause)
        return False
