"""Use case: a person sees and erases the lead that their own link leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.admissions.lead_desk import LeadChange, LeadNote
from bot.admissions.leads import Consent, Lead
from bot.services.lead_desk_protocols import Question
from bot.services.leads import erase_conversation_in
from bot.services.protocols import Message, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class KeptData:
    """All that is kept: the lead with its consents, the office's notes and its history, and the conversation while that
    lasts, with the questions that found no answer (`conversation_until` is None after).
    """

    lead: Lead
    consents: Sequence[Consent] = ()
    notes: Sequence[LeadNote] = ()
    changes: Sequence[LeadChange] = ()
    messages: Sequence[Message] = ()
    questions: Sequence[Question] = ()
    conversation_until: datetime | None = None


def kept_data(uow_factory: UnitOfWorkFactory, lead_id: str, kept_for: timedelta, now: datetime) -> KeptData | None:
    """What is kept of this lead; None when it was erased or its time has run out, purged already or not."""
    with uow_factory() as uow:
        lead = _kept_lead(uow, lead_id, kept_for, now)
        if lead is None:
            return None
        kept = KeptData(lead, uow.people.consents(lead.conversation_id), uow.desk.notes(lead.id), uow.desk.changes(lead.id))
        conversation = uow.conversations.get(lead.conversation_id)
        if conversation is None or conversation.expires_at <= now:
            return kept
        messages, questions = uow.messages.history(lead.conversation_id), uow.people.questions(lead.conversation_id)
        return replace(kept, messages=messages, questions=questions, conversation_until=conversation.expires_at)


def erase_kept_data(uow_factory: UnitOfWorkFactory, lead_id: str, kept_for: timedelta, now: datetime) -> bool:
    """Erases the lead with its conversation, consents, notes and history; false when there was nothing left to erase."""
    with uow_factory() as uow:
        lead = _kept_lead(uow, lead_id, kept_for, now)
        if lead is None:
            return False
        erase_conversation_in(uow, lead.conversation_id, now)
        uow.commit()
    return True


def _kept_lead(uow: UnitOfWork, lead_id: str, kept_for: timedelta, now: datetime) -> Lead | None:
    return uow.leads.get(lead_id, heard_since=now - kept_for)
