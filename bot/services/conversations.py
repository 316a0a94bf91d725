"""A conversation from its welcome to its end: the only place where a message is handled.

Whatever understands the message stands behind Brain, whatever keeps it behind UnitOfWork.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.admissions.errors import ConversationChanged, StorageUnavailable
from bot.admissions.figures import Tally
from bot.admissions.leads import mask_personal_data, to_export
from bot.services.errors import (
    ConversationNotFound,
    MessageIdReused,
    MessageUnknown,
    PayloadNotOffered,
    TextEmpty,
    TextTooLong,
)
from bot.services.locks import ConversationLocks
from bot.services.outgoing import public_body, stage_answer, utc_text, with_live_buttons
from bot.services.protocols import (
    Brain,
    Conversation,
    TurnInput,
    TurnOutput,
    UnitOfWork,
    UnitOfWorkFactory,
)

MAX_TEXT_CODE_POINTS = 1_000
# A turn lasts tens of milliseconds and a process takes one at a time per conversation: losing five
# times in a row means that something else is wrong.
MAX_ATTEMPTS = 5


_OPINIONS = {True: Tally.HELPFUL, False: Tally.UNHELPFUL}


@dataclass(frozen=True)
class Incoming:
    """A message as received: `text` typed or the `payload` of a button, never both.

    `client_id` is the sender's own id of the message, which makes sending it again harmless.
    """

    conversation_id: str
    text: str | None = None
    payload: str | None = None
    client_id: str | None = None


@dataclass(frozen=True)
class Reply:
    """The answer as it goes out, whether the assistant had one, what it heard, and the verdict given.

    `is_new` is false for the first answer given again to a message that was sent twice.
    """

    messages: list[dict[str, Any]]
    is_answered: bool = True
    intent: str | None = None
    verdict: str | None = None
    is_new: bool = True


@dataclass(frozen=True)
class Opened:
    """A new conversation and its welcome."""

    conversation_id: str
    messages: list[dict[str, Any]]


def open_conversation(uow_factory: UnitOfWorkFactory, brain: Brain, now: datetime) -> Opened:
    """Begins a conversation and keeps its welcome."""
    conversation_id = str(uuid4())
    with uow_factory() as uow:
        uow.conversations.create(conversation_id, now)
        messages = stage_answer(uow, conversation_id, tuple(brain.welcome()), state=None, now=now)
        uow.commit()
    return Opened(conversation_id, messages)


def handle_message(
    uow_factory: UnitOfWorkFactory, brain: Brain, locks: ConversationLocks, incoming: Incoming, now: datetime
) -> Reply:
    """Answers one message and keeps the turn whole: messages, state, events and lead, or none of them.

    Raises: TextEmpty, TextTooLong, PayloadNotOffered, MessageIdReused for a message that cannot be taken;
    ConversationNotFound when it has ended; StorageUnavailable, with nothing kept.
    """
    incoming = _checked(incoming)
    with locks.holding(incoming.conversation_id):
        for _attempt in range(MAX_ATTEMPTS):
            try:
                return _take_turn(uow_factory, brain, incoming, now)
            except ConversationChanged:
                continue
    raise StorageUnavailable("La conversation a changé sans cesse pendant ce message ; rien n'a été enregistré.")


def history(uow_factory: UnitOfWorkFactory, conversation_id: str, now: datetime) -> list[dict[str, Any]]:
    """Everything said, oldest first; only the buttons that may still be pressed are there.

    Raises: ConversationNotFound.
    """
    with uow_factory() as uow:
        conversation = existing(uow, conversation_id, now)
        return [
            {"from": message.sender, "at": utc_text(message.at), "id": message.id}
            | with_live_buttons(dict(message.body), conversation)
            for message in uow.messages.history(conversation_id)
        ]


def kept_about_person(uow_factory: UnitOfWorkFactory, conversation_id: str, now: datetime) -> dict[str, Any]:
    """What is kept: the conversation, until when, and the lead made in it, or None.

    Raises: ConversationNotFound.
    """
    with uow_factory() as uow:
        conversation = existing(uow, conversation_id, now)
        lead = uow.leads.for_conversation(conversation_id)
        return {
            "id": conversation.id,
            "created_at": utc_text(conversation.created_at),
            "expires_at": utc_text(conversation.expires_at),
            "lead": None if lead is None else to_export(lead),
        }


def rate_answer(
    uow_factory: UnitOfWorkFactory, conversation_id: str, message_id: str, helpful: bool, now: datetime
) -> None:
    """Keeps the person's opinion of one answer; the last one counts.

    Raises: ConversationNotFound, MessageUnknown.
    """
    with uow_factory() as uow:
        existing(uow, conversation_id, now)
        before = uow.messages.opinion(conversation_id, message_id)
        if not uow.messages.rate(conversation_id, message_id, helpful):
            raise MessageUnknown("no such answer in this conversation")
        if before is not None:
            uow.tallies.add(_OPINIONS[before], now, count=-1)
        uow.tallies.add(_OPINIONS[helpful], now)
        uow.commit()


def existing(uow: UnitOfWork, conversation_id: str, now: datetime, client_id: str | None = None) -> Conversation:
    """The conversation, unless it was erased or its time has run out, purged already or not.

    `client_id`: the message about to be handled, looked up in the same read.

    Raises: ConversationNotFound.
    """
    conversation = uow.conversations.get(conversation_id, client_id)
    if conversation is None or conversation.expires_at <= now:
        raise ConversationNotFound("this conversation is no longer kept")
    return conversation


def _take_turn(uow_factory: UnitOfWorkFactory, brain: Brain, incoming: Incoming, now: datetime) -> Reply:
    with uow_factory() as uow:
        conversation = existing(uow, incoming.conversation_id, now, incoming.client_id)
        earlier = _earlier_reply(uow, incoming)
        if earlier is not None:
            return earlier
        shown, internal_payload = _meaning(conversation, incoming)
        output = brain.reply(
            TurnInput(conversation.id, conversation.state, incoming.text, internal_payload, uow=uow, now=now)
        )
        messages = _stage_turn(uow, incoming, shown, output, now)
        _tally(uow, output, now, is_first=conversation.state is None)
        uow.commit()
    return Reply(messages, output.unanswered is None, output.intent, output.verdict)


def _checked(incoming: Incoming) -> Incoming:
    if incoming.text is None:
        return incoming
    # NUL is no character that a person types, and PostgreSQL's texts cannot hold it.
    text = incoming.text.replace("\0", "").strip()
    if not text:
        raise TextEmpty("the text is empty")
    if len(text) > MAX_TEXT_CODE_POINTS:
        raise TextTooLong(f"the text has {len(text)} characters, {MAX_TEXT_CODE_POINTS} at most")
    return Incoming(incoming.conversation_id, text, None, incoming.client_id)


def _earlier_reply(uow: UnitOfWork, incoming: Incoming) -> Reply | None:
    if incoming.client_id is None:
        return None
    handled = uow.messages.handled(incoming.conversation_id, incoming.client_id)
    if handled is None:
        return None
    if handled.content_hash != _content_hash(incoming):
        raise MessageIdReused("this message id already stands for another message")
    return Reply(handled.reply, is_new=False)


def _content_hash(incoming: Incoming) -> str:
    content = f"text:{incoming.text}" if incoming.text is not None else f"payload:{incoming.payload}"
    return hashlib.sha256(content.encode()).hexdigest()


def _meaning(conversation: Conversation, incoming: Incoming) -> tuple[str, str | None]:
    """What the history shows as said by the person, and what the dialogue understands by a button."""
    if incoming.text is not None:
        return incoming.text, None
    button = conversation.offered.get(incoming.payload or "")
    if button is None:
        raise PayloadNotOffered("the last answer offered no such button")
    return button["title"], button["payload"]


def _stage_turn(
    uow: UnitOfWork, incoming: Incoming, shown: str, output: TurnOutput, now: datetime
) -> list[dict[str, Any]]:
    conversation_id = incoming.conversation_id
    if uow.conversations.is_erased(conversation_id):
        # The person asked to be forgotten: the answer goes out and leaves no trace, nor buttons to press.
        return [{"id": str(uuid4()), **public_body(message, [])} for message in output.messages]
    uow.messages.append(conversation_id, "user", now, {"text": shown})
    uow.leads.touch(conversation_id, now)
    uow.events.append(conversation_id, [dict(event) for event in output.events])
    state = None if output.state is None else dict(output.state)
    messages = stage_answer(uow, conversation_id, output.messages, state, now)
    if output.unanswered is not None:
        guesses = [dict(guess) for guess in output.unanswered.guesses]
        uow.questions.add(conversation_id, mask_personal_data(output.unanswered.text), guesses, now)
    if incoming.client_id is not None:
        content_hash = _content_hash(incoming)
        uow.messages.remember_handled(conversation_id, incoming.client_id, content_hash, messages, now)
    return messages


def _tally(uow: UnitOfWork, output: TurnOutput, now: datetime, is_first: bool) -> None:
    """Counts the turn, without the conversation's name."""
    if is_first:
        uow.tallies.add(Tally.CONVERSATION, now)
    if output.is_clarified:
        uow.tallies.add(Tally.CLARIFIED, now)
    elif output.unanswered is not None:
        uow.tallies.add(Tally.UNANSWERED, now)
    else:
        uow.tallies.add(Tally.UNDERSTOOD, now, topic=output.intent or "")
