"""/staff/contacts/<id>: one lead on one page, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.lead_desk import LeadChange, next_states
from bot.admissions.leads import LeadState
from bot.services.announcements import age_in_words
from bot.services.lead_criteria import criteria_of
from bot.services.lead_desk import LONGEST_NOTE, LONGEST_REASON, LeadNotFound, is_verdict_older_than_facts, last_undoable
from bot.services.lead_sheet import LeadSheet, lead_sheet
from bot.services.wording import STATUS_WORDS
from bot.web.form_text import blocks_of
from bot.web.problems import Problem, Refusal
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.leads import QUEUE, lead_services
from bot.web.staff.leads_words import ROUTE_WORDS, STATE_WORDS, VERDICT_WORDS, change_in_words, verdict_choices
from bot.web.staff.rendering import render

GONE = Problem(
    "not-found", 404, "Contact introuvable",
    "Ce contact n'existe pas, ou il a été effacé : à la demande de la personne, ou en fin de conservation.",
)


@dataclass(frozen=True)
class Refused:
    """An edit that was not made: what was typed comes back in its form, with the reason, or with what happened meanwhile."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Sequence[LeadChange] | None = None


@staff_page()
async def get_sheet(request: StaffRequest) -> Response:
    """The page; the look is written into the audit."""
    return await show_sheet(request)


async def show_sheet(request: StaffRequest, refused: Refused | None = None, status: int = 200) -> Response:
    """The lead as it stands now, with an edit that was refused, if one was. Raises: Refusal when it was erased."""
    services = request.web.services
    seen_by = request.actor if refused is None else None
    sheet = await request.web.work(lead_sheet, services.uow_factory, str(request.path_params["lead_id"]), request.now, seen_by)
    if sheet is None:
        raise Refusal(GONE)
    return render(request, "staff/lead.html", {**_context(request, sheet), **_refused(refused or Refused())}, status)


def lead_gone(_error: LeadNotFound) -> Refusal:
    """What an action on an erased lead answers."""
    return Refusal(GONE)


def _context(request: StaffRequest, sheet: LeadSheet) -> dict[str, object]:
    lead, services = sheet.desk_lead.lead, lead_services(request)
    timezone = request.web.services.settings.timezone
    words = {} if sheet.exchange is None else sheet.exchange.words
    return {
        "sheet": sheet, "lead": lead, "version": sheet.desk_lead.version, "path": f"{QUEUE}/{lead.id}", "note_id": str(uuid4()),
        "age": age_in_words(lead.created_at.astimezone(timezone).date(), request.now.astimezone(timezone).date()),
        "criteria": criteria_of(lead, services.rules, words), "source": services.source,
        "topics": [services.card_titles.get(topic, topic) for topic in lead.topics],
        "next_states": [(state.value, STATE_WORDS[state.value]) for state in next_states(LeadState(lead.state))],
        "last_change": last_undoable(sheet.changes), "is_verdict_old": is_verdict_older_than_facts(sheet.changes),
        "kept": {"conversations": request.web.services.settings.retention_days_conversations,
                 "leads": request.web.services.settings.retention_days_leads},
        "limits": {"note": LONGEST_NOTE, "reason": LONGEST_REASON},
        "verdicts": verdict_choices(), "verdict_words": VERDICT_WORDS, "route_words": ROUTE_WORDS, "state_words": STATE_WORDS,
        "status_words": STATUS_WORDS, "change_in_words": change_in_words, "blocks_of": blocks_of,
    }


def _refused(refused: Refused) -> dict[str, object]:
    return {"typed": refused.typed, "problems": refused.problems, "meanwhile": refused.meanwhile}


ROUTES = [Route(f"{QUEUE}/{{lead_id:uuid}}", get_sheet)]
