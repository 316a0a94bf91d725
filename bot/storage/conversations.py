"""Conversations, and the optimistic check that lets one of two simultaneous turns win."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.admissions.errors import ConversationChanged
from bot.storage.learning_tables import PUBLICATIONS_NUMBER
from bot.storage.records import ConversationRecord, HandledRecord, Retention
from bot.storage.staging import Staging
from bot.storage.tables import conversations, handled_messages, leads

NOT_STORED_YET = 0
# Built once: SQLAlchemy takes longer to build a statement than the database to run it.
_HAS_LEAD = select(leads.c.id).where(leads.c.conversation_id == conversations.c.id).exists()
_BY_ID = select(conversations, PUBLICATIONS_NUMBER.label("generation"), _HAS_LEAD.label("has_lead")).where(conversations.c.id == bindparam("wanted"))
_IS_ANSWER = (handled_messages.c.conversation_id == conversations.c.id) & (handled_messages.c.client_id == bindparam("client"))
_ANSWER = (handled_messages.c.content_hash, handled_messages.c.reply)
_WITH_ANSWER = _BY_ID.add_columns(*_ANSWER).select_from(conversations.outerjoin(handled_messages, _IS_ANSWER))
_NEW = insert(conversations)
_IF_UNCHANGED = update(conversations).where(
    conversations.c.id == bindparam("wanted"), conversations.c.version == bindparam("read_version")
)


@dataclass
class _Draft:
    """A conversation's row as it will be: `read_version` is what the commit must still find."""

    read_version: int
    columns: dict[str, Any]
    changed: bool = False


class ConversationRepository:
    """One row per conversation; it also numbers the messages and events that follow."""

    def __init__(self, staging: Staging, retention: Retention) -> None:
        self._staging = staging
        self._retention = retention
        self._drafts: dict[str, _Draft] = {}
        self._erased: set[str] = set()

    def get(self, conversation_id: str, client_id: str | None = None) -> ConversationRecord | None:
        """The conversation as stored; from here on the commit checks that nobody else has moved it on.

        `client_id`: a message of it, whose answer, if it has one, is read in the same statement (`MessageRepository.handled`).
        """
        statement, values = (_BY_ID, {}) if client_id is None else (_WITH_ANSWER, {"client": client_id})
        with self._staging.read() as connection:
            row = connection.execute(statement, {"wanted": conversation_id, **values}).first()
        if row is None:
            return None
        columns = dict(row._mapping)
        self._note(columns, conversation_id, client_id)
        self._drafts[conversation_id] = _Draft(row.version, columns)
        return self._record(row)

    def _note(self, columns: dict[str, Any], conversation_id: str, client_id: str | None) -> None:
        """Takes out of the row what is not the conversation's own, and keeps it for whoever asks in this unit of work."""
        self._staging.seen_generation = columns.pop("generation")
        if not columns.pop("has_lead"):
            self._staging.seen_without_lead.add(conversation_id)
        if client_id is not None:
            content_hash, reply = columns.pop("content_hash"), columns.pop("reply")
            answer = None if content_hash is None else HandledRecord(content_hash, reply)
            self._staging.seen_handled[conversation_id, client_id] = answer

    def create(self, conversation_id: str, at: datetime) -> None:
        """Stages a new conversation, without messages."""
        columns = {"id": conversation_id, "created_at": at, "last_message_at": at, "version": NOT_STORED_YET}
        columns |= {"message_count": 0, "event_count": 0, "state": None, "offered": {}}
        self._drafts[conversation_id] = _Draft(NOT_STORED_YET, columns, changed=True)

    def stage_turn(
        self,
        conversation_id: str,
        at: datetime,
        state: dict[str, Any] | None,
        offered: dict[str, dict[str, str]],
    ) -> None:
        """Stages the dialogue's state after a turn and the buttons that its answer offers."""
        draft = self._drafts[conversation_id]
        draft.columns.update(last_message_at=at, state=state, offered=offered)
        draft.changed = True

    def next_number(self, conversation_id: str, counter: str) -> int:
        """The next number for a row of this conversation, from 1; `counter` is one of its count columns."""
        draft = self._drafts[conversation_id]
        draft.columns[counter] += 1
        draft.changed = True
        return int(draft.columns[counter])

    def stage_erasure(self, conversation_id: str, inactive_since: datetime | None = None) -> None:
        """Stages the end of the conversation and of all it owns, unless it has spoken after `inactive_since`."""
        self._erased.add(conversation_id)
        self._drafts.pop(conversation_id, None)
        statement = delete(conversations).where(conversations.c.id == conversation_id)
        if inactive_since is not None:
            statement = statement.where(conversations.c.last_message_at <= inactive_since)
        self._staging.execute(statement)

    def is_erased(self, conversation_id: str) -> bool:
        """Whether this unit of work is about to erase it."""
        return conversation_id in self._erased

    def inactive_since(self, moment: datetime, limit: int) -> list[str]:
        """Ids of conversations without a message after `moment`, the longest silent first."""
        statement = (
            select(conversations.c.id)
            .where(conversations.c.last_message_at <= moment)
            .order_by(conversations.c.last_message_at)
            .limit(limit)
        )
        with self._staging.read() as connection:
            return list(connection.execute(statement).scalars())

    def has_changes(self) -> bool:
        """Whether a commit has a conversation's row to write."""
        return any(draft.changed for draft in self._drafts.values())

    def write(self, connection: Connection) -> None:
        """Writes the changed rows, first in the transaction, so that a rival turn waits or loses here.

        Raises: ConversationChanged when a row is no longer the one that was read.
        """
        for conversation_id, draft in self._drafts.items():
            if draft.changed:
                _write(connection, conversation_id, draft)

    def _record(self, row: Row) -> ConversationRecord:
        return ConversationRecord(
            id=row.id,
            created_at=row.created_at,
            last_message_at=row.last_message_at,
            expires_at=row.last_message_at + self._retention.conversations,
            version=row.version,
            state=row.state,
            offered=row.offered,
        )


def _write(connection: Connection, conversation_id: str, draft: _Draft) -> None:
    columns = draft.columns | {"version": draft.read_version + 1}
    if draft.read_version == NOT_STORED_YET:
        connection.execute(_NEW, columns)
        return
    if connection.execute(_IF_UNCHANGED, columns | {"wanted": conversation_id, "read_version": draft.read_version}).rowcount != 1:
        raise ConversationChanged("the conversation has moved on since it was read")
