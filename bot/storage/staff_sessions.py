"""Who is signed in: one row per browser, found by the hash of what that browser holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.admissions.staff import Account, Session
from bot.storage.staff_accounts import account_of
from bot.storage.staff_tables import staff_accounts, staff_sessions
from bot.storage.staging import Staging


class SessionRepository:
    """The sessions of one unit of work."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def open(self, token_hash: str, session: Session) -> None:
        """Stages a new session."""
        self._staging.execute(insert(staff_sessions).values({**vars(session), "token_hash": token_hash}))

    def find(self, token_hash: str, now: datetime, seen_since: datetime) -> tuple[Session, Account] | None:
        """The session and its enabled account, unless it is over or was not used since `seen_since`."""
        is_live = (staff_sessions.c.expires_at > now) & (staff_sessions.c.last_seen_at > seen_since)
        statement = (
            select(staff_sessions, staff_accounts)
            .join(staff_accounts, staff_accounts.c.id == staff_sessions.c.account_id)
            .where(staff_sessions.c.token_hash == token_hash, is_live, staff_accounts.c.is_enabled)
        )
        with self._staging.read() as connection:
            row = connection.execute(statement).first()
        return None if row is None else (_session_of(row._mapping), account_of(row))

    def of_account(self, account_id: str, now: datetime, seen_since: datetime) -> list[Session]:
        """The account's living sessions, the last used first."""
        is_live = (staff_sessions.c.expires_at > now) & (staff_sessions.c.last_seen_at > seen_since)
        statement = select(staff_sessions).where(staff_sessions.c.account_id == account_id, is_live)
        with self._staging.read() as connection:
            rows = connection.execute(statement.order_by(staff_sessions.c.last_seen_at.desc(), staff_sessions.c.id))
            return [_session_of(row._mapping) for row in rows]

    def touch(self, session_id: str, at: datetime) -> None:
        """Stages that the session was used."""
        self._update(session_id, {"last_seen_at": at})

    def set_notice(self, session_id: str, notice: Mapping[str, Any] | None) -> None:
        """Stages what the next page says; None once it was said."""
        self._update(session_id, {"notice": notice})

    def end(self, account_id: str, session_id: str) -> None:
        """Stages the end of one session of this account."""
        is_it = (staff_sessions.c.id == session_id) & (staff_sessions.c.account_id == account_id)
        self._staging.execute(delete(staff_sessions).where(is_it))

    def end_all(self, account_id: str, but: str | None = None) -> None:
        """Stages the end of the account's sessions, except the one of id `but`."""
        condition = staff_sessions.c.account_id == account_id
        if but is not None:
            condition = condition & (staff_sessions.c.id != but)
        self._staging.execute(delete(staff_sessions).where(condition))

    def drop_ended(self, now: datetime, seen_before: datetime) -> None:
        """Stages the end of rows that open nothing any more."""
        is_over = (staff_sessions.c.expires_at <= now) | (staff_sessions.c.last_seen_at <= seen_before)
        self._staging.execute(delete(staff_sessions).where(is_over))

    def _update(self, session_id: str, values: dict[str, Any]) -> None:
        self._staging.execute(update(staff_sessions).where(staff_sessions.c.id == session_id).values(values))


def _session_of(values: Mapping[Any, Any]) -> Session:
    return Session(**{name: values[staff_sessions.c[name]] for name in Session.__dataclass_fields__})
