"""/mes-donnees/<signed link>: a person sees all that is kept about them, and erases it.

Whoever holds the link is the person. A wrong link, an expired one and one whose data were erased get the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.admissions.lead_desk import ChangeKind, LeadChange
from bot.services.form_choices import ROUTES
from bot.services.form_words import date_in_words
from bot.services.my_data import KeptData, erase_kept_data, kept_data
from bot.services.my_data_links import lead_id_of
from bot.services.wording import STATUS_WORDS, duration_in_words
from bot.web.context import web_of
from bot.web.form_requests import comes_from_another_site, read_fields
from bot.web.form_text import blocks_of, spans_of, typographic
from bot.web.pages import TEMPLATES
from bot.web.staff.leads_words import change_in_words

PURPOSE = "mes-donnees-effacer"
TICKED = "yes"
NOTHING_HERE = "Ce lien n'est pas valable ou n'est plus valable : il ne mène à aucune donnée conservée."
ERASED = "Vos données sont effacées : coordonnées, situation, accord, notes de l'équipe, et la conversation qui allait avec."
NOT_ERASED = "Cette demande venait d'un autre site ou n'était plus valable : rien n'a été effacé. Vérifiez ci-dessous, puis recommencez."
CONFIRM = "Cochez la case pour confirmer : l'effacement est définitif."
VERDICTS = {
    "eligible": "conditions remplies pour candidater", "to_review": "situation à vérifier par une personne",
    "not_yet": "conditions pas encore réunies", "vae": "voie à regarder : la VAE",
}
STATES = {"nouveau": "reçue", "contacte": "vous avez été contacté", "dossier_recu": "dossier reçu", "clos": "close"}


async def get_my_data(request: Request) -> Response:
    """What is kept, in words."""
    web = web_of(request)
    await web.admit(request)
    kept = await kept_of(request)
    return nothing_here(request) if kept is None else _page(request, kept)


async def post_my_data(request: Request) -> Response:
    """Erases it all, once confirmed."""
    web = web_of(request)
    await web.admit(request)
    kept = await kept_of(request)
    if kept is None:
        return nothing_here(request)
    fields = await read_fields(request)
    if not is_from_our_page(request, fields, PURPOSE, kept.lead.id):
        return _page(request, kept, NOT_ERASED, status=403)
    if fields.get("confirmation") != TICKED:
        return _page(request, kept, CONFIRM, status=422)
    await erase(request, kept)
    return TEMPLATES.TemplateResponse(request, "mes_donnees_message.html", {"title": "Données effacées", "sentence": ERASED})


async def kept_of(request: Request) -> KeptData | None:
    """What the address leads to, None when it leads to nothing (any more)."""
    web = web_of(request)
    services = web.services
    lead_id = lead_id_of(services.settings, request.path_params["link"])
    return None if lead_id is None else await web.work(kept_data, services.uow_factory, lead_id, _kept_for(request), services.clock())


def is_from_our_page(request: Request, fields: Mapping[str, str], purpose: str, lead_id: str) -> bool:
    """Whether the form was shown by us, lately, for this lead, and not sent by another site."""
    web = web_of(request)
    sealed = web.form_seals.open(purpose, fields.get("state", ""), web.services.clock())
    is_elsewhere = comes_from_another_site(request, web.services.settings.public_url)
    return not is_elsewhere and sealed is not None and not sealed.is_stale and sealed.content == lead_id


async def erase(request: Request, kept: KeptData) -> None:
    """Erases all that the page shows."""
    web = web_of(request)
    await web.work(erase_kept_data, web.services.uow_factory, kept.lead.id, _kept_for(request), web.services.clock())


def _kept_for(request: Request) -> timedelta:
    return timedelta(days=web_of(request).services.settings.retention_days_leads)


def nothing_here(request: Request) -> Response:
    """The same answer for every address that leads to nothing."""
    context = {"title": "Lien non valable", "sentence": NOTHING_HERE}
    return TEMPLATES.TemplateResponse(request, "mes_donnees_message.html", context, status_code=404)


def _page(request: Request, kept: KeptData, problem: str | None = None, status: int = 200) -> Response:
    web = web_of(request)

    def day_of(moment: datetime) -> str:
        return date_in_words(moment.astimezone(web.services.settings.timezone).date())

    context = {
        "facts": [(label, value) for label, value in _facts(request, kept) if value],
        "reasons": kept.lead.reasons,
        "consents": [(day_of(given.at), given) for given in kept.consents],
        "notes": [(day_of(note.at), note.text) for note in kept.notes],
        "history": [(day_of(change.at), *_change(change)) for change in kept.changes if change.kind is not ChangeKind.OWNER],
        "messages": kept.messages,
        "questions": kept.questions,
        "conversation_until": kept.conversation_until and day_of(kept.conversation_until),
        "kept_for": _duration(web.services.settings.retention_days_leads),
        "problem": problem,
        "state": web.form_seals.seal(PURPOSE, kept.lead.id, web.services.clock()),
        "blocks_of": blocks_of, "spans_of": spans_of, "typographic": typographic,
    }
    return TEMPLATES.TemplateResponse(request, "mes_donnees.html", context, status_code=status)


def _facts(request: Request, kept: KeptData) -> list[tuple[str, str | None]]:
    lead, timezone = kept.lead, web_of(request).services.settings.timezone
    return [
        ("Nom", lead.contact.name),
        ("Adresse e-mail", lead.contact.email),
        ("Téléphone", lead.contact.phone),
        ("Demande faite pour une autre personne", "oui" if lead.for_someone_else else None),
        ("Diplôme", _diploma(lead.diploma, lead.level)),
        ("Expérience professionnelle", _experience(lead.experience_months)),
        ("Situation", lead.status and STATUS_WORDS[lead.status.value]),
        ("Voie souhaitée", lead.route and dict(ROUTES)[lead.route.value]),
        ("Résultat indicatif", lead.verdict and VERDICTS[lead.verdict.value]),
        ("Votre question", lead.question),
        ("Sujets de vos questions", _topics(request, lead.topics)),
        ("Où en est votre demande", STATES.get(lead.state, lead.state)),
        ("Avis de l'équipe des admissions", lead.staff_verdict and VERDICTS[lead.staff_verdict.value]),
        ("Explication de cet avis", lead.staff_reason),
        ("Suivi", "une personne de l'équipe suit votre demande" if lead.owner else None),
        ("Enregistré le", date_in_words(lead.created_at.astimezone(timezone).date())),
        ("Dernière mise à jour", date_in_words(lead.updated_at.astimezone(timezone).date())),
    ]


def _change(change: LeadChange) -> tuple[str, str | None]:
    """A line of the history and its reason; which colleague it was is not the applicant's data."""
    if change.kind is ChangeKind.PERSON:
        return f"vous : {change_in_words(change).removeprefix('a ')}", None
    return f"l'équipe des admissions : {change_in_words(change)}", change.reason_after


def _topics(request: Request, topics: tuple[str, ...]) -> str:
    form = web_of(request).services.form
    titles = {} if form is None else form.card_titles
    return ", ".join(titles.get(topic, topic) for topic in topics)


def _diploma(label: str | None, level: int | None) -> str | None:
    words = [label or "", f"niveau {level}" if level else ""]
    return ", ".join(word for word in words if word) or None


def _experience(months: int | None) -> str | None:
    return None if months is None else duration_in_words(months) if months else "aucune"


def _duration(days: int) -> str:
    return f"{days // 365} ans" if days % 365 == 0 and days > 365 else f"{days} jours"
