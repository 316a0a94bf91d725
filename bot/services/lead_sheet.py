"""Use case: all that is known of one lead, on one page, while it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.admissions.lead_desk import DeskLead, LeadChange, LeadNote
from bot.admissions.leads import Lead
from bot.admissions.staff import Actor, AuditAction
from bot.services.lead_desk import SUBJECT, account_emails
from bot.services.lead_desk_protocols import Question
from bot.services.prescreening import FACTS
from bot.services.protocols import Message, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class Exchange:
    """The conversation while it is kept; `words` are what the person typed when each fact was read."""

    messages: Sequence[Message]
    questions: Sequence[Question]
    until: datetime
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeadSheet:
    """One lead; `exchange` is None once the conversation has been erased, which happens before the lead is."""

    desk_lead: DeskLead
    exchange: Exchange | None
    changes: Sequence[LeadChange]
    notes: Sequence[LeadNote]
    same_person: Sequence[Lead]
    owners: Sequence[str]


def lead_sheet(uow_factory: UnitOfWorkFactory, lead_id: str, now: datetime, seen_by: Actor | None = None) -> LeadSheet | None:
    """The lead with all that belongs to it, None when it was erased; `seen_by` is written into the audit."""
    with uow_factory() as uow:
        desk_lead = uow.desk.get(lead_id)
        if desk_lead is None:
            return None
        sheet = LeadSheet(
            desk_lead, exchange_of(uow, desk_lead.lead.conversation_id, now), uow.desk.changes(lead_id), uow.desk.notes(lead_id),
            uow.desk.same_person(desk_lead.lead), account_emails(uow),
        )
        if seen_by is not None:
            uow.audit.record(seen_by, AuditAction.LEAD_SEEN, SUBJECT, lead_id, now)
            uow.commit()
    return sheet


def exchange_of(uow: UnitOfWork, conversation_id: str, now: datetime) -> Exchange | None:
    """What was said, or None once it was erased or its time has run out, purged already or not."""
    conversation = uow.conversations.get(conversation_id)
    if conversation is None or conversation.expires_at <= now:
        return None
    messages = uow.messages.history(conversation_id)
    words = words_by_fact(messages, uow.people.events(conversation_id))
    return Exchange(messages, uow.people.questions(conversation_id), conversation.expires_at, words)


def words_by_fact(messages: Sequence[Message], events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the person typed in the turn that last gave each fact its value.

    Events hold no text; the n-th user event is the n-th message of the person. Where the two do not go together (a
    form, events cut off) nothing is said rather than something wrong.
    """
    typed = [str(message.body["text"]) for message in messages if message.sender == "user"]
    if len(typed) != sum(event.get("event") == "user" for event in events):
        return {}
    found: dict[str, str] = {}
    values: dict[str, Any] = {}
    turn = -1
    for event in events:
        if event.get("event") == "user":
            turn += 1
        elif event.get("event") == "slot" and event.get("name") in FACTS and event.get("value") != values.get(event["name"]):
            values[event["name"]] = event.get("value")
            if event.get("value") is None:
                found.pop(event["name"], None)
            elif turn >= 0:
                found[event["name"]] = typed[turn]
    return found
