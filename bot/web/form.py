"""The form for whoever has no JavaScript or wants no chat: the routes of /formulaire.

Nothing is kept before the person leaves their details; nothing personal stands in an address.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.admissions.errors import StorageError
from bot.services.form import LIMITS, Entries, Problem, read_entries
from bot.services.form_contact import CONTACT_LIMITS, ContactEntries, Said, Submission, read_contact, send_contact
from bot.services.form_words import entries_in_words, understood_facts
from bot.services.my_data_links import my_data_link, my_data_path
from bot.services.wording import tell_verdict
from bot.web import form_pages
from bot.web.context import FormServices, web_of
from bot.web.form_pages import EXPIRED, PURPOSE, UNAVAILABLE
from bot.web.form_requests import comes_from_another_site, read_fields
from bot.web.form_state import FormState, Sealed, state_from_json
from bot.web.problems import NOT_OPEN_YET, UNAVAILABLE_RETRY_AFTER_S, Refusal

ELSEWHERE = ("Demande refusée", ("Cette demande venait d'un autre site : rien n'a été enregistré.", "Recommencez depuis la page du formulaire."), 403)
TICKED = "yes"


async def get_form(request: Request) -> Response:
    """The whole page."""
    form = await _open(request)
    return await web_of(request).work(form_pages.questions_page, request, form)


async def get_prescreening(request: Request) -> Response:
    """The questions alone: what a browser finds when it comes back to the address of a step."""
    return form_pages.prescreening_page(request, await _open(request), FormState())


async def get_contact(request: Request) -> Response:
    """The way to a person without any pre-screening."""
    return form_pages.contact_page(request, await _open(request), FormState())


async def post_prescreening(request: Request) -> Response:
    """The verdict, or the questions again with what is missing; with the button « corriger », the questions as answered."""
    form = await _open(request)
    if comes_from_another_site(request, web_of(request).services.settings.public_url):
        return form_pages.message_page(request, *ELSEWHERE)
    fields = await read_fields(request)
    sealed = _sealed(request, fields)
    if sealed is None:
        state = FormState(entries=_entries(fields))
        return form_pages.prescreening_page(request, form, state, [EXPIRED], status=403)
    state = state_from_json(sealed.content)
    if "edit" in fields:
        return form_pages.prescreening_page(request, form, state)
    return await web_of(request).work(_answer_prescreening, request, form, replace(state, entries=_entries(fields)))


async def post_contact(request: Request) -> Response:
    """Makes the lead, or shows the form again with what is to be mended."""
    form, web = await _open(request), web_of(request)
    if comes_from_another_site(request, web.services.settings.public_url):
        return form_pages.message_page(request, *ELSEWHERE)
    fields = await read_fields(request)
    contact = _contact(fields)
    sealed = _sealed(request, fields)
    if sealed is None or sealed.is_stale:
        state = FormState() if sealed is None else state_from_json(sealed.content)
        return form_pages.contact_page(request, form, state, replace(contact, consent=False), [EXPIRED], status=403)
    return await web.work(_take_contact, request, form, state_from_json(sealed.content), contact)


def _answer_prescreening(request: Request, form: FormServices, state: FormState) -> Response:
    too_long = _too_long(state.entries, LIMITS)
    if too_long:
        return form_pages.prescreening_page(request, form, state, too_long, status=422)
    reading = read_entries(form.assistant.rules, state.entries, state.before, form.assistant.today())
    after = replace(state, before=reading.after, slots=reading.slots)
    if reading.problems:
        return form_pages.prescreening_page(request, form, after, reading.problems, status=422)
    verdict = reading.assessment.verdict
    if verdict is not None:
        web_of(request).metrics.count("bot_verdicts_total", verdict.value)
    return form_pages.contact_page(request, form, after)


def _take_contact(request: Request, form: FormServices, state: FormState, contact: ContactEntries) -> Response:
    too_long = _too_long(contact, CONTACT_LIMITS)
    details, problems = read_contact(form.assistant.read_contact, contact) if not too_long else ({}, ())
    if too_long or problems:
        return form_pages.contact_page(request, form, state, contact, [*too_long, *problems], status=422)
    web = web_of(request)
    settings = web.services.settings
    submission = _submission(form, state, details)
    try:
        lead_id = send_contact(form.assistant, web.locks, submission, web.services.clock())
    except StorageError:
        page = form_pages.contact_page(request, form, state, contact, [UNAVAILABLE], status=503)
        page.headers["Retry-After"] = str(UNAVAILABLE_RETRY_AFTER_S)
        return page
    request.state.conversation_id = submission.form_id
    return form_pages.thanks_page(request, details, my_data_path(settings, lead_id), my_data_link(settings, lead_id))


def _submission(form: FormServices, state: FormState, details: dict[str, str]) -> Submission:
    assessment = form_pages.verdict_of(form.assistant, state.slots)
    if assessment is None:
        return Submission(state.id, state.slots or {}, details, None, ())
    verdict = tell_verdict(assessment, for_someone_else=bool((state.slots or {}).get("for_someone_else")))
    understood = "J'ai compris ceci :\n" + "\n".join(f"- {label} : {value}" for label, value in understood_facts(state.slots or {}))
    said = (
        Said("user", entries_in_words(state.entries)),
        Said("bot", understood),
        Said("bot", verdict, form_pages.source_of(form.assistant, assessment)),
    )
    return Submission(state.id, state.slots or {}, details, assessment, said)


async def _open(request: Request) -> FormServices:
    web = web_of(request)
    await web.admit(request)
    if web.services.form is None:
        raise Refusal(NOT_OPEN_YET)
    return web.services.form


def _sealed(request: Request, fields: dict[str, str]) -> Sealed | None:
    web = web_of(request)
    return web.form_seals.open(PURPOSE, fields.get("state", ""), web.services.clock())


def _entries(fields: dict[str, str]) -> Entries:
    return Entries(**{name: fields.get(name, "") for name in Entries.__dataclass_fields__})


def _contact(fields: dict[str, str]) -> ContactEntries:
    typed = {name: fields.get(name, "") for name in CONTACT_LIMITS}
    return ContactEntries(**typed, consent=fields.get("consent") == TICKED)


def _too_long(entries: Entries | ContactEntries, limits: dict[str, int]) -> list[Problem]:
    lengths = {name: len(getattr(entries, name)) for name in limits}
    return [
        Problem(
            name if name in CONTACT_LIMITS else name.partition("_")[0],
            f"Ce texte est trop long : {length} caractères, {limits[name]} au plus. Raccourcissez-le.",
        )
        for name, length in lengths.items()
        if length > limits[name]
    ]
