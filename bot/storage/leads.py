"""Leads and the consents they rest on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.admissions.channels import Channel
from bot.admissions.facts import Route, Status, Verdict
from bot.admissions.lead_desk import ChangeKind, email_key, search_text
from bot.admissions.leads import Consent, Contact, Lead
from bot.storage.lead_desk_tables import lead_changes
from bot.storage.outbox import replace_by_erasure
from bot.storage.staging import Staging
from bot.storage.tables import consents, leads

# The office's columns: a fact that the person corrects must not undo what staff wrote meanwhile.
OFFICE_COLUMNS = ("state", "staff_verdict", "staff_reason", "owner")
# What the office wants to know the person changed after it had read the lead.
PERSON_FACTS = ("verdict", "level", "diploma", "experience_months", "status", "route", "name", "email", "phone", "question")
PERSON = "la personne"

_TOUCH = update(leads).where(leads.c.conversation_id == bindparam("conversation")).values(last_contact_at=bindparam("heard_at"))


class LeadRepository:
    """One lead per conversation; a staged one is seen by later reads of the same unit of work."""

    def __init__(self, staging: Staging, open_channels: frozenset[Channel]) -> None:
        self._staging = staging
        self._open_channels = open_channels
        self._staged: dict[str, Lead | None] = {}

    def for_conversation(self, conversation_id: str) -> Lead | None:
        """The lead made in this conversation."""
        if conversation_id in self._staged:
            return self._staged[conversation_id]
        found = self._select(leads.c.conversation_id == conversation_id)
        return found[0] if found else None

    def get(self, lead_id: str, heard_since: datetime | None = None) -> Lead | None:
        """The lead as it is stored, None when it was erased or its person was last heard before `heard_since`."""
        is_recent = [] if heard_since is None else [leads.c.last_contact_at > heard_since]
        found = self._select(leads.c.id == lead_id, *is_recent)
        return found[0] if found else None

    def consent_of(self, conversation_id: str) -> Consent | None:
        """The consent that the conversation's lead rests on."""
        lead = self.for_conversation(conversation_id)
        return None if lead is None else lead.consent

    def all(self, since: datetime | None = None) -> list[Lead]:
        """Leads by creation, oldest first; `since` is inclusive."""
        return self._select(*([] if since is None else [leads.c.created_at >= since]))

    def with_email(self, email: str) -> list[Lead]:
        """Leads of this address, whatever its case."""
        return self._select(leads.c.email_key == email_key(email))

    def last_contacted_before(self, moment: datetime, limit: int) -> list[Lead]:
        """Leads whose person has not been heard since `moment`."""
        return self._select(leads.c.last_contact_at <= moment, limit=limit)

    def save(self, lead: Lead) -> None:
        """Stages a lead, new or changed by the person, with its consent."""
        self._staged[lead.conversation_id] = lead
        self._staging.add(lambda connection: _write(connection, lead))

    def touch(self, conversation_id: str, at: datetime) -> None:
        """Stages that the person of this conversation's lead, if there is one, was heard at `at`."""
        if conversation_id in self._staging.seen_without_lead:
            return  # a lead that another turn makes meanwhile moves the conversation on, and this turn is taken again
        self._staging.execute(_TOUCH, [{"conversation": conversation_id, "heard_at": at}])

    def stage_erasure(self, conversation_id: str, at: datetime) -> None:
        """Stages the end of the conversation's lead, of its consents and of what was still to be told about it."""
        self._staged[conversation_id] = None
        self._staging.add(lambda connection: self._erase(connection, conversation_id, at))

    def _erase(self, connection: Connection, conversation_id: str, at: datetime) -> None:
        # Looked up inside the transaction: a turn that has just been committed may have made the lead.
        is_theirs = leads.c.conversation_id == conversation_id
        lead_id = connection.execute(select(leads.c.id).where(is_theirs)).scalar()
        connection.execute(delete(consents).where(consents.c.conversation_id == conversation_id))
        if lead_id is None:
            return
        connection.execute(delete(leads).where(is_theirs))
        replace_by_erasure(connection, lead_id, self._open_channels, at)

    def _select(self, *conditions: Any, limit: int | None = None) -> list[Lead]:
        with self._staging.read() as connection:
            return [lead_of(row) for row in connection.execute(select_leads(*conditions).limit(limit))]


def select_leads(*conditions: Any) -> Select:
    """The rows that `lead_of` reads, oldest first."""
    # The newest consent of a lead is the one that its consent_at names.
    latest = (leads.c.conversation_id == consents.c.conversation_id) & (leads.c.consent_at == consents.c.at)
    columns = select(leads, func.coalesce(consents.c.text, "").label("consent_text"))
    return columns.outerjoin(consents, latest).where(*conditions).order_by(leads.c.created_at, leads.c.id)


def _write(connection: Connection, lead: Lead) -> None:
    row = _row(lead)
    known = connection.execute(select(leads).where(leads.c.id == lead.id).with_for_update()).first()
    if known is None:
        connection.execute(insert(leads).values(row | {"version": 1}))
    else:
        own = {name: value for name, value in row.items() if name not in OFFICE_COLUMNS}
        connection.execute(update(leads).where(leads.c.id == lead.id).values(own | {"version": leads.c.version + 1}))
        corrected = [name for name in PERSON_FACTS if known._mapping[name] != row[name]]
        if corrected:
            _keep_correction(connection, lead, known.version + 1, corrected)
    is_known = (consents.c.conversation_id == lead.conversation_id) & (consents.c.at == lead.consent.at)
    if connection.execute(select(consents.c.id).where(is_known)).first() is None:
        connection.execute(insert(consents).values(_consent_row(lead)))


def _keep_correction(connection: Connection, lead: Lead, version: int, corrected: list[str]) -> None:
    """The office sees in the lead's history that the person changed what it had read."""
    row = {"id": str(uuid4()), "lead_id": lead.id, "version": version, "at": lead.updated_at, "actor": PERSON}
    connection.execute(insert(lead_changes).values(row | {"kind": ChangeKind.PERSON.value, "after": ", ".join(corrected)}))


def _consent_row(lead: Lead) -> dict[str, Any]:
    consent = lead.consent
    row = {"id": str(uuid4()), "conversation_id": lead.conversation_id}
    return row | {"version": consent.version, "text": consent.text, "at": consent.at}


def _row(lead: Lead) -> dict[str, Any]:
    return {
        "id": lead.id,
        "conversation_id": lead.conversation_id,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
        "last_contact_at": lead.updated_at,
        "verdict": _code(lead.verdict),
        "reasons": list(lead.reasons),
        "level": lead.level,
        "diploma": lead.diploma,
        "experience_months": lead.experience_months,
        "status": _code(lead.status),
        "route": _code(lead.route),
        "name": lead.contact.name,
        "email": lead.contact.email,
        "phone": lead.contact.phone,
        "consent_at": lead.consent.at,
        "consent_version": lead.consent.version,
        "question": lead.question,
        "state": lead.state,
        "topics": list(lead.topics),
        "for_someone_else": lead.for_someone_else,
        "staff_verdict": _code(lead.staff_verdict),
        "staff_reason": lead.staff_reason,
        "owner": lead.owner,
        "search_text": search_text(lead.contact),
        "email_key": email_key(lead.contact.email),
    }


def lead_of(row: Row) -> Lead:
    """The lead that a row of `select_leads` holds."""
    return Lead(
        id=row.id,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        contact=Contact(name=row.name, email=row.email, phone=row.phone),
        consent=Consent(version=row.consent_version, text=row.consent_text, at=row.consent_at),
        verdict=None if row.verdict is None else Verdict(row.verdict),
        reasons=tuple(row.reasons),
        level=row.level,
        diploma=row.diploma,
        experience_months=row.experience_months,
        status=None if row.status is None else Status(row.status),
        route=None if row.route is None else Route(row.route),
        question=row.question,
        state=row.state,
        topics=tuple(row.topics),
        for_someone_else=row.for_someone_else,
        staff_verdict=None if row.staff_verdict is None else Verdict(row.staff_verdict),
        staff_reason=row.staff_reason,
        owner=row.owner,
    )


def _code(value: Verdict | Status | Route | None) -> str | None:
    return None if value is None else value.value
