"""What each announcement says; how it looks and travels is bot/delivery's.

An e-mail to the office carries what a person needs to decide whether to look now, and nothing that names anybody, not
even an initial: mailboxes are copied, forwarded and kept beyond any retention, while the console behind the link shows
the rest to whom it may. The recap goes to an address that nobody has verified: no name, no number, no typed word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Protocol

from bot.admissions.facts import Route, Verdict
from bot.admissions.leads import Lead, LeadState, to_export
from bot.services.my_data_links import not_me_link
from bot.services.protocols import OutboxRow

VERDICT_LABELS = {
    Verdict.ELIGIBLE: "conditions remplies",
    Verdict.TO_REVIEW: "à vérifier",
    Verdict.NOT_YET: "conditions pas encore réunies",
    Verdict.VAE: "VAE à étudier",
    None: "sans vérification des conditions",
}
ROUTE_LABELS = {
    Route.FORMATION_INITIALE: "formation initiale",
    Route.FORMATION_CONTINUE: "formation continue",
    Route.VAE: "validation des acquis de l'expérience (VAE)",
    None: "non précisée",
}
STATE_LABELS = {
    LeadState.NOUVEAU.value: "nouveau",
    LeadState.CONTACTE.value: "contacté",
    LeadState.DOSSIER_RECU.value: "dossier reçu",
    LeadState.CLOS.value: "clos",
}


@dataclass(frozen=True)
class Letter:
    """An e-mail before it is written: `template` names its two files, `key` makes a Message-ID that a resend keeps."""

    key: str
    to: str
    subject: str
    template: str
    values: Mapping[str, Any]
    reply_to: str | None = None


@dataclass(frozen=True)
class WebhookMessage:
    """One event for the CRM; `id` is the same each time it is tried."""

    id: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class RecapFacts:
    """What the record says that a recap repeats; `file_contents` is what the office filled in, with its source."""

    certification: str
    rules: tuple[str, ...]
    direct_level: int
    level_with_experience: int
    experience_months: int
    steps: tuple[str, ...]
    section: str
    as_of: date
    file_contents: str | None = None
    file_contents_source: str | None = None


class DigestFigures(Protocol):
    """Leads made in a period, and what waits: numbers only. `waiting_since` is the oldest lead still new."""

    @property
    def by_verdict(self) -> Mapping[Verdict | None, int]: ...
    @property
    def by_state(self) -> Mapping[str, int]: ...
    @property
    def waiting(self) -> int: ...
    @property
    def waiting_since(self) -> datetime | None: ...
    @property
    def given_up(self) -> int: ...


def webhook_message(row: OutboxRow, lead: Lead | None) -> WebhookMessage:
    """The event with the lead as it stands now; without one, its id alone."""
    data = {"id": row.lead_id} if lead is None else to_export(lead)
    return WebhookMessage(row.id, {"type": row.kind.value, "data": data})


def office_letter(row: OutboxRow, lead: Lead, to: str, public_url: str, now: datetime, timezone: tzinfo) -> Letter:
    """A new lead, to the admissions office."""
    verdict = VERDICT_LABELS[lead.verdict]
    values = {
        "verdict": verdict,
        "is_indicative": lead.verdict is not None,
        "route": ROUTE_LABELS[lead.route],
        "received": lead.created_at.astimezone(timezone),
        "age": age_in_words(lead.created_at.astimezone(timezone).date(), now.astimezone(timezone).date()),
        "for_someone_else": lead.for_someone_else,
        "link": f"{public_url}/staff/contacts/{lead.id}",
    }
    return Letter(row.id, to, f"Nouveau contact : {verdict}", "contact", values)


def recap_letter(row: OutboxRow, lead: Lead, to: str, facts: RecapFacts, link: str, reply_to: str | None, timezone: tzinfo) -> Letter:
    """The recap to the applicant; `link` opens the page where they see and erase everything."""
    verdict = lead.staff_verdict or lead.verdict
    values = {
        "facts": facts,
        "verdict": None if verdict is None else verdict.value,
        "for_someone_else": lead.for_someone_else,
        "missing_months": _missing_months(lead, verdict, facts),
        "left_on": lead.created_at.astimezone(timezone).date(),
        "link": link,
        "not_me_link": not_me_link(link),
    }
    return Letter(row.id, to, "Votre demande de contact : récapitulatif", "recapitulatif", values, reply_to)


def digest_letter(figures: DigestFigures, period: tuple[date, date], to: str, public_url: str, today: date, timezone: tzinfo) -> Letter:
    """The morning's figures; `period` is the first and the last day that they count."""
    since = figures.waiting_since
    values = {
        "first_day": period[0],
        "last_day": period[1],
        "total": sum(figures.by_state.values()),
        "verdicts": [(label, figures.by_verdict.get(verdict, 0)) for verdict, label in VERDICT_LABELS.items()],
        "states": [(label, figures.by_state.get(state, 0)) for state, label in STATE_LABELS.items()],
        "waiting": figures.waiting,
        "oldest": None if since is None else age_in_words(since.astimezone(timezone).date(), today),
        "given_up": figures.given_up,
        "link": f"{public_url}/staff/contacts",
    }
    subject = f"Point du matin : {figures.waiting} contact{'s' if figures.waiting > 1 else ''} à traiter"
    return Letter(f"digest-{today.isoformat()}", to, subject, "point_du_matin", values)


def last_working_days(today: date) -> tuple[date, date]:
    """From the last working day to yesterday: on a Monday the weekend counts with the Friday."""
    first = today - timedelta(days=1)
    while first.weekday() >= 5:
        first -= timedelta(days=1)
    return first, today - timedelta(days=1)


def _missing_months(lead: Lead, verdict: Verdict | None, facts: RecapFacts) -> int | None:
    """How much experience a person of the lower level still lacks, None when that is not what they lack."""
    is_lacking = verdict is Verdict.NOT_YET and lead.level == facts.level_with_experience and lead.experience_months is not None
    return max(facts.experience_months - (lead.experience_months or 0), 0) if is_lacking else None


def age_in_words(day: date, today: date) -> str:
    """aujourd'hui, hier, il y a 3 jours."""
    days = (today - day).days
    return {0: "aujourd'hui", 1: "hier"}.get(days, f"il y a {days} jours")
