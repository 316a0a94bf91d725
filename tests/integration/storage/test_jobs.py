"""A due job runs once however many processes there are, and comes back after a failure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.conversations import open_conversation
from bot.services.jobs import RETENTION_AT, Job, daily_at, retention_job, run_due_jobs, schedule_jobs
from bot.storage.engine import open_engine
from bot.storage.jobs import JobStore
from tests.integration.builders import NOW, FakeBrain
from tests.integration.storage.conftest import RETENTION

PARIS = ZoneInfo("Europe/Paris")


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(engine) -> JobStore:
    return JobStore(engine)


def job(run=lambda now: None) -> Job:
    return Job("retention", run, lambda now: now + timedelta(days=1))


def test_a_new_job_is_due_at_once_then_at_its_time(store):
    clock, runs = Clock(), []
    jobs = [job(runs.append)]
    schedule_jobs(store, jobs, clock.now)
    assert run_due_jobs(store, jobs, clock) == ["retention"]
    clock.now += timedelta(hours=23)
    assert run_due_jobs(store, jobs, clock) == []
    clock.now += timedelta(hours=1)
    assert run_due_jobs(store, jobs, clock) == ["retention"]
    assert runs == [NOW, NOW + timedelta(days=1)]


def test_scheduling_again_at_each_start_keeps_the_time_of_a_known_job(store):
    jobs = [job()]
    schedule_jobs(store, jobs, NOW)
    run_due_jobs(store, jobs, Clock())
    schedule_jobs(store, jobs, NOW)
    assert run_due_jobs(store, jobs, Clock()) == []


def test_processes_that_look_at_the_same_moment_run_a_job_once(store, engine):
    others = [JobStore(open_engine(engine.url.render_as_string(hide_password=False))) for _ in range(4)]
    runs: list[datetime] = []
    jobs = [job(runs.append)]

    def process(own_store: JobStore) -> None:
        schedule_jobs(own_store, jobs, NOW)
        run_due_jobs(own_store, jobs, Clock())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(process, others))
    for other in others:
        other._engine.dispose()
    assert runs == [NOW]


def test_a_job_under_way_is_not_taken_until_its_claim_runs_out(store):
    schedule_jobs(store, [job()], NOW)
    assert store.claim("retention", NOW, timedelta(minutes=15)) is not None
    assert store.claim("retention", NOW + timedelta(minutes=14), timedelta(minutes=15)) is None
    taken_over = store.claim("retention", NOW + timedelta(minutes=15), timedelta(minutes=15))
    assert taken_over is not None and taken_over.attempts == 2


def test_a_process_that_was_overtaken_does_not_release_the_other_ones_claim(store):
    schedule_jobs(store, [job()], NOW)
    slow = store.claim("retention", NOW, timedelta(minutes=1))
    later = NOW + timedelta(minutes=2)
    store.claim("retention", later, timedelta(minutes=15))
    store.finish(slow, NOW)
    assert store.claim("retention", later, timedelta(minutes=15)) is None


def test_a_job_that_fails_is_tried_again_later_and_later(store):
    clock = Clock()

    def fail(now: datetime) -> None:
        raise RuntimeError("not today")

    jobs = [job(fail)]
    schedule_jobs(store, jobs, clock.now)
    delays_min = []
    for _ in range(4):
        failed_at = clock.now
        assert run_due_jobs(store, jobs, clock) == []
        while store.claim("retention", clock.now, timedelta(0)) is None:
            clock.now += timedelta(minutes=1)
        delays_min.append((clock.now - failed_at) // timedelta(minutes=1))
    assert delays_min[0] == 1 and delays_min == sorted(delays_min) and delays_min[-1] > 2


def test_a_job_that_recovers_starts_counting_afresh(store):
    clock, failures = Clock(), [RuntimeError("once")]

    def fail_once(now: datetime) -> None:
        if failures:
            raise failures.pop()

    jobs = [job(fail_once)]
    schedule_jobs(store, jobs, clock.now)
    run_due_jobs(store, jobs, clock)
    clock.now += timedelta(minutes=1)
    assert run_due_jobs(store, jobs, clock) == ["retention"]
    clock.now += timedelta(days=1)
    assert store.claim("retention", clock.now, timedelta(minutes=1)).attempts == 1


def test_the_retention_job_erases_what_has_been_kept_long_enough(store, uow_factory):
    old = open_conversation(uow_factory, FakeBrain(), NOW - timedelta(days=31)).conversation_id
    jobs = [retention_job(uow_factory, RETENTION, PARIS)]
    schedule_jobs(store, jobs, NOW)
    assert run_due_jobs(store, jobs, Clock()) == ["retention"]
    assert uow_factory().conversations.get(old) is None


@pytest.mark.parametrize(
    ("now", "next_due"),
    [
        ("2026-11-22T03:00+01:00", "2026-11-22T04:30+01:00"),
        ("2026-11-22T04:30+01:00", "2026-11-23T04:30+01:00"),
        ("2026-11-22T23:30+00:00", "2026-11-23T04:30+01:00"),
        ("2027-03-27T12:00+01:00", "2027-03-28T04:30+02:00"),
    ],
)
def test_a_daily_job_follows_the_clocks_of_its_zone(now, next_due):
    found = daily_at(RETENTION_AT, PARIS)(datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(next_due)
