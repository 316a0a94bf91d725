"""The morning's figures: counts by verdict and state of the last working day, and nobody's name."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from sqlalchemy import update

from bot.admissions.facts import Verdict
from bot.services.digest import digest_job
from bot.services.jobs import run_due_jobs
from bot.storage.digest import count_leads
from bot.storage.engine import writing
from bot.storage.jobs import JobStore
from bot.storage.tables import leads
from tests.integration.builders import EMAIL
from tests.integration.delivery.conftest import OFFICE

MONDAY_AT_8 = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def job_of(house, mailbox):
    return digest_job(partial(count_leads, house.engine), OFFICE, house.sender(mailbox))


def at(house, day, hour=12):
    house.clock.now = datetime(2026, 11, day, hour, tzinfo=UTC)


def test_the_digest_counts_the_last_working_day_and_the_weekend_by_verdict_and_state(house, mailbox):
    at(house, 19)
    house.new_lead()
    at(house, 20)
    house.new_lead(verdict=Verdict.TO_REVIEW)
    at(house, 21)
    seen = house.new_lead(verdict=None)
    at(house, 23, hour=6)
    house.new_lead()
    with writing(house.engine) as connection:
        connection.execute(update(leads).where(leads.c.id == seen.id).values(state="contacte"))
    job_of(house, mailbox).run(MONDAY_AT_8)
    text = mailbox.text()
    assert "du 20 novembre 2026 au 22 novembre 2026 : 2" in text
    assert "- à vérifier : 1\n" in text and "- sans vérification des conditions : 1\n" in text and "- conditions remplies : 0\n" in text
    assert "- nouveau : 1\n" in text and "- contacté : 1\n" in text
    assert "(état « nouveau ») : 3 ; le plus ancien date d'il y a 4 jours" in text
    assert mailbox.letters[0]["Subject"] == "Point du matin : 3 contacts à traiter"
    assert not any(word in text + mailbox.html() for word in ("amille", EMAIL))


def test_nothing_to_say_is_said_too(house, mailbox):
    job_of(house, mailbox).run(MONDAY_AT_8)
    assert "au 22 novembre 2026 : 0" in mailbox.text() and "le plus ancien" not in mailbox.text()


def test_the_digest_goes_out_once_a_weekday_however_many_processes_look(house, mailbox):
    jobs, store = [job_of(house, mailbox)], JobStore(house.engine)
    store.schedule("digest", MONDAY_AT_8)
    at(house, 22, hour=23)
    for _ in range(24 * 8):
        for _process in range(2):
            run_due_jobs(store, jobs, house.clock)
        house.clock.forward(hours=1)
    assert [str(letter["Date"])[:11] for letter in mailbox.letters] == [
        "Mon, 23 Nov", "Tue, 24 Nov", "Wed, 25 Nov", "Thu, 26 Nov", "Fri, 27 Nov", "Mon, 30 Nov",
    ]
    assert {letter["Date"].datetime.hour for letter in mailbox.letters} == {7}


def test_a_digest_that_failed_is_tried_again_the_same_morning(house, mailbox):
    jobs, store = [job_of(house, mailbox)], JobStore(house.engine)
    store.schedule("digest", MONDAY_AT_8)
    mailbox.script = ["451 later"]
    house.clock.now = MONDAY_AT_8
    assert run_due_jobs(store, jobs, house.clock) == []
    house.clock.forward(minutes=5)
    assert run_due_jobs(store, jobs, house.clock) == ["digest"] and len(mailbox.letters) == 1


def test_a_digest_missed_on_a_friday_does_not_come_on_a_saturday(house, mailbox):
    job_of(house, mailbox).run(datetime(2026, 11, 21, 10, tzinfo=UTC))
    assert mailbox.letters == []
