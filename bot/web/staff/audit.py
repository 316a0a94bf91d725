"""The journal: who did what and when, for admins. It names the people of the office, never an applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.staff import COMMAND_LINE, PROGRAM, AuditAction, Role
from bot.services.protocols import UnitOfWorkFactory
from bot.services.staff_protocols import AuditLine
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.rendering import render

JOURNAL = "/staff/journal"
LINES_A_PAGE = 50
HIGHEST_ID = 2**31 - 1
# Every action has its words here; a test compares this table with the enum.
ACTION_WORDS: Mapping[AuditAction, str] = {
    AuditAction.SIGNED_IN: "connexion",
    AuditAction.SIGNED_OUT: "déconnexion",
    AuditAction.SIGN_IN_REFUSED: "connexion refusée",
    AuditAction.SESSIONS_ENDED: "appareils déconnectés",
    AuditAction.ACCOUNT_CREATED: "compte créé",
    AuditAction.ROLE_CHANGED: "rôle changé",
    AuditAction.ACCOUNT_DISABLED: "compte désactivé",
    AuditAction.ACCOUNT_ENABLED: "compte réactivé",
    AuditAction.PASSWORD_CHANGED: "mot de passe changé",
    AuditAction.LINK_MADE: "lien de mot de passe créé",
    AuditAction.LEAD_SEEN: "contact consulté",
    AuditAction.LEAD_STATE_CHANGED: "état d'un contact changé",
    AuditAction.LEAD_OWNER_CHANGED: "suivi d'un contact changé",
    AuditAction.LEAD_VERDICT_CHANGED: "avis du service changé",
    AuditAction.LEAD_NOTE_ADDED: "note ajoutée",
    AuditAction.LEADS_EXPORTED: "contacts exportés",
    AuditAction.CASES_EXPORTED: "avis du service exportés",
    AuditAction.DELIVERIES_RETRIED: "envois relancés",
    AuditAction.PERSON_SEEN: "données d'une personne consultées",
    AuditAction.PERSON_EXPORTED: "données d'une personne exportées",
    AuditAction.PERSON_ERASED: "données d'une personne effacées",
    AuditAction.RETENTION_APPLIED: "fin de conservation : effacement",
    AuditAction.ADDITION_PUBLISHED: "ajout publié",
    AuditAction.ADDITION_WITHDRAWN: "ajout retiré",
    AuditAction.QUESTIONS_IGNORED: "questions mises de côté",
    AuditAction.QUESTIONS_REOPENED: "questions reprises",
    AuditAction.PRACTICAL_PUBLISHED: "information pratique publiée",
    AuditAction.PRACTICAL_WITHDRAWN: "information pratique retirée",
    AuditAction.CORRECTION_PUBLISHED: "correction publiée",
    AuditAction.CORRECTION_WITHDRAWN: "correction retirée",
    AuditAction.ANSWER_SUSPENDED: "réponse suspendue",
    AuditAction.ANSWER_RESUMED: "réponse reprise",
}
# Of details, names and values alike; what is not here is shown as it is.
DETAIL_WORDS: Mapping[str | int, str] = {
    "by": "par", "role": "rôle", "all": "tous", "password": "mot de passe", "link": "lien", "sso": "établissement",
    "admin": "administrateur", "reader": "lecteur", "before": "avant", "after": "après", "undo": "annulation", "count": "nombre",
    "leads": "contacts", "conversations": "conversations", "messages": "messages", "handled_messages": "accusés techniques",
    "events": "traces techniques", "questions": "questions sans réponse", "consents": "accords", "notes": "notes", "changes": "lignes d'historique",
    "announcements": "annonces",
}
NOBODY = (COMMAND_LINE.label, PROGRAM.label)
SUBJECT_WORDS = {
    "account": "compte", "lead": "contact", "person": "personne", "delivery": "envoi", "retention": "durée de conservation",
    "addition": "ajout", "question": "question", "practical": "information", "correction": "réponse", "suspension": "réponse",
}
SUBJECT_PATHS = {
    "lead": "/staff/contacts/", "person": "/staff/personnes/recu/",
    "addition": "/staff/questions/ajouts/", "practical": "/staff/pratique/", "correction": "/staff/reponses/", "suspension": "/staff/reponses/",
}


@dataclass(frozen=True)
class Filters:
    """What the journal is narrowed to; days are whole, in the office's time zone."""

    actor: str = ""
    action: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None

    def query(self, before: int | None) -> str:
        """The same filters, at another page."""
        kept = {"personne": self.actor, "action": self.action, "du": self.since, "au": self.until, "avant": before}
        return urlencode({name: value for name, value in kept.items() if value})


@staff_page(Role.ADMIN)
async def get_journal(request: StaffRequest) -> Response:
    """A page of lines, the newest first."""
    filters = _filters(request)
    zone = request.web.services.settings.timezone
    since, until = _day(filters.since), _day(filters.until)
    bounds = (
        None if since is None else datetime.combine(since, time.min, zone),
        None if until is None else datetime.combine(until + timedelta(days=1), time.min, zone),
    )
    lines, emails = await request.web.work(_read, request.web.services.uow_factory, filters, bounds)
    shown = lines[:LINES_A_PAGE]
    older = f"{JOURNAL}?{filters.query(shown[-1].id)}" if len(lines) > LINES_A_PAGE else None
    newest = f"{JOURNAL}?{filters.query(None)}" if filters.before is not None else None
    context = {
        "lines": shown, "people": [(label, label) for label in (*emails.values(), *NOBODY)], "emails": emails,
        "filters": filters, "older": older, "newest": newest,
        "action_words": {action.value: words for action, words in ACTION_WORDS.items()},
        "subject_words": SUBJECT_WORDS, "detail_words": DETAIL_WORDS, "subject_paths": SUBJECT_PATHS,
    }
    return render(request, "staff/audit.html", context)


def _read(
    uow_factory: UnitOfWorkFactory, filters: Filters, bounds: tuple[datetime | None, datetime | None]
) -> tuple[Sequence[AuditLine], Mapping[str, str]]:
    """The lines, one more than a page holds; the addresses of accounts by their ids (an account is never deleted)."""
    with uow_factory() as uow:
        lines = uow.audit.page(
            LINES_A_PAGE + 1, filters.before, filters.actor or None, filters.action or None, since=bounds[0], until=bounds[1]
        )
        return lines, {account.id: account.email for account in uow.accounts.all()}


def _filters(request: StaffRequest) -> Filters:
    """What the address asks for; what cannot be read filters nothing."""
    asked = request.query_params
    before = asked.get("avant", "")
    return Filters(
        asked.get("personne", "").replace("\0", ""),
        asked.get("action", "").replace("\0", ""),
        asked.get("du", "") if _day(asked.get("du", "")) else "",
        asked.get("au", "") if _day(asked.get("au", "")) else "",
        min(int(before), HIGHEST_ID) if before.isascii() and before.isdecimal() and len(before) < 12 else None,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None


ROUTES = [Route(JOURNAL, get_journal)]
