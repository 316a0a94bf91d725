"""What the repositories hand out: plain frozen values, cut off from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.admissions.channels import Channel, Event


@dataclass(frozen=True)
class Retention:
    """How long things are kept: conversations from their last message, leads from the person's last contact."""

    conversations: timedelta
    leads: timedelta


@dataclass(frozen=True)
class ConversationRecord:
    """`offered`: the buttons of the last answer, by the token that stands for each."""

    id: str
    created_at: datetime
    last_message_at: datetime
    expires_at: datetime
    version: int
    state: dict[str, Any] | None
    offered: dict[str, dict[str, str]]


@dataclass(frozen=True)
class MessageRecord:
    """`body`: text, and for an answer its buttons and source; `helpful` is unknown until the person says."""

    id: str
    sender: str
    at: datetime
    body: dict[str, Any]
    helpful: bool | None


@dataclass(frozen=True)
class HandledRecord:
    """The answer already given to a message, and the hash of what it answered."""

    content_hash: str
    reply: list[dict[str, Any]]


@dataclass(frozen=True)
class QuestionRecord:
    """A question that found no answer: masked text, guesses as [{"intent", "confidence"}]."""

    id: str
    conversation_id: str
    at: datetime
    masked_text: str
    guesses: list[dict[str, Any]]


@dataclass(frozen=True)
class OutboxRecord:
    """Something to tell the outside world about one lead; `reason` says why it has not arrived, without personal data."""

    id: str
    kind: Event
    channel: Channel
    lead_id: str
    created_at: datetime
    due_at: datetime
    claimed_until: datetime | None
    attempts: int
    state: str
    reason: str | None
    settled_at: datetime | None
