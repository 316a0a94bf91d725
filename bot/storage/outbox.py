"""What is to be told to the outside world, kept until it is delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from bot.storage.records import OutboxRecord
from bot.storage.staging import Staging
from bot.storage.tables import outbox

PENDING = "pending"


class OutboxRepository:
    """Rows written with what they announce, so that neither exists without the other."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._staged: dict[str, dict[str, Any]] = {}

    def add(self, kind: str, lead_id: str, payload: dict[str, Any], at: datetime) -> None:
        """Stages one announcement about a lead; a second one in the same turn replaces its content only,
        so that a lead created and corrected at once is announced once, as created."""
        if lead_id in self._staged:
            self._staged[lead_id]["payload"] = payload
            return
        row = new_row(kind, lead_id, payload, at)
        self._staged[lead_id] = row
        self._staging.add(lambda connection: connection.execute(insert(outbox).values(row)))

    def pending(self, limit: int) -> list[OutboxRecord]:
        """What is still to be delivered, oldest first."""
        statement = select(outbox).where(outbox.c.state == PENDING).order_by(outbox.c.created_at).limit(limit)
        with self._staging.read() as connection:
            rows = connection.execute(statement).all()
        return [OutboxRecord(row.id, row.kind, row.lead_id, row.payload, row.due_at, row.attempts) for row in rows]


def new_row(kind: str, lead_id: str, payload: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A row to be delivered as soon as possible."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        "lead_id": lead_id,
        "payload": payload,
        "created_at": at,
        "due_at": at,
        "attempts": 0,
        "state": PENDING,
    }
