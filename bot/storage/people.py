"""All that is kept about one person, wherever it lies: found by conversation and by lead, and counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.sql import ColumnElement

from bot.admissions.leads import Consent
from bot.storage.lead_desk_tables import lead_changes, lead_notes
from bot.storage.records import QuestionRecord
from bot.storage.staging import Staging
from bot.storage.tables import consents, conversations, events, handled_messages, leads, messages, outbox, unanswered_questions

_BY_CONVERSATION = {
    "messages": messages, "handled_messages": handled_messages, "events": events, "questions": unanswered_questions, "consents": consents,
}
_BY_LEAD = {"notes": lead_notes, "changes": lead_changes, "announcements": outbox}
# Fewer than the parameters that SQLite takes in one statement.
_IDS_AT_ONCE = 500


class PeopleRepository:
    """Reads only; what is erased is erased by the repositories that own it."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def conversations_naming(self, email: str) -> list[str]:
        """Conversations in which this very address was written, by the person or by the assistant."""
        written = json.dumps(email.strip().lower())[1:-1]
        # The text of the column finds candidates; a longer address that ends the same way is none.
        is_candidate = func.lower(cast(messages.c.body, Text)).contains(written, autoescape=True)
        address = re.compile(rf"(?<![\w.+%-]){re.escape(email.strip())}(?![\w-]|\.\w)", re.IGNORECASE)
        statement = select(messages.c.conversation_id, messages.c.body).where(is_candidate).order_by(messages.c.conversation_id)
        with self._staging.read() as connection:
            found = [row.conversation_id for row in connection.execute(statement) if address.search(str(row.body.get("text", "")))]
        return list(dict.fromkeys(found))

    def consents(self, conversation_id: str) -> list[Consent]:
        """Every consent given in the conversation, oldest first."""
        statement = select(consents).where(consents.c.conversation_id == conversation_id).order_by(consents.c.at)
        with self._staging.read() as connection:
            return [Consent(row.version, row.text, row.at) for row in connection.execute(statement)]

    def events(self, conversation_id: str) -> list[dict[str, Any]]:
        """The technical events of the conversation, in their order; they hold no typed text."""
        statement = select(events.c.body).where(events.c.conversation_id == conversation_id).order_by(events.c.seq)
        with self._staging.read() as connection:
            return list(connection.execute(statement).scalars())

    def questions(self, conversation_id: str) -> list[QuestionRecord]:
        """The questions of the conversation that found no answer, oldest first."""
        is_theirs = unanswered_questions.c.conversation_id == conversation_id
        statement = select(unanswered_questions).where(is_theirs).order_by(unanswered_questions.c.at)
        with self._staging.read() as connection:
            rows = connection.execute(statement).all()
        return [QuestionRecord(row.id, row.conversation_id, row.at, row.masked_text, row.guesses) for row in rows]

    def counts(self, conversation_ids: Sequence[str], lead_ids: Sequence[str]) -> dict[str, int]:
        """How many rows are kept, by what they are."""
        counted = {"leads": self._count(leads.c.id, lead_ids), "conversations": self._count(conversations.c.id, conversation_ids)}
        counted |= {name: self._count(table.c.conversation_id, conversation_ids) for name, table in _BY_CONVERSATION.items()}
        return counted | {name: self._count(table.c.lead_id, lead_ids) for name, table in _BY_LEAD.items()}

    def _count(self, column: ColumnElement[str], ids: Sequence[str]) -> int:
        with self._staging.read() as connection:
            found = (connection.execute(select(func.count()).where(column.in_(some))).scalar_one() for some in _batches(ids))
            return sum(int(number) for number in found)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield ids[start:start + _IDS_AT_ONCE]
