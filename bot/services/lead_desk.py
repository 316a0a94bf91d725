"""Use cases: what the admissions office does with leads. Each change carries the version of the lead that was shown.

A change that meets a newer version writes nothing (EditedMeanwhile): the caller shows what happened meanwhile. No change
here counts as contact from the person, nor writes to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.admissions.channels import Event
from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.facts import Verdict
from bot.admissions.lead_desk import ChangeKind, DeskLead, LeadChange, LeadFilter, LeadNote, LeadOrder, next_states
from bot.admissions.leads import Lead, LeadState, to_export
from bot.admissions.staff import Actor, AuditAction
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

PAGE_SIZE = 50
LONGEST_NOTE, LONGEST_REASON = 4_000, 2_000
SUBJECT = "lead"
_ACTIONS = {
    ChangeKind.STATE: AuditAction.LEAD_STATE_CHANGED,
    ChangeKind.OWNER: AuditAction.LEAD_OWNER_CHANGED,
    ChangeKind.VERDICT: AuditAction.LEAD_VERDICT_CHANGED,
}


class LeadNotFound(InputError):
    """The lead was erased, by the person, by the office or in time."""

    def __init__(self) -> None:
        super().__init__("ce contact n'existe pas ou a été effacé")


class EditRefused(InputError):
    """The change asked for is not allowed; the message is a French sentence for the form."""


@dataclass(frozen=True)
class Edit:
    """Who changes which lead, and the version that they had before their eyes."""

    actor: Actor
    lead_id: str
    version: int
    now: datetime


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `repeated` are the ids of leads whose e-mail or phone another lead has too."""

    leads: Sequence[Lead]
    total: int
    number: int
    repeated: frozenset[str]

    @property
    def last(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-self.total // PAGE_SIZE))


def queue_page(uow_factory: UnitOfWorkFactory, wanted: LeadFilter, order: LeadOrder, number: int) -> QueuePage:
    """The page of that number, from 1; a number beyond the last gives the last."""
    with uow_factory() as uow:
        total = uow.desk.count(wanted)
        page = QueuePage((), total, 1, frozenset())
        number = min(max(number, 1), page.last)
        leads = uow.desk.page(wanted, order, PAGE_SIZE, (number - 1) * PAGE_SIZE)
        return replace(page, leads=leads, number=number, repeated=uow.desk.repeated_contacts(leads))


def known_owners(uow_factory: UnitOfWorkFactory) -> list[str]:
    """Whom the queue can be narrowed to: every account in service, and whoever still owns a lead."""
    with uow_factory() as uow:
        return sorted({*account_emails(uow), *uow.desk.owners()})


def change_state(uow_factory: UnitOfWorkFactory, edit: Edit, state: str) -> None:
    """Moves the lead on. Raises: EditRefused for a state that cannot follow; EditedMeanwhile, LeadNotFound."""
    with uow_factory() as uow:
        desk_lead = _shown(uow, edit)
        before = LeadState(desk_lead.lead.state)
        if state not in [allowed.value for allowed in next_states(before)]:
            raise EditRefused("cet état ne peut pas suivre l'état actuel ; pour revenir en arrière, utilisez « Annuler »")
        _keep(uow, edit, desk_lead, _change(edit, ChangeKind.STATE, before.value, state))


def change_owner(uow_factory: UnitOfWorkFactory, edit: Edit, owner: str | None) -> None:
    """Gives the lead to the account with this e-mail, to nobody with None. Raises: EditRefused, EditedMeanwhile, LeadNotFound."""
    with uow_factory() as uow:
        desk_lead = _shown(uow, edit)
        if owner == desk_lead.lead.owner:
            return
        if owner is not None and owner not in account_emails(uow):
            raise EditRefused("choisissez une personne qui a un compte en service")
        _keep(uow, edit, desk_lead, _change(edit, ChangeKind.OWNER, desk_lead.lead.owner, owner))


def override_verdict(uow_factory: UnitOfWorkFactory, edit: Edit, verdict: str, reason: str) -> None:
    """Gives the office's verdict beside the assistant's. Raises: EditRefused without a reason; EditedMeanwhile, LeadNotFound."""
    reason = _typed(reason)
    if verdict not in [known.value for known in Verdict]:
        raise EditRefused("choisissez un résultat")
    if not reason:
        raise EditRefused("écrivez la raison de cet avis : la personne concernée peut la lire")
    if len(reason) > LONGEST_REASON:
        raise EditRefused(f"la raison est trop longue : {LONGEST_REASON} caractères au plus")
    _set_verdict(uow_factory, edit, verdict, reason)


def withdraw_verdict(uow_factory: UnitOfWorkFactory, edit: Edit) -> None:
    """Takes the office's verdict back; the assistant's stands again. Raises: EditedMeanwhile, LeadNotFound."""
    _set_verdict(uow_factory, edit, None, None)


def undo_last(uow_factory: UnitOfWorkFactory, edit: Edit) -> LeadChange:
    """Takes back the office's last change and gives it. Raises: EditRefused when there is none; EditedMeanwhile, LeadNotFound."""
    with uow_factory() as uow:
        desk_lead = _shown(uow, edit)
        last = last_undoable(uow.desk.changes(edit.lead_id))
        if last is None:
            raise EditRefused("il n'y a plus rien à annuler")
        back = _change(edit, last.kind, last.after, last.before)
        _keep(uow, edit, desk_lead, replace(back, reason_before=last.reason_after, reason_after=last.reason_before, undoes=last.id))
        return last


def add_note(uow_factory: UnitOfWorkFactory, edit: Edit, note_id: str, text: str) -> Sequence[LeadChange]:
    """Adds a note and gives what others changed since the version shown; a note overwrites nothing, so it is kept anyway.

    `note_id` is the form's own: sent twice, it is one note. Raises: EditRefused, LeadNotFound.
    """
    text = _typed(text)
    if not text:
        raise EditRefused("écrivez la note avant de l'ajouter")
    if len(text) > LONGEST_NOTE:
        raise EditRefused(f"la note est trop longue : {LONGEST_NOTE} caractères au plus")
    with uow_factory() as uow:
        if uow.desk.get(edit.lead_id) is None:
            raise LeadNotFound
        uow.desk.stage_note(LeadNote(note_id, edit.lead_id, edit.now, edit.actor.account_id, edit.actor.label, text))
        uow.audit.record(edit.actor, AuditAction.LEAD_NOTE_ADDED, SUBJECT, edit.lead_id, edit.now)
        meanwhile = uow.desk.changes(edit.lead_id, after_version=edit.version)
        uow.commit()
    return meanwhile


def export_matching(uow_factory: UnitOfWorkFactory, wanted: LeadFilter, form: str, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The leads that the filter lets through as contract.md exports them, oldest first; the audit keeps who took how many."""
    with uow_factory() as uow:
        leads = [to_export(lead) for lead in uow.desk.matching(wanted)]
        uow.audit.record(actor, AuditAction.LEADS_EXPORTED, SUBJECT, None, now, {"format": form, "count": len(leads)})
        uow.commit()
    return leads


def changes_since(uow_factory: UnitOfWorkFactory, lead_id: str, version: int) -> Sequence[LeadChange]:
    """What happened to the lead after that version, oldest first."""
    with uow_factory() as uow:
        return uow.desk.changes(lead_id, after_version=version)


def last_undoable(changes: Sequence[LeadChange]) -> LeadChange | None:
    """The office's last change that has not been taken back, itself no taking back."""
    own = (change for change in reversed(changes) if change.kind is not ChangeKind.PERSON)
    return next((change for change in own if change.undoes is None and change.undone_at is None), None)


def is_verdict_older_than_facts(changes: Sequence[LeadChange]) -> bool:
    """Whether the person corrected something after the office gave its verdict: it may have to be looked at again."""
    verdicts = [change.version for change in changes if change.kind is ChangeKind.VERDICT]
    corrections = [change.version for change in changes if change.kind is ChangeKind.PERSON]
    return bool(verdicts and corrections) and corrections[-1] > verdicts[-1]


def account_emails(uow: UnitOfWork) -> list[str]:
    """Who a lead can be given to."""
    return [account.email for account in uow.accounts.all() if account.is_enabled]


def _set_verdict(uow_factory: UnitOfWorkFactory, edit: Edit, verdict: str | None, reason: str | None) -> None:
    with uow_factory() as uow:
        desk_lead = _shown(uow, edit)
        lead = desk_lead.lead
        before = None if lead.staff_verdict is None else lead.staff_verdict.value
        if (verdict, reason) == (before, lead.staff_reason):
            return
        change = _change(edit, ChangeKind.VERDICT, before, verdict)
        _keep(uow, edit, desk_lead, replace(change, reason_before=lead.staff_reason, reason_after=reason))


def _shown(uow: UnitOfWork, edit: Edit) -> DeskLead:
    desk_lead = uow.desk.get(edit.lead_id)
    if desk_lead is None:
        raise LeadNotFound
    if desk_lead.version != edit.version:
        raise EditedMeanwhile("le contact a changé depuis qu'il a été affiché")
    return desk_lead


def _change(edit: Edit, kind: ChangeKind, before: str | None, after: str | None) -> LeadChange:
    actor = edit.actor
    return LeadChange(str(uuid4()), edit.lead_id, edit.version + 1, edit.now, actor.account_id, actor.label, kind, before, after)


def _keep(uow: UnitOfWork, edit: Edit, desk_lead: DeskLead, change: LeadChange) -> None:
    """One transaction: the lead, its history, the audit, the news for the CRM."""
    uow.desk.stage_change(change)
    detail = {"before": change.before or "", "after": change.after or ""} if change.kind is not ChangeKind.OWNER else {}
    uow.audit.record(edit.actor, _ACTIONS[change.kind], SUBJECT, edit.lead_id, edit.now, detail | ({"undo": 1} if change.undoes else {}))
    uow.outbox.add(Event.UPDATED, desk_lead.lead, edit.now, is_by_office=True)
    uow.commit()


def _typed(text: str) -> str:
    # NUL is no character that a person types, and PostgreSQL's texts cannot hold it.
    return text.replace("\0", "").replace("\r\n", "\n").strip()
