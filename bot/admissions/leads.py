"""A person who agreed to be contacted: the lead and its export, exactly as the contract writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from bot.admissions.facts import Route, Status, Verdict
from bot.admissions.personal_data import clean_name, mask_personal_data, normalise_email

__all__ = ["Consent", "Contact", "Lead", "LeadState", "clean_name", "mask_personal_data", "normalise_email", "to_export"]


class LeadState(str, Enum):
    """Where the admissions office stands with the lead."""

    NOUVEAU = "nouveau"
    CONTACTE = "contacte"
    DOSSIER_RECU = "dossier_recu"
    CLOS = "clos"


@dataclass(frozen=True)
class Consent:
    """When the person agreed to be contacted, and to which notice: its version and its text as it was shown."""

    version: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Contact:
    """How to reach the person; `phone` is E.164 or None."""

    name: str | None
    email: str | None
    phone: str | None = None


@dataclass(frozen=True)
class Lead:
    """What staff receive. `verdict` is the assistant's and None when no pre-screening was made; ids are UUIDs."""

    id: str
    conversation_id: str
    created_at: datetime
    updated_at: datetime
    contact: Contact
    consent: Consent
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    level: int | None = None
    diploma: str | None = None
    experience_months: int | None = None
    status: Status | None = None
    route: Route | None = None
    question: str | None = None
    state: str = LeadState.NOUVEAU.value
    topics: tuple[str, ...] = ()
    for_someone_else: bool = False
    staff_verdict: Verdict | None = None
    staff_reason: str | None = None
    owner: str | None = None


def to_export(lead: Lead) -> dict[str, Any]:
    """The JSON object of the contract (« A lead, as exported »), its keys in the contract's order."""
    return {
        "id": lead.id,
        "created_at": _utc(lead.created_at),
        "updated_at": _utc(lead.updated_at),
        "conversation_id": lead.conversation_id,
        "verdict": _code(lead.verdict),
        "reasons": list(lead.reasons),
        "level": lead.level,
        "diploma": lead.diploma,
        "experience_months": lead.experience_months,
        "status": _code(lead.status),
        "route": _code(_exported_route(lead)),
        "name": lead.contact.name,
        "email": lead.contact.email,
        "phone": lead.contact.phone,
        "consent_at": _utc(lead.consent.at),
        "consent_version": lead.consent.version,
        "question": lead.question,
        "state": lead.state,
        "topics": list(lead.topics),
        "for_someone_else": lead.for_someone_else,
        "staff_verdict": _code(lead.staff_verdict),
        "staff_reason": lead.staff_reason,
        "owner": lead.owner,
    }


def _exported_route(lead: Lead) -> Route | None:
    """What the person asked for; VAE with that verdict when nothing else was said."""
    if lead.route is not None:
        return lead.route
    return Route.VAE if lead.verdict is Verdict.VAE else None


def _utc(moment: datetime) -> str:
    """ISO-8601 in UTC; a moment without a zone is taken as UTC, which is how the database gives it back."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _code(value: Enum | None) -> str | None:
    return None if value is None else str(value.value)
