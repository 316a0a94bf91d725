"""What the use cases need from the other rooms, and the values they exchange with them.

Storage satisfies the repositories and the dialogue satisfies Brain without importing this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.admissions.channels import Channel, Event
from bot.admissions.figures import Tally
from bot.admissions.leads import Consent, Lead
from bot.admissions.publications import AskedQuestion, Publication, PublicationKind, QuestionState
from bot.services.lead_desk_protocols import LeadDesk, People
from bot.services.staff_protocols import Accounts, Audit, Sessions


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; `url` is None when the record names no link."""

    section: str
    as_of: date
    url: str | None = None


@dataclass(frozen=True)
class Button:
    """A choice offered to the person; `payload` is the dialogue's own and never leaves the server."""

    title: str
    payload: str


@dataclass(frozen=True)
class OutgoingMessage:
    """One bubble of an answer: plain text with Markdown's links, bold and lists only."""

    text: str
    buttons: tuple[Button, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Unanswered:
    """A question that found no answer, as typed, and the readings considered: [{"intent", "confidence"}]."""

    text: str
    guesses: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class TurnInput:
    """One message to understand: either `text` or the payload of a button that was offered.

    `state` is what the last turn returned, None at the first. The brain reads and stages leads, consents
    and questions through `uow`; it never commits.
    """

    conversation_id: str
    state: Mapping[str, Any] | None
    text: str | None
    intent_payload: str | None
    uow: UnitOfWork
    now: datetime


@dataclass(frozen=True)
class TurnOutput:
    """What a turn gives back: the JSON state for the next one, the events to append, the answer.

    `intent` and `verdict` are for the figures: what was heard, and the indicative verdict if one was given.
    """

    state: Mapping[str, Any] | None
    messages: tuple[OutgoingMessage, ...]
    events: tuple[Mapping[str, Any], ...] = ()
    unanswered: Unanswered | None = None
    intent: str | None = None
    is_clarified: bool = False  # it asked what was meant
    verdict: str | None = None


class Brain(Protocol):
    """Understands a message and answers; it may be called from several threads."""

    def welcome(self) -> Sequence[OutgoingMessage]: ...

    def reply(self, turn: TurnInput) -> TurnOutput: ...


class Conversation(Protocol):
    """`offered`: the buttons of the last answer, {token: {"title", "payload"}}."""

    @property
    def id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def state(self) -> Mapping[str, Any] | None: ...
    @property
    def offered(self) -> Mapping[str, Mapping[str, str]]: ...


class Message(Protocol):
    """`sender` is user or bot; `body` the message without its id."""

    @property
    def id(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def body(self) -> Mapping[str, Any]: ...


class Handled(Protocol):
    """The answer already given to a client's message."""

    @property
    def content_hash(self) -> str: ...
    @property
    def reply(self) -> list[dict[str, Any]]: ...


class Conversations(Protocol):
    def get(self, conversation_id: str, client_id: str | None = None) -> Conversation | None: ...
    def create(self, conversation_id: str, at: datetime) -> None: ...
    def stage_turn(
        self,
        conversation_id: str,
        at: datetime,
        state: dict[str, Any] | None,
        offered: dict[str, dict[str, str]],
    ) -> None: ...
    def stage_erasure(self, conversation_id: str, inactive_since: datetime | None = None) -> None: ...
    def is_erased(self, conversation_id: str) -> bool: ...
    def inactive_since(self, moment: datetime, limit: int) -> list[str]: ...


class Messages(Protocol):
    def append(self, conversation_id: str, sender: str, at: datetime, body: dict[str, Any]) -> str: ...
    def history(self, conversation_id: str) -> Sequence[Message]: ...
    def rate(self, conversation_id: str, message_id: str, helpful: bool) -> bool: ...
    def opinion(self, conversation_id: str, message_id: str) -> bool | None: ...
    def handled(self, conversation_id: str, client_id: str) -> Handled | None: ...
    def remember_handled(
        self,
        conversation_id: str,
        client_id: str,
        content_hash: str,
        reply: list[dict[str, Any]],
        at: datetime,
    ) -> None: ...


class Events(Protocol):
    def append(self, conversation_id: str, bodies: list[dict[str, Any]]) -> None: ...


class Questions(Protocol):
    def add(self, conversation_id: str, masked_text: str, guesses: list[dict[str, Any]], at: datetime) -> None: ...


class Leads(Protocol):
    def for_conversation(self, conversation_id: str) -> Lead | None: ...
    def get(self, lead_id: str, heard_since: datetime | None = None) -> Lead | None: ...
    def consent_of(self, conversation_id: str) -> Consent | None: ...
    def save(self, lead: Lead) -> None: ...
    def touch(self, conversation_id: str, at: datetime) -> None: ...
    def all(self, since: datetime | None = None) -> Sequence[Lead]: ...
    def with_email(self, email: str) -> Sequence[Lead]: ...
    def last_contacted_before(self, moment: datetime, limit: int) -> Sequence[Lead]: ...
    def stage_erasure(self, conversation_id: str, at: datetime) -> None: ...


class Publications(Protocol):
    """What the office publishes; a commit raises EditedMeanwhile when a colleague was quicker."""

    def generation(self) -> int: ...
    def published(self, kind: PublicationKind | None = None) -> Sequence[Publication]: ...
    def current(self, kind: PublicationKind, subject: str, part: str = "") -> Publication | None: ...
    def history(self, kind: PublicationKind, subject: str) -> Sequence[Publication]: ...
    def ended(self, kind: PublicationKind, limit: int) -> Sequence[Publication]: ...
    def publish(self, publication: Publication, replaces: str | None) -> None: ...
    def withdraw(self, publication_id: str, at: datetime, by: str) -> None: ...


class Inbox(Protocol):
    """Questions that found no sure answer, as the office works through them."""

    def open(self, limit: int) -> Sequence[AskedQuestion]: ...
    def open_ids(self, limit: int) -> Sequence[str]: ...
    def ignored(self, limit: int) -> Sequence[AskedQuestion]: ...
    def count_open(self) -> int: ...
    def without_vector(self, limit: int) -> Sequence[AskedQuestion]: ...
    def keep_vectors(self, vectors: Mapping[str, bytes]) -> None: ...
    def settle(self, ids: Sequence[str], state: QuestionState, at: datetime, subject: str | None = None) -> None: ...
    def reopen(self, ids: Sequence[str]) -> None: ...
    def reopen_answered_by(self, subject: str) -> None: ...


class OutboxRow(Protocol):
    """One announcement on one channel; `reason` says why it has not arrived, without personal data."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> Event: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def lead_id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def attempts(self) -> int: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def settled_at(self) -> datetime | None: ...


class Outbox(Protocol):
    def add(self, event: Event, lead: Lead, at: datetime, is_by_office: bool = False) -> None: ...
    def dead(self, limit: int) -> Sequence[OutboxRow]: ...
    def counts(self) -> Mapping[str, int]: ...
    def stage_requeue(self, row_ids: Sequence[str], at: datetime) -> None: ...


class Tallies(Protocol):
    def add(self, kind: Tally, at: datetime, topic: str = "", count: int = 1) -> None: ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """Short reads, staged writes, one commit; leaving without it keeps nothing."""

    @property
    def conversations(self) -> Conversations: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def events(self) -> Events: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def leads(self) -> Leads: ...
    @property
    def desk(self) -> LeadDesk: ...
    @property
    def people(self) -> People: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def tallies(self) -> Tallies: ...
    @property
    def publications(self) -> Publications: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def audit(self) -> Audit: ...

    def commit(self) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
