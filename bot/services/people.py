"""Use cases: one person's data, found by their e-mail: seen, handed over as one file, erased with a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.admissions.lead_desk import ChangeKind, LeadChange, LeadNote
from bot.admissions.leads import Lead, to_export
from bot.admissions.staff import Actor, AuditAction
from bot.services.leads import erase_conversation_in
from bot.services.outgoing import utc_text
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

SUBJECT = "person"
OFFICE = "équipe des admissions"


@dataclass(frozen=True)
class Person:
    """What is kept under one address; `elsewhere` are conversations without a lead in which it was written.

    `mentions` are leads with another address whose conversation names this one: perhaps somebody else's, so they are
    shown and neither handed over nor erased with the rest. `counts`: rows by what they are (leads, messages, notes…).
    """

    leads: Sequence[Lead]
    elsewhere: Sequence[str]
    mentions: Sequence[Lead]
    counts: Mapping[str, int]

    @property
    def conversation_ids(self) -> tuple[str, ...]:
        """Every conversation to erase, those of the leads first."""
        return (*(lead.conversation_id for lead in self.leads), *self.elsewhere)


@dataclass(frozen=True)
class Receipt:
    """What was erased: numbers only. `id` finds it again in the audit."""

    id: str
    at: datetime
    by: str
    counts: Mapping[str, int]


def find_person(uow_factory: UnitOfWorkFactory, email: str, actor: Actor, now: datetime) -> Person | None:
    """What is kept under this address, None when nothing is; the look itself is written into the audit."""
    with uow_factory() as uow:
        person = _person(uow, email)
        if person is None:
            return None
        uow.audit.record(actor, AuditAction.PERSON_SEEN, SUBJECT, None, now, {"leads": len(person.leads)})
        uow.commit()
    return person


def export_person(uow_factory: UnitOfWorkFactory, email: str, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Everything kept under this address as one JSON object to hand over, None when nothing is."""
    with uow_factory() as uow:
        person = _person(uow, email)
        if person is None:
            return None
        leads = [_lead_export(uow, lead) for lead in person.leads]
        elsewhere = [_conversation_export(uow, conversation_id) for conversation_id in person.elsewhere]
        uow.audit.record(actor, AuditAction.PERSON_EXPORTED, SUBJECT, None, now, {"leads": len(leads)})
        uow.commit()
    return {"email": email.strip(), "exported_at": utc_text(now), "leads": leads, "other_conversations": elsewhere}


def erase_person(uow_factory: UnitOfWorkFactory, email: str, actor: Actor, now: datetime) -> Receipt | None:
    """Erases everything kept under this address and gives the receipt, None when nothing was kept."""
    with uow_factory() as uow:
        person = _person(uow, email)
        if person is None or not person.conversation_ids:
            return None
        for conversation_id in person.conversation_ids:
            erase_conversation_in(uow, conversation_id, now)
        receipt = Receipt(str(uuid4()), now, actor.label, person.counts)
        uow.audit.record(actor, AuditAction.PERSON_ERASED, SUBJECT, receipt.id, now, person.counts)
        uow.commit()
    return receipt


def find_receipt(uow_factory: UnitOfWorkFactory, receipt_id: str) -> Receipt | None:
    """The receipt of an erasure, as the audit keeps it."""
    with uow_factory() as uow:
        line = uow.audit.of_subject(AuditAction.PERSON_ERASED, SUBJECT, receipt_id)
    if line is None:
        return None
    return Receipt(receipt_id, line.at, line.actor, {name: int(number) for name, number in line.detail.items()})


def notes_export(notes: Sequence[LeadNote]) -> list[dict[str, Any]]:
    """Notes as their subject may read them: what was written and when, not by which colleague."""
    return [{"at": utc_text(note.at), "by": OFFICE, "text": note.text} for note in notes]


def changes_export(changes: Sequence[LeadChange]) -> list[dict[str, Any]]:
    """The history as its subject may read it."""
    return [_change_export(change) for change in changes]


def _person(uow: UnitOfWork, email: str) -> Person | None:
    address = email.strip()
    if not address:
        return None
    leads = uow.leads.with_email(address)
    known = {lead.conversation_id for lead in leads}
    elsewhere = [found for found in uow.people.conversations_naming(address) if found not in known]
    mentions = [lead for found in elsewhere if (lead := uow.leads.for_conversation(found)) is not None]
    of_mentions = {lead.conversation_id for lead in mentions}
    elsewhere = [found for found in elsewhere if found not in of_mentions]
    if not (leads or elsewhere or mentions):
        return None
    conversation_ids = [*(lead.conversation_id for lead in leads), *elsewhere]
    return Person(leads, elsewhere, mentions, uow.people.counts(conversation_ids, [lead.id for lead in leads]))


def _lead_export(uow: UnitOfWork, lead: Lead) -> dict[str, Any]:
    consents = [{"at": utc_text(given.at), "version": given.version, "text": given.text} for given in uow.people.consents(lead.conversation_id)]
    return to_export(lead) | {
        "consents": consents,
        "notes": notes_export(uow.desk.notes(lead.id)),
        "history": changes_export(uow.desk.changes(lead.id)),
        "conversation": _conversation_export(uow, lead.conversation_id),
    }


def _conversation_export(uow: UnitOfWork, conversation_id: str) -> dict[str, Any]:
    messages = [{"from": message.sender, "at": utc_text(message.at), "text": message.body.get("text", "")}
                for message in uow.messages.history(conversation_id)]
    questions = [{"at": utc_text(question.at), "text": question.masked_text} for question in uow.people.questions(conversation_id)]
    return {"id": conversation_id, "messages": messages, "unanswered_questions": questions, "events": list(uow.people.events(conversation_id))}


def _change_export(change: LeadChange) -> dict[str, Any]:
    line: dict[str, Any] = {"at": utc_text(change.at), "by": change.actor if change.kind is ChangeKind.PERSON else OFFICE, "what": change.kind.value}
    if change.kind is ChangeKind.OWNER:
        return line  # who works on it is the office's own business
    values = {"before": change.before, "after": change.after, "reason": change.reason_after}
    return line | {name: value for name, value in values.items() if value is not None}
