"""What is to be told to the outside world, written with what it announces and kept until it is delivered.

A row names a lead and holds nothing about the person: what is said is made from the lead as it stands when the
row leaves. bot/storage/deliveries.py is the other end, where rows are claimed and settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.admissions.channels import Channel, Event, channels_told
from bot.admissions.leads import Lead
from bot.storage.records import OutboxRecord
from bot.storage.staging import Staging
from bot.storage.tables import leads, outbox

PENDING, DELIVERED, DEAD, SKIPPED = "pending", "delivered", "dead", "skipped"
# After the last change that a lead can have.
LAST_VERSION = 2**31 - 1


class OutboxRepository:
    """The rows of one unit of work; `open_channels` are those that settings give an address to."""

    def __init__(self, staging: Staging, open_channels: frozenset[Channel]) -> None:
        self._staging = staging
        self._open_channels = open_channels
        self._staged: dict[str, tuple[Event, Lead]] = {}

    def add(self, event: Event, lead: Lead, at: datetime, is_by_office: bool = False) -> None:
        """Stages the announcement of an event, a row per channel that it concerns.

        A lead created and corrected in the same turn is announced once, as created and as it ended.
        """
        if lead.id not in self._staged:
            self._staging.add(lambda connection: self._write(connection, lead.id, at, is_by_office))
        self._staged[lead.id] = (self._staged[lead.id][0] if lead.id in self._staged else event, lead)

    def pending(self, limit: int) -> list[OutboxRecord]:
        """What is still to be delivered, oldest first."""
        return self._select(PENDING, limit)

    def dead(self, limit: int) -> list[OutboxRecord]:
        """What was given up, oldest first; it waits for somebody to requeue it."""
        return self._select(DEAD, limit)

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        statement = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        with self._staging.read() as connection:
            found = {state: int(count) for state, count in connection.execute(statement)}
        return {state: found.get(state, 0) for state in (PENDING, DELIVERED, DEAD, SKIPPED)}

    def stage_requeue(self, row_ids: Sequence[str], at: datetime) -> None:
        """Stages that what was given up is tried again from `at`, as often as the first time."""
        is_dead = outbox.c.id.in_(list(row_ids)) & (outbox.c.state == DEAD)
        afresh = {"state": PENDING, "due_at": at, "attempts": 0, "claimed_until": None, "settled_at": None}
        self._staging.execute(update(outbox).where(is_dead).values(afresh))

    def _write(self, connection: Connection, lead_id: str, at: datetime, is_by_office: bool) -> None:
        event, lead = self._staged[lead_id]
        version = connection.execute(select(leads.c.version).where(leads.c.id == lead_id)).scalar()
        told = channels_told(event, self._open_channels, lead.contact.email is not None, is_by_office)
        for channel in told:
            if version is not None and not (channel is Channel.APPLICANT and _has_recap(connection, lead_id)):
                connection.execute(insert(outbox).values(_row(event, channel, lead_id, version, at, at)))

    def _select(self, state: str, limit: int) -> list[OutboxRecord]:
        statement = select(outbox).where(outbox.c.state == state).order_by(outbox.c.created_at, outbox.c.id).limit(limit)
        with self._staging.read() as connection:
            return [record_of(row) for row in connection.execute(statement)]


def replace_by_erasure(connection: Connection, lead_id: str, open_channels: frozenset[Channel], at: datetime) -> None:
    """Removes what was still to be told about a lead; whoever may hold a copy is told that it is gone."""
    of_lead = outbox.c.lead_id == lead_id
    claims = select(outbox.c.claimed_until).where(of_lead, outbox.c.claimed_until.is_not(None))
    # A row that is leaving right now could arrive after the news of the erasure: that waits until it cannot.
    # The rows are locked first, so that no worker claims one between this look and their end.
    connection.execute(select(outbox.c.id).where(of_lead).with_for_update()).all()
    due_at = max([at, *connection.execute(claims).scalars()])
    connection.execute(delete(outbox).where(of_lead))
    for channel in channels_told(Event.ERASED, open_channels, has_email=False):
        connection.execute(insert(outbox).values(_row(Event.ERASED, channel, lead_id, LAST_VERSION, at, due_at)))


def record_of(row: Row) -> OutboxRecord:
    """The record that a row of the table holds."""
    return OutboxRecord(
        id=row.id,
        kind=Event(row.kind),
        channel=Channel(row.channel),
        lead_id=row.lead_id,
        created_at=row.created_at,
        due_at=row.due_at,
        claimed_until=row.claimed_until,
        attempts=row.attempts,
        state=row.state,
        reason=row.reason,
        settled_at=row.settled_at,
    )


def _has_recap(connection: Connection, lead_id: str) -> bool:
    is_recap = (outbox.c.lead_id == lead_id) & (outbox.c.channel == Channel.APPLICANT.value)
    return connection.execute(select(outbox.c.id).where(is_recap)).first() is not None


def _row(
    event: Event, channel: Channel, lead_id: str, lead_version: int, at: datetime, due_at: datetime
) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "kind": event.value,
        "channel": channel.value,
        "lead_id": lead_id,
        "lead_version": lead_version,
        "created_at": at,
        "due_at": due_at,
        "attempts": 0,
        "state": PENDING,
    }
