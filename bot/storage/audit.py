"""Who did what and when: rows are only ever added, in the transaction of what they tell."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Row

from bot.admissions.staff import Actor, AuditAction
from bot.storage.staff_tables import audit
from bot.storage.staging import Staging


@dataclass(frozen=True)
class AuditRecord:
    """One line of the journal; `action` stays text, so that an older program's journal can always be read."""

    id: int
    at: datetime
    account_id: str | None
    actor: str
    action: str
    subject_kind: str
    subject_id: str | None
    detail: Mapping[str, str | int]


class AuditRepository:
    """The journal of one unit of work."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def record(
        self,
        actor: Actor,
        action: AuditAction,
        subject_kind: str,
        subject_id: str | None,
        at: datetime,
        detail: Mapping[str, str | int] | None = None,
    ) -> None:
        """Stages one line; `detail` never holds a name, an e-mail, a phone number or a message."""
        columns: dict[str, Any] = {"at": at, "account_id": actor.account_id, "actor": actor.label, "action": action.value}
        columns |= {"subject_kind": subject_kind, "subject_id": subject_id, "detail": dict(detail or {})}
        self._staging.execute(insert(audit).values(columns))

    def page(
        self,
        limit: int,
        before_id: int | None = None,
        actor: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[AuditRecord]:
        """Lines from the newest, those before `before_id`; `until` is excluded, `actor` is compared whole."""
        wanted = [
            (audit.c.id, operator.lt, before_id),
            (audit.c.actor, operator.eq, actor),
            (audit.c.action, operator.eq, action),
            (audit.c.at, operator.ge, since),
            (audit.c.at, operator.lt, until),
        ]
        conditions = [compare(column, value) for column, compare, value in wanted if value is not None]
        statement = select(audit).where(*conditions).order_by(audit.c.id.desc()).limit(limit)
        with self._staging.read() as connection:
            return [_record(row) for row in connection.execute(statement)]

    def of_subject(self, action: AuditAction, subject_kind: str, subject_id: str) -> AuditRecord | None:
        """The last line that tells of this action on this subject."""
        is_it = (audit.c.action == action.value) & (audit.c.subject_kind == subject_kind) & (audit.c.subject_id == subject_id)
        with self._staging.read() as connection:
            row = connection.execute(select(audit).where(is_it).order_by(audit.c.id.desc()).limit(1)).first()
        return None if row is None else _record(row)


def _record(row: Row) -> AuditRecord:
    return AuditRecord(**dict(row._mapping))
