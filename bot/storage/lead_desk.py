"""Leads as the admissions office works on them: pages of the queue, one lead's history and notes, and its changes.

What the person says of themselves is written by bot/storage/leads.py and by nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, insert, literal_column, or_, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.admissions.errors import EditedMeanwhile
from bot.admissions.facts import Verdict
from bot.admissions.lead_desk import ChangeKind, DeskLead, LeadChange, LeadFilter, LeadNote, LeadOrder, email_key
from bot.admissions.leads import Lead, LeadState
from bot.storage.lead_desk_filters import conditions_of, effective_verdict
from bot.storage.lead_desk_tables import lead_changes, lead_notes
from bot.storage.leads import lead_of, select_leads
from bot.storage.staging import Staging
from bot.storage.tables import leads


def _constant(value: str | int) -> ColumnElement[Any]:
    return literal_column(f"'{value}'" if isinstance(value, str) else str(value))


# Without parameters, word for word as in the indexes of migration 0007: or no database would know that they have this order.
_PLACES = [(leads.c.state == _constant(state.value), _constant(place)) for place, state in enumerate(LeadState)]
_STATE_ORDER = case(*_PLACES, else_=_constant(len(LeadState)))
_REVIEW_FIRST = case((effective_verdict == _constant(Verdict.TO_REVIEW.value), _constant(0)), else_=_constant(1))


class LeadDeskRepository:
    """What the console reads of leads, and the office's own columns."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def page(self, wanted: LeadFilter, order: LeadOrder, limit: int, offset: int) -> list[Lead]:
        """One page of the queue: new ones first, in each state those to review first, then by `order`."""
        oldest = (leads.c.created_at, leads.c.id)
        by_date = oldest if order is LeadOrder.OLDEST else tuple(column.desc() for column in oldest)
        place = (_STATE_ORDER, _REVIEW_FIRST, *by_date)
        # The narrow rows are sorted first: the wide ones are read for one page only.
        ids = select(leads.c.id).where(*conditions_of(wanted)).order_by(*place).limit(limit).offset(offset)
        with self._staging.read() as connection:
            wanted_ids = list(connection.execute(ids).scalars())
            found = {row.id: row for row in connection.execute(select_leads(leads.c.id.in_(wanted_ids)))}
        return [lead_of(found[lead_id]) for lead_id in wanted_ids if lead_id in found]

    def count(self, wanted: LeadFilter) -> int:
        """How many leads the filter lets through."""
        with self._staging.read() as connection:
            return int(connection.execute(select(func.count()).select_from(leads).where(*conditions_of(wanted))).scalar_one())

    def matching(self, wanted: LeadFilter) -> list[Lead]:
        """Every lead that the filter lets through, oldest first."""
        with self._staging.read() as connection:
            return [lead_of(row) for row in connection.execute(select_leads(*conditions_of(wanted)))]

    def get(self, lead_id: str) -> DeskLead | None:
        """The lead with its version, or None when it was erased."""
        statement = select_leads(leads.c.id == lead_id)
        with self._staging.read() as connection:
            row = connection.execute(statement).first()
        return None if row is None else DeskLead(lead_of(row), row.version, row.last_contact_at)

    def same_person(self, lead: Lead) -> list[Lead]:
        """Other leads with the same e-mail, whatever its case, or the same phone; oldest first."""
        ways = []
        if lead.contact.email is not None:
            ways.append(leads.c.email_key == email_key(lead.contact.email))
        if lead.contact.phone is not None:
            ways.append(leads.c.phone == lead.contact.phone)
        if not ways:
            return []
        with self._staging.read() as connection:
            return [lead_of(row) for row in connection.execute(select_leads(or_(*ways), leads.c.id != lead.id))]

    def repeated_contacts(self, page: Sequence[Lead]) -> frozenset[str]:
        """The ids of those of `page` whose e-mail or phone another lead has too."""
        emails = {email_key(lead.contact.email) for lead in page if lead.contact.email is not None}
        phones = {lead.contact.phone for lead in page if lead.contact.phone is not None}
        with self._staging.read() as connection:
            repeated = {column.key: set(connection.execute(_repeated(column, values)).scalars())
                        for column, values in ((leads.c.email_key, emails), (leads.c.phone, phones))}
        return frozenset(lead.id for lead in page
                         if email_key(lead.contact.email) in repeated["email_key"] or lead.contact.phone in repeated["phone"])

    def owners(self) -> list[str]:
        """Who owns at least one lead."""
        with self._staging.read() as connection:
            return sorted(connection.execute(select(leads.c.owner).where(leads.c.owner.is_not(None)).distinct()).scalars())

    def changes(self, lead_id: str, after_version: int = 0) -> list[LeadChange]:
        """The lead's history after a version, oldest first."""
        is_later = (lead_changes.c.lead_id == lead_id) & (lead_changes.c.version > after_version)
        with self._staging.read() as connection:
            rows = connection.execute(select(lead_changes).where(is_later).order_by(lead_changes.c.version)).all()
        return [_change_of(row) for row in rows]

    def notes(self, lead_id: str) -> list[LeadNote]:
        """The notes on a lead, oldest first."""
        statement = select(lead_notes).where(lead_notes.c.lead_id == lead_id).order_by(lead_notes.c.at, lead_notes.c.id)
        with self._staging.read() as connection:
            return [LeadNote(**row._mapping) for row in connection.execute(statement)]

    def overridden(self) -> list[Lead]:
        """Leads whose verdict the office gave itself, oldest first."""
        with self._staging.read() as connection:
            return [lead_of(row) for row in connection.execute(select_leads(leads.c.staff_verdict.is_not(None)))]

    def stage_change(self, change: LeadChange) -> None:
        """Stages one change by the office. The commit raises EditedMeanwhile unless the lead is at the version before it."""
        self._staging.add(lambda connection: _apply(connection, change))

    def stage_note(self, note: LeadNote) -> None:
        """Stages a note; the same id again (a form sent twice) adds nothing. The commit raises EditedMeanwhile for an erased lead."""
        self._staging.add(lambda connection: _add_note(connection, note))


def _repeated(column: ColumnElement[str], values: set[Any]) -> Any:
    return select(column).where(column.in_(sorted(values))).group_by(column).having(func.count() > 1)


def _apply(connection: Connection, change: LeadChange) -> None:
    before = (leads.c.id == change.lead_id) & (leads.c.version == change.version - 1)
    values = _columns(change) | {"version": change.version, "updated_at": change.at}
    if connection.execute(update(leads).where(before).values(values)).rowcount != 1:
        raise EditedMeanwhile("le contact a changé ou a été effacé entre-temps")
    connection.execute(insert(lead_changes).values(vars(change) | {"kind": change.kind.value}))
    if change.undoes is not None:
        connection.execute(update(lead_changes).where(lead_changes.c.id == change.undoes).values(undone_at=change.at))


def _columns(change: LeadChange) -> dict[str, str | None]:
    if change.kind is ChangeKind.VERDICT:
        return {"staff_verdict": change.after, "staff_reason": change.reason_after}
    return {{ChangeKind.STATE: "state", ChangeKind.OWNER: "owner"}[change.kind]: change.after}


def _add_note(connection: Connection, note: LeadNote) -> None:
    # Locked, so that an erasure under way does not leave a note behind it.
    if connection.execute(select(leads.c.id).where(leads.c.id == note.lead_id).with_for_update()).first() is None:
        raise EditedMeanwhile("le contact a été effacé entre-temps")
    if connection.execute(select(lead_notes.c.id).where(lead_notes.c.id == note.id)).first() is None:
        connection.execute(insert(lead_notes).values(vars(note)))


def _change_of(row: Row) -> LeadChange:
    return LeadChange(**dict(row._mapping) | {"kind": ChangeKind(row.kind)})
