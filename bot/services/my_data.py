"""Use case: a person sees and erases the lead that their own link leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.admissions.leads import Lead
from bot.services.leads import erase_conversation_in
from bot.services.protocols import Message, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class KeptData:
    """All that is kept: the lead, and its conversation while that lasts (`conversation_until` is None after)."""

    lead: Lead
    messages: Sequence[Message] = ()
    conversation_until: datetime | None = None


def kept_data(uow_factory: UnitOfWorkFactory, lead_id: str, kept_for: timedelta, now: datetime) -> KeptData | None:
    """What is kept of this lead; None when it was erased or its time has run out, purged already or not."""
    with uow_factory() as uow:
        lead = _kept_lead(uow, lead_id, kept_for, now)
        if lead is None:
            return None
        conversation = uow.conversations.get(lead.conversation_id)
        if conversation is None or conversation.expires_at <= now:
            return KeptData(lead)
        return KeptData(lead, uow.messages.history(lead.conversation_id), conversation.expires_at)


def erase_kept_data(uow_factory: UnitOfWorkFactory, lead_id: str, kept_for: timedelta, now: datetime) -> bool:
    """Erases the lead with its conversation and consents; false when there was nothing left to erase."""
    with uow_factory() as uow:
        lead = _kept_lead(uow, lead_id, kept_for, now)
        if lead is None:
            return False
        erase_conversation_in(uow, lead.conversation_id, now)
        uow.commit()
    return True


def _kept_lead(uow: UnitOfWork, lead_id: str, kept_for: timedelta, now: datetime) -> Lead | None:
    return uow.leads.get(lead_id, heard_since=now - kept_for)
