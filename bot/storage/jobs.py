"""Due jobs as rows that one process at a time may claim, however many processes there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.storage.engine import reading, writing
from bot.storage.tables import jobs


@dataclass(frozen=True)
class ClaimedJob:
    """A job held until `claimed_until`; `attempts` counts this one, from 1."""

    name: str
    due_at: datetime
    claimed_until: datetime
    attempts: int


class JobStore:
    """Claims and gives back jobs; each call is its own short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def schedule(self, name: str, due_at: datetime) -> None:
        """Makes the job known, due at `due_at`; one that is known already keeps its time."""
        with reading(self._engine) as connection:
            if _is_known(connection, name):
                return
        with writing(self._engine) as connection:
            _lock_names(connection)
            if not _is_known(connection, name):
                connection.execute(insert(jobs).values(name=name, due_at=due_at, claimed_until=None, attempts=0))

    def claim(self, name: str, now: datetime, lease: timedelta) -> ClaimedJob | None:
        """Holds the job for `lease` when it is due and nobody holds it, else None."""
        is_free = or_(jobs.c.claimed_until.is_(None), jobs.c.claimed_until <= now)
        due = select(jobs).where(jobs.c.name == name, jobs.c.due_at <= now, is_free)
        with writing(self._engine) as connection:
            # SQLite leaves the clause out: its write lock, taken when the transaction opens, does the same.
            row = connection.execute(due.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            claimed = ClaimedJob(name, row.due_at, now + lease, row.attempts + 1)
            connection.execute(
                update(jobs)
                .where(jobs.c.name == name)
                .values(claimed_until=claimed.claimed_until, attempts=claimed.attempts)
            )
        return claimed

    def finish(self, job: ClaimedJob, next_due_at: datetime) -> None:
        """Gives the job back, done, until its next time."""
        self._give_back(job, next_due_at, attempts=0)

    def postpone(self, job: ClaimedJob, due_at: datetime) -> None:
        """Gives the job back after a failure, to be tried again."""
        self._give_back(job, due_at, attempts=job.attempts)

    def _give_back(self, job: ClaimedJob, due_at: datetime, attempts: int) -> None:
        # A claim that ran out may have been taken by another process: its row is no longer ours.
        still_ours = (jobs.c.name == job.name) & (jobs.c.claimed_until == job.claimed_until)
        with writing(self._engine) as connection:
            connection.execute(
                update(jobs).where(still_ours).values(due_at=due_at, claimed_until=None, attempts=attempts)
            )


def _is_known(connection: Connection, name: str) -> bool:
    return connection.execute(select(jobs.c.name).where(jobs.c.name == name)).first() is not None


def _lock_names(connection: Connection) -> None:
    """Two processes that start together must not both insert; SQLite's transaction already holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE jobs IN SHARE ROW EXCLUSIVE MODE")
