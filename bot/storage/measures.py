"""Figures for operators, in four short reads; no column that names anybody is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.engine import reading
from bot.storage.outbox import PENDING
from bot.storage.tables import jobs, leads, outbox

NO_VERDICT = "none"


@dataclass(frozen=True)
class Measures:
    """Satisfies bot.web.gauges.Measures: `outbox` counts rows by (channel, state), `leads` by (state, verdict or « none »).

    `oldest_pending_s` is by channel; `job_late_s` how long each job has been due, 0 when it is not; `job_attempts`
    its failures in a row.
    """

    outbox: Mapping[tuple[str, str], int]
    oldest_pending_s: Mapping[str, float]
    leads: Mapping[tuple[str, str], int]
    job_late_s: Mapping[str, float]
    job_attempts: Mapping[str, int]


def read_measures(engine: Engine, now: datetime) -> Measures:
    """What stands in the database now. Raises: StorageUnavailable."""
    by_state = select(outbox.c.channel, outbox.c.state, func.count()).group_by(outbox.c.channel, outbox.c.state)
    oldest = select(outbox.c.channel, func.min(outbox.c.created_at)).where(outbox.c.state == PENDING).group_by(outbox.c.channel)
    by_verdict = select(leads.c.state, leads.c.verdict, func.count()).group_by(leads.c.state, leads.c.verdict)
    with reading(engine) as connection:
        due = connection.execute(select(jobs.c.name, jobs.c.due_at, jobs.c.attempts)).all()
        return Measures(
            outbox={(channel, state): count for channel, state, count in connection.execute(by_state)},
            oldest_pending_s={channel: max(0.0, (now - at).total_seconds()) for channel, at in connection.execute(oldest)},
            leads={(state, verdict or NO_VERDICT): count for state, verdict, count in connection.execute(by_verdict)},
            job_late_s={row.name: max(0.0, (now - row.due_at).total_seconds()) for row in due},
            job_attempts={row.name: row.attempts for row in due},
        )
