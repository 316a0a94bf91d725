"""/mes-donnees/<signed link>: a person sees all that is kept about them, and erases it.

Whoever holds the link is the person. A wrong link, an expired one and one whose data were erased get the same answer.
"""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.services.form_choices import ROUTES
from bot.services.form_words import date_in_words
from bot.services.my_data import KeptData, erase_kept_data, kept_data
from bot.services.my_data_links import lead_id_of
from bot.services.wording import STATUS_WORDS, duration_in_words
from bot.web.context import web_of
from bot.web.form_requests import comes_from_another_site, read_fields
from bot.web.form_text import blocks_of, spans_of, typographic
from bot.web.pages import TEMPLATES

PURPOSE = "mes-donnees-effacer"
TICKED = "yes"
NOTHING_HERE = "Ce lien n'est pas valable ou n'est plus valable : il ne mène à aucune donnée conservée."
ERASED = "Vos données sont effacées : vos coordonnées, votre situation, votre accord et la conversation qui allait avec."
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
    kept = await _kept(request)
    return _nothing_here(request) if kept is None else _page(request, kept)


async def post_my_data(request: Request) -> Response:
    """Erases it all, once confirmed."""
    web = web_of(request)
    await web.admit(request)
    kept = await _kept(request)
    if kept is None:
        return _nothing_here(request)
    fields = await read_fields(request)
    sealed = web.form_seals.open(PURPOSE, fields.get("state", ""), web.services.clock())
    is_elsewhere = comes_from_another_site(request, web.services.settings.public_url)
    if is_elsewhere or sealed is None or sealed.is_stale or sealed.content != kept.lead.id:
        return _page(request, kept, NOT_ERASED, status=403)
    if fields.get("confirmation") != TICKED:
        return _page(request, kept, CONFIRM, status=422)
    await web.work(erase_kept_data, web.services.uow_factory, kept.lead.id, _kept_for(request), web.services.clock())
    return TEMPLATES.TemplateResponse(request, "mes_donnees_message.html", {"title": "Données effacées", "sentence": ERASED})


async def _kept(request: Request) -> KeptData | None:
    web = web_of(request)
    services = web.services
    lead_id = lead_id_of(services.settings, request.path_params["link"])
    return None if lead_id is None else await web.work(kept_data, services.uow_factory, lead_id, _kept_for(request), services.clock())


def _kept_for(request: Request) -> timedelta:
    return timedelta(days=web_of(request).services.settings.retention_days_leads)


def _nothing_here(request: Request) -> Response:
    context = {"title": "Lien non valable", "sentence": NOTHING_HERE}
    return TEMPLATES.TemplateResponse(request, "mes_donnees_message.html", context, status_code=404)


def _page(request: Request, kept: KeptData, problem: str | None = None, status: int = 200) -> Response:
    web = web_of(request)
    timezone = web.services.settings.timezone
    context = {
        "facts": [(label, value) for label, value in _facts(request, kept) if value],
        "reasons": kept.lead.reasons,
        "consent": kept.lead.consent,
        "consent_day": date_in_words(kept.lead.consent.at.astimezone(timezone).date()),
        "messages": kept.messages,
        "conversation_until": kept.conversation_until and date_in_words(kept.conversation_until.astimezone(timezone).date()),
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
