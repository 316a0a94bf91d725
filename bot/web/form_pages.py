"""The pages of the form: what each template is given. Decides nothing about admissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.admissions.eligibility import Assessment
from bot.services.assistant import Assistant
from bot.services.form import Problem, precisions
from bot.services.form_choices import DIPLOMAS, EXPERIENCES, ROUTES, STATUSES
from bot.services.form_contact import ContactEntries
from bot.services.form_words import date_in_words, understood_facts
from bot.services.prescreening import assess_slots
from bot.services.printed_answers import UNKNOWN_FILE
from bot.services.wording import HEADLINES, HEADLINES_FOR_SOMEONE_ELSE, INDICATIVE
from bot.web.context import FormServices, web_of
from bot.web.form_state import FormState, state_to_json
from bot.web.form_text import blocks_of, spans_of, typographic
from bot.web.pages import TEMPLATES

PURPOSE = "formulaire"
# Where the summary of what is to be mended leads: the first control of each question.
CONTROLS = {"diploma": "diploma", "experience": "experience_years", "status": "status-1"}
EXPIRED = Problem("", "Ce formulaire n'était plus valable, par exemple parce que la page était ouverte depuis longtemps. Rien n'a été enregistré. "
                      "Vos réponses sont encore ci-dessous : vérifiez-les, puis envoyez à nouveau.")
UNAVAILABLE = Problem(
    "",
    "Le service est momentanément indisponible : rien n'a été enregistré. Vos réponses sont encore ci-dessous : réessayez dans un instant.",
)


def questions_page(request: Request, form: FormServices) -> Response:
    """The whole page: the pre-screening, the way to a person, the answers by topic."""
    today = form.assistant.today()
    topics = form.topics(today)
    context = {
        "intro": form.assistant.base.prescreening_intro(today),
        "is_all_open": "tout" in request.query_params,
        "topics": [topic for topic in topics if topic.id != UNKNOWN_FILE],
        "unknown": next((topic for topic in topics if topic.id == UNKNOWN_FILE), None),
    }
    return _render(request, "formulaire.html", _questions(request, FormState(), ()) | context)


def prescreening_page(request: Request, form: FormServices, state: FormState, problems: Sequence[Problem] = (), status: int = 200) -> Response:
    """The questions alone, with what was answered and what is still to be said."""
    intro = form.assistant.base.prescreening_intro(form.assistant.today())
    return _render(request, "formulaire_verification.html", _questions(request, state, problems) | {"intro": intro}, status)


def contact_page(
    request: Request, form: FormServices, state: FormState,
    contact: ContactEntries | None = None, problems: Sequence[Problem] = (), status: int = 200,
) -> Response:
    """The verdict when there is one, and the way to leave one's details."""
    assistant = form.assistant
    context = {
        "contact": contact or ContactEntries(),
        "consent_notice": assistant.base.consent_terms(assistant.today())[1],
        "verdict": None if state.slots is None else _verdict(assistant, state.slots),
        "for_someone_else": bool(state.slots and state.slots.get("for_someone_else")),
    }
    return _render(request, "formulaire_contact.html", _shared(request, state, problems) | context, status)


def thanks_page(request: Request, contact: Mapping[str, str], path: str, address: str) -> Response:
    """Says what was passed on, and gives the person their own link."""
    reached = " et ".join(contact[name] for name in ("email", "phone") if contact[name])
    return _render(request, "formulaire_merci.html", {"reached": reached, "path": path, "address": address})


def message_page(request: Request, title: str, sentences: Sequence[str], status: int) -> Response:
    """A page of a few sentences that leads back to the form."""
    return _render(request, "formulaire_message.html", {"title": title, "sentences": sentences}, status)


def verdict_of(assistant: Assistant, slots: Mapping[str, Any] | None) -> Assessment | None:
    """The verdict on these facts today; None without a pre-screening."""
    if slots is None:
        return None
    assessment = assess_slots(assistant.rules, slots, assistant.today())
    return None if assessment.verdict is None else assessment


def _questions(request: Request, state: FormState, problems: Sequence[Problem]) -> dict[str, Any]:
    choices = {"diplomas": DIPLOMAS, "experiences": EXPERIENCES, "statuses": STATUSES, "routes": ROUTES}
    return _shared(request, state, problems) | choices | {"entries": state.entries, "precisions": precisions(state.before)}


def _shared(request: Request, state: FormState, problems: Sequence[Problem]) -> dict[str, Any]:
    asked = precisions(state.before)
    return {
        "state": seal_state(request, state),
        "problems": {problem.field: problem.text for problem in reversed(problems) if problem.field},
        "summary": [(f"{problem.field}_precision-1" if problem.field in asked else CONTROLS.get(problem.field, problem.field), problem.text)
                    for problem in problems],
    }


def seal_state(request: Request, state: FormState) -> str:
    """The state as the hidden field carries it."""
    web = web_of(request)
    return web.form_seals.seal(PURPOSE, state_to_json(state), web.services.clock())


def _verdict(assistant: Assistant, slots: Mapping[str, Any]) -> dict[str, Any] | None:
    assessment = verdict_of(assistant, slots)
    if assessment is None or assessment.verdict is None:
        return None
    headlines = HEADLINES_FOR_SOMEONE_ELSE if slots.get("for_someone_else") else HEADLINES
    today, base = assistant.today(), assistant.base
    next_steps = base.render_answer(base.card_id_for_intent("ask_next_steps") or "", bloc=None, voie=None, epreuve=None, on=today)
    return {
        "headline": headlines[assessment.verdict],
        "facts": understood_facts(slots),
        "reasons": [reason.text for reason in assessment.reasons],
        "changes": assessment.what_would_change,
        "indicative": INDICATIVE,
        "next_steps": next_steps.text,
        "source": source_of(assistant, assessment),
    }


def source_of(assistant: Assistant, assessment: Assessment) -> dict[str, Any]:
    """Where the rule of this verdict stands in the record."""
    section = assessment.reasons[0].source if assessment.reasons else assistant.rules.section
    return dict(assistant.base.source_of_section(section))


def _render(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    helpers = {"blocks_of": blocks_of, "spans_of": spans_of, "typographic": typographic, "date_in_words": date_in_words}
    return TEMPLATES.TemplateResponse(request, template, {**helpers, **context}, status_code=status)
