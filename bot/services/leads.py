"""Leads: one per conversation, made with consent only, exported to the office, erased on demand or in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from bot.admissions.channels import Event
from bot.admissions.facts import Route, Status, Verdict
from bot.admissions.leads import Consent, Contact, Lead, to_export
from bot.admissions.staff import PROGRAM, Actor, AuditAction
from bot.services.conversations import existing
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

# One transaction each: erasing thousands at once would hold the database's write lock.
PURGE_BATCH = 200


@dataclass(frozen=True)
class LeadDetails:
    """What a conversation says of a lead; a fact that nobody needed is None."""

    contact: Contact
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    level: int | None = None
    diploma: str | None = None
    experience_months: int | None = None
    status: Status | None = None
    route: Route | None = None
    question: str | None = None
    topics: tuple[str, ...] = ()
    for_someone_else: bool = False


class RetentionPeriods(Protocol):
    """Conversations are kept from their last message, leads from the person's last contact."""

    @property
    def conversations(self) -> timedelta: ...
    @property
    def leads(self) -> timedelta: ...


@dataclass(frozen=True)
class Purged:
    """How many of each were erased."""

    conversations: int
    leads: int


def register_or_update_lead(
    uow: UnitOfWork, conversation_id: str, details: LeadDetails, consent: Consent, now: datetime
) -> Lead:
    """Stages the lead of this conversation: announced as created once, as updated after.

    What the office wrote on it (state, verdict, owner) is left alone.
    """
    known = uow.leads.for_conversation(conversation_id)
    values = {name: getattr(details, name) for name in LeadDetails.__dataclass_fields__}
    if known is None:
        lead = Lead(
            id=str(uuid4()),
            conversation_id=conversation_id,
            created_at=now,
            updated_at=now,
            consent=consent,
            **values,
        )
    else:
        lead = replace(known, updated_at=now, consent=consent, **values)
    uow.leads.save(lead)
    uow.outbox.add(Event.CREATED if known is None else Event.UPDATED, lead, now)
    return lead


def export_leads(uow_factory: UnitOfWorkFactory, since: datetime | None = None) -> list[dict[str, Any]]:
    """Leads as contract.md exports them, oldest first; `since` is inclusive, on their creation."""
    with uow_factory() as uow:
        return [to_export(lead) for lead in uow.leads.all(since)]


def erase_conversation(uow_factory: UnitOfWorkFactory, conversation_id: str, now: datetime) -> None:
    """Erases the conversation and the lead made in it. Raises: ConversationNotFound."""
    with uow_factory() as uow:
        existing(uow, conversation_id, now)
        erase_conversation_in(uow, conversation_id, now)
        uow.commit()


def erase_conversation_in(uow: UnitOfWork, conversation_id: str, now: datetime) -> None:
    """Stages the erasure in a unit of work that somebody else commits."""
    uow.conversations.stage_erasure(conversation_id)
    uow.leads.stage_erasure(conversation_id, now)


def purge(uow_factory: UnitOfWorkFactory, periods: RetentionPeriods, now: datetime, actor: Actor = PROGRAM) -> Purged:
    """Erases what has been kept long enough: conversations without their leads, and leads with theirs.

    The audit says how many of each, and who had it done.
    """
    conversations = leads = 0
    while batch := _purge_conversations(uow_factory, now - periods.conversations, now, actor):
        conversations += batch
    while batch := _purge_leads(uow_factory, now - periods.leads, now, actor):
        leads += batch
    return Purged(conversations, leads)


def _purge_conversations(uow_factory: UnitOfWorkFactory, silent_since: datetime, now: datetime, actor: Actor) -> int:
    with uow_factory() as uow:
        ids = uow.conversations.inactive_since(silent_since, PURGE_BATCH)
        for conversation_id in ids:
            uow.conversations.stage_erasure(conversation_id, inactive_since=silent_since)
        if ids:
            uow.audit.record(actor, AuditAction.RETENTION_APPLIED, "retention", None, now, {"conversations": len(ids)})
        uow.commit()
    return len(ids)


def _purge_leads(uow_factory: UnitOfWorkFactory, silent_since: datetime, now: datetime, actor: Actor) -> int:
    with uow_factory() as uow:
        expired = uow.leads.last_contacted_before(silent_since, PURGE_BATCH)
        for lead in expired:
            erase_conversation_in(uow, lead.conversation_id, now)
        if expired:
            uow.audit.record(actor, AuditAction.RETENTION_APPLIED, "retention", None, now, {"leads": len(expired)})
        uow.commit()
    return len(expired)
