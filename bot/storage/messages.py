"""What was said in a conversation: messages, the ids already handled, Rasa's events, unanswered questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, select, update

from bot.storage.conversations import ConversationRepository
from bot.storage.records import HandledRecord, MessageRecord, QuestionRecord
from bot.storage.staging import Staging
from bot.storage.tables import events, handled_messages, messages, unanswered_questions

_HANDLED = select(handled_messages.c.content_hash, handled_messages.c.reply).where(
    handled_messages.c.conversation_id == bindparam("conversation"), handled_messages.c.client_id == bindparam("client")
)


class MessageRepository:
    """The messages of a conversation in their order, and the answers that a retry must get again."""

    def __init__(self, staging: Staging, conversations: ConversationRepository) -> None:
        self._staging = staging
        self._conversations = conversations

    def append(self, conversation_id: str, sender: str, at: datetime, body: dict[str, Any]) -> str:
        """Stages one message from `user` or `bot` and gives its id."""
        message_id = str(uuid4())
        number = self._conversations.next_number(conversation_id, "message_count")
        row = {"id": message_id, "conversation_id": conversation_id, "seq": number, "sender": sender, "at": at, "body": body}
        self._staging.insert(messages, row)
        return message_id

    def history(self, conversation_id: str) -> list[MessageRecord]:
        """All messages, oldest first."""
        statement = select(messages).where(messages.c.conversation_id == conversation_id).order_by(messages.c.seq)
        with self._staging.read() as connection:
            rows = connection.execute(statement).all()
        return [MessageRecord(row.id, row.sender, row.at, row.body, row.helpful) for row in rows]

    def rate(self, conversation_id: str, message_id: str, helpful: bool) -> bool:
        """Stages the person's opinion of one answer; false when this conversation has no such answer."""
        is_answer = (
            (messages.c.id == message_id)
            & (messages.c.conversation_id == conversation_id)
            & (messages.c.sender == "bot")
        )
        with self._staging.read() as connection:
            known = connection.execute(select(messages.c.id).where(is_answer)).first() is not None
        if known:
            statement = update(messages).where(is_answer).values(helpful=helpful)
            self._staging.execute(statement)
        return known

    def opinion(self, conversation_id: str, message_id: str) -> bool | None:
        """What the person thought of one message so far; None when nothing was said."""
        own = (messages.c.id == message_id) & (messages.c.conversation_id == conversation_id)
        with self._staging.read() as connection:
            found: bool | None = connection.execute(select(messages.c.helpful).where(own)).scalar_one_or_none()
        return found

    def handled(self, conversation_id: str, client_id: str) -> HandledRecord | None:
        """The answer already given to this client's message, if any; free once it was read with its conversation."""
        if (conversation_id, client_id) in self._staging.seen_handled:
            return self._staging.seen_handled[conversation_id, client_id]
        with self._staging.read() as connection:
            row = connection.execute(_HANDLED, {"conversation": conversation_id, "client": client_id}).first()
        return None if row is None else HandledRecord(row.content_hash, row.reply)

    def remember_handled(
        self,
        conversation_id: str,
        client_id: str,
        content_hash: str,
        reply: list[dict[str, Any]],
        at: datetime,
    ) -> None:
        """Stages the answer, so that the same message sent again gets it without being handled twice."""
        row = {
            "conversation_id": conversation_id,
            "client_id": client_id,
            "content_hash": content_hash,
            "reply": reply,
            "at": at,
        }
        self._staging.insert(handled_messages, row)


class EventRepository:
    """Rasa's events as the dialogue gives them: added to, never changed."""

    def __init__(self, staging: Staging, conversations: ConversationRepository) -> None:
        self._staging = staging
        self._conversations = conversations

    def append(self, conversation_id: str, bodies: list[dict[str, Any]]) -> None:
        """Stages events in their order."""
        for body in bodies:
            number = self._conversations.next_number(conversation_id, "event_count")
            self._staging.insert(events, {"conversation_id": conversation_id, "seq": number, "body": body})

    def latest(self, conversation_id: str, limit: int) -> list[dict[str, Any]]:
        """The last events, oldest first."""
        statement = (
            select(events.c.body)
            .where(events.c.conversation_id == conversation_id)
            .order_by(events.c.seq.desc())
            .limit(limit)
        )
        with self._staging.read() as connection:
            return list(connection.execute(statement).scalars())[::-1]


class QuestionRepository:
    """Questions that found no answer, for the office; the caller masks personal data before it comes here."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def add(self, conversation_id: str, masked_text: str, guesses: list[dict[str, Any]], at: datetime) -> None:
        """Stages one question with what the assistant thought it might be about."""
        row = {"id": str(uuid4()), "conversation_id": conversation_id, "at": at, "masked_text": masked_text, "guesses": guesses}
        self._staging.insert(unanswered_questions, row)

    def latest(self, limit: int) -> list[QuestionRecord]:
        """The newest questions, newest first."""
        statement = select(unanswered_questions).order_by(unanswered_questions.c.at.desc()).limit(limit)
        with self._staging.read() as connection:
            rows = connection.execute(statement).all()
        return [QuestionRecord(row.id, row.conversation_id, row.at, row.masked_text, row.guesses) for row in rows]
