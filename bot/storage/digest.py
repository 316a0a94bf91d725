"""Counts for the morning's digest; no column that names anybody is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.sql import ColumnElement

from bot.admissions.facts import Verdict
from bot.admissions.leads import LeadState
from bot.storage.engine import reading
from bot.storage.outbox import DEAD
from bot.storage.tables import leads, outbox


@dataclass(frozen=True)
class LeadCounts:
    """Satisfies bot.services.announcements.DigestFigures."""

    by_verdict: Mapping[Verdict | None, int]
    by_state: Mapping[str, int]
    waiting: int
    waiting_since: datetime | None
    given_up: int


def count_leads(engine: Engine, since: datetime, until: datetime) -> LeadCounts:
    """Leads made from `since` to before `until`, by verdict and by present state; and what waits, whenever made."""
    is_new = leads.c.state == LeadState.NOUVEAU.value
    waiting = select(func.count(), func.min(leads.c.created_at)).where(is_new)
    given_up = select(func.count()).where(outbox.c.state == DEAD)
    with reading(engine) as connection:

        def by(column: ColumnElement[str]) -> dict[str | None, int]:
            in_period = (leads.c.created_at >= since) & (leads.c.created_at < until)
            return dict(connection.execute(select(column, func.count()).where(in_period).group_by(column)).all())

        number, oldest = connection.execute(waiting).one()
        verdicts = {None if code is None else Verdict(code): count for code, count in by(leads.c.verdict).items()}
        states = {str(state): count for state, count in by(leads.c.state).items()}
        return LeadCounts(verdicts, states, number, oldest, connection.execute(given_up).scalar_one())
