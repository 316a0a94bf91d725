"""A full disk, a locked database, a clock that goes back: on the real storage, behind the real application."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from bot.services.jobs import Job, run_due_jobs, schedule_jobs
from bot.storage.jobs import JobStore
from tests.faults.clients import HTTP, Person
from tests.integration.builders import NOW
from tests.integration.web.conftest import problem_of

LOCKED_S = 10.0


def limit_pages(site, more):
    """From now on the file may grow by that many pages; None lifts the limit."""
    with site.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit = 1_073_741_823 if more is None else pages + more

    def set_limit(dbapi_connection, _record=None, _proxy=None):
        dbapi_connection.execute(f"PRAGMA max_page_count={limit}")

    event.listen(site.engine, "checkout", set_limit)
    return lambda: event.remove(site.engine, "checkout", set_limit)


def test_a_full_disk_refuses_keeps_nothing_half_and_goes_on_reading(site):
    _, token = site.open()
    site.say(token, "bonjour")
    before = site.said(token)
    lift = limit_pages(site, 0)
    long = {"text": "une longue question " * 45, "id": str(uuid4())}

    statuses = [site.say(token, **(long | {"id": str(uuid4())})).status_code for _ in range(8)]
    assert statuses[-1] == 503
    refused = site.say(token, **long)
    assert problem_of(refused) == (503, "unavailable") and "Rien n'a été enregistré" in refused.json()["detail"]
    said = site.said(token)
    assert len(said) == len(before) + 2 * statuses.count(200), "a turn was kept by half"
    assert 'bot_database_errors_total{cause="SQLITE_FULL"}' in site.client.get("/metrics").text

    lift()
    limit_pages(site, None)
    assert site.say(token, **long).status_code == 200 and len(site.said(token)) == len(said) + 2


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_database_locked_for_ten_seconds_refuses_once_and_the_retry_is_kept_once(start_app, database_url, look):
    app = start_app(BOT_DATABASE_URL=database_url)
    person = Person(app.url).open()
    is_locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with look.connect() as connection:
            if database_url.startswith("sqlite"):
                connection.connection.isolation_level = None
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("LOCK TABLE conversations IN EXCLUSIVE MODE")
            is_locked.set()
            release.wait(LOCKED_S)
            connection.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    is_locked.wait(5)
    started, message = time.monotonic(), {"text": "contact", "id": str(uuid4())}
    refused = HTTP.post(f"{app.url}/api/messages", json=message, headers=person.headers)
    waited = time.monotonic() - started
    assert refused.status_code == 503 and 4 < waited < 9, "the person must hear within the lock's ten seconds"
    if not database_url.startswith("sqlite"):
        release.set()  # the rest of the ten seconds would show nothing more
    assert person.said() == [] and app.status("/health/ready") == 200, "reading goes on"

    answers = []
    while 503 in (answers := [*answers, HTTP.post(f"{app.url}/api/messages", json=message, headers=person.headers).status_code])[-1:]:
        assert len(answers) < 5
    holder.join()
    assert answers[-1] == 200 and person.said() == ["contact"]


def test_a_clock_that_goes_back_neither_reorders_nor_loses(site):
    conversation_id, token = site.open()
    site.say(token, "un")
    site.now -= timedelta(hours=3)
    site.say(token, "contact")
    site.now += timedelta(hours=3, minutes=1)
    site.say(token, "trois")
    assert [text for text in site.said(token) if not text.startswith(("Réponse", "Bonjour"))] == ["un", "contact", "trois"]
    kept = site.client.get("/api/conversations", headers=token).json()
    assert kept["lead"]["conversation_id"] == conversation_id


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_job_waits_for_the_clock_to_catch_up_and_runs_once(engine):
    store, runs = JobStore(engine), []
    job = Job("nightly", runs.append, lambda now: now + timedelta(days=1))
    schedule_jobs(store, [job], NOW)
    for moment in (NOW, NOW - timedelta(hours=3), NOW + timedelta(hours=1), NOW + timedelta(days=1, hours=1)):
        run_due_jobs(store, [job], lambda moment=moment: moment)
    assert runs == [NOW, NOW + timedelta(days=1, hours=1)]
