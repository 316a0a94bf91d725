"""Counts by hour: written with each turn, merged every night, read by the page of figures.

The rows name no conversation, so they outlive erasure and retention without saying anything of anybody. They are only
added: a counter that every turn changed would make PostgreSQL's turns wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, delete, func, insert, select
from sqlalchemy.engine import Engine

from bot.admissions.figures import Tally
from bot.storage.engine import reading, writing
from bot.storage.lead_desk_tables import lead_changes
from bot.storage.staging import Staging
from bot.storage.tables import UtcDateTime, leads, metadata

# `hour` is the beginning of an hour, UTC; `topic` the intent of an understood turn, else empty.
tallies = Table(
    "tallies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hour", UtcDateTime, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("count", Integer, nullable=False),
    Index("ix_tallies_hour_kind", "hour", "kind"),
)
Period = tuple[datetime, datetime]  # from the first to before the second


class TallyRepository:
    """Adds to the counts in the transaction of what is counted."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def add(self, kind: Tally, at: datetime, topic: str = "", count: int = 1) -> None:
        """Stages one count; only the hour of `at` is kept."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        self._staging.insert(tallies, {"hour": hour, "kind": kind.value, "topic": topic, "count": count})


class FigureStore:
    """Reads the counts and the leads' own dates. Each method may raise StorageUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_hour(self, period: Period) -> list[tuple[datetime, Tally, int]]:
        """How often each kind was counted in each hour that has any."""
        total = func.sum(tallies.c.count)
        statement = select(tallies.c.hour, tallies.c.kind, total).where(*_within(period)).group_by(tallies.c.hour, tallies.c.kind)
        with reading(self._engine) as connection:
            return [(hour, Tally(kind), int(count)) for hour, kind, count in connection.execute(statement)]

    def topics(self, period: Period) -> list[tuple[str, int]]:
        """How often each topic was understood, the commonest first."""
        total = func.sum(tallies.c.count)
        counted = select(tallies.c.topic, total).where(*_within(period), tallies.c.topic != "")
        with reading(self._engine) as connection:
            rows = connection.execute(counted.group_by(tallies.c.topic).order_by(total.desc(), tallies.c.topic))
            return [(topic, int(count)) for topic, count in rows]

    def leads(self, period: Period) -> list[tuple[str | None, str, int]]:
        """Leads made in the period by (assistant's verdict, present state)."""
        first, last = period
        made = select(leads.c.verdict, leads.c.state, func.count()).where(leads.c.created_at >= first, leads.c.created_at < last)
        with reading(self._engine) as connection:
            return [(verdict, state, int(count)) for verdict, state, count in connection.execute(made.group_by(leads.c.verdict, leads.c.state))]

    def first_contacts(self, period: Period) -> list[tuple[datetime, datetime | None]]:
        """For each lead made in the period, when it was made and when its state first changed, if ever."""
        first, last = period
        touched = select(lead_changes.c.lead_id, func.min(lead_changes.c.at).label("at")).where(
            lead_changes.c.kind == "state", lead_changes.c.undone_at.is_(None), lead_changes.c.undoes.is_(None)
        )
        earliest = touched.group_by(lead_changes.c.lead_id).subquery()
        statement = select(leads.c.created_at, earliest.c.at).select_from(leads.outerjoin(earliest, earliest.c.lead_id == leads.c.id))
        with reading(self._engine) as connection:
            found = connection.execute(statement.where(leads.c.created_at >= first, leads.c.created_at < last))
            return [(made, at) for made, at in found]

    def merge(self, before: datetime) -> int:
        """Makes one row of those that count the same in one hour, for hours before `before`; gives how many rows went."""
        same = (tallies.c.hour, tallies.c.kind, tallies.c.topic)
        repeated = select(*same, func.sum(tallies.c.count)).where(tallies.c.hour < before).group_by(*same).having(func.count() > 1)
        gone = 0
        with writing(self._engine) as connection:
            for hour, kind, topic, count in connection.execute(repeated).all():
                is_same = (tallies.c.hour == hour, tallies.c.kind == kind, tallies.c.topic == topic)
                gone += connection.execute(delete(tallies).where(*is_same)).rowcount - 1
                connection.execute(insert(tallies).values(hour=hour, kind=kind, topic=topic, count=int(count)))
        return gone


def _within(period: Period) -> Sequence[object]:
    first, last = period
    return tallies.c.hour >= first, tallies.c.hour < last
