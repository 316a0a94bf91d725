"""Work that comes due without anybody asking, done once however many processes run.

A job is a row claimed for a while: a process that dies in the middle leaves it to the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol, TypeVar

from bot.services.leads import RetentionPeriods, purge
from bot.services.logs import log_event, log_failure
from bot.services.protocols import UnitOfWorkFactory

LEASE = timedelta(minutes=15)
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=6)
# The quietest hour, and one that exists on the days when the clocks change.
RETENTION_AT = time(4, 30)
FORGOTTEN_AT = time(5, 0)


class Claimed(Protocol):
    """A job that this process holds; `attempts` counts this one."""

    @property
    def attempts(self) -> int: ...


Claim = TypeVar("Claim", bound=Claimed)


class JobStore(Protocol[Claim]):
    """Where due jobs are kept and claimed."""

    def schedule(self, name: str, due_at: datetime) -> None: ...
    def claim(self, name: str, now: datetime, lease: timedelta) -> Claim | None: ...
    def finish(self, job: Claim, next_due_at: datetime) -> None: ...
    def postpone(self, job: Claim, due_at: datetime) -> None: ...


@dataclass(frozen=True)
class Job:
    """`run` gets the time it runs at; `next_due` gives the next time after one."""

    name: str
    run: Callable[[datetime], None]
    next_due: Callable[[datetime], datetime]


def schedule_jobs(store: JobStore[Claim], jobs: Sequence[Job], now: datetime) -> None:
    """Makes the jobs known; a new one is due at once, so that a machine rarely on still runs it."""
    for job in jobs:
        store.schedule(job.name, now)


def run_due_jobs(store: JobStore[Claim], jobs: Sequence[Job], clock: Callable[[], datetime]) -> list[str]:
    """Runs what is due and free, and gives the names of what succeeded; a failure is retried later."""
    return [job.name for job in jobs if _run_if_due(store, job, clock)]


def daily_at(hour: time, timezone: tzinfo) -> Callable[[datetime], datetime]:
    """The next time that the clocks of `timezone` show this hour."""

    def next_due(now: datetime) -> datetime:
        today = datetime.combine(now.astimezone(timezone).date(), hour, timezone)
        return today if today > now else datetime.combine(today.date() + timedelta(days=1), hour, timezone)

    return next_due


def retention_job(uow_factory: UnitOfWorkFactory, periods: RetentionPeriods, timezone: tzinfo) -> Job:
    """Erases, every night, what has been kept long enough."""

    def run(now: datetime) -> None:
        purged = purge(uow_factory, periods, now)
        log_event("retention_applied", conversations=purged.conversations, leads=purged.leads)

    return Job("retention", run, daily_at(RETENTION_AT, timezone))


def _run_if_due(store: JobStore[Claim], job: Job, clock: Callable[[], datetime]) -> bool:
    claimed = store.claim(job.name, clock(), LEASE)
    if claimed is None:
        return False
    try:
        job.run(clock())
    except Exception as error:  # noqa: BLE001 whatever went wrong, the job must be given back
        log_failure("job_failed", error, job=job.name, attempts=claimed.attempts)
        store.postpone(claimed, clock() + min(FIRST_RETRY * 2 ** min(claimed.attempts - 1, 12), LAST_RETRY))
        return False
    store.finish(claimed, job.next_due(clock()))
    return True
