"""/mes-donnees/pas-moi/<signed link>: « ce n'était pas moi », for whoever got a recap that they never asked for.

It says what happened and erases with one button. It shows nothing that was typed: it may be somebody else's.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.services.form_words import date_in_words
from bot.services.my_data import KeptData
from bot.services.my_data_links import NOT_ME_PATH
from bot.web.context import web_of
from bot.web.form_requests import read_fields
from bot.web.form_text import typographic
from bot.web.my_data import NOT_ERASED, erase, is_from_our_page, kept_of, nothing_here
from bot.web.pages import TEMPLATES

PURPOSE = "pas-moi-effacer"
ERASED = "C'est effacé. Votre adresse et tout ce qui avait été écrit avec elle ne sont plus ici : personne ne vous recontactera à ce sujet."


async def get_not_me(request: Request) -> Response:
    """What happened, and the button. Opening the page changes nothing: mail programs open links too."""
    await web_of(request).admit(request)
    kept = await kept_of(request)
    return nothing_here(request) if kept is None else _page(request, kept)


async def post_not_me(request: Request) -> Response:
    """Erases everything; the button of our own page is the confirmation."""
    await web_of(request).admit(request)
    kept = await kept_of(request)
    if kept is None:
        return nothing_here(request)
    if not is_from_our_page(request, await read_fields(request), PURPOSE, kept.lead.id):
        return _page(request, kept, NOT_ERASED, status=403)
    await erase(request, kept)
    return TEMPLATES.TemplateResponse(request, "mes_donnees_message.html", {"title": "Données effacées", "sentence": ERASED})


def _page(request: Request, kept: KeptData, problem: str | None = None, status: int = 200) -> Response:
    web = web_of(request)
    day = kept.lead.created_at.astimezone(web.services.settings.timezone).date()
    context = {
        "day": date_in_words(day), "problem": problem, "typographic": typographic,
        "state": web.form_seals.seal(PURPOSE, kept.lead.id, web.services.clock()),
    }
    return TEMPLATES.TemplateResponse(request, "pas_moi.html", context, status_code=status)


ROUTES = [
    Route(f"{NOT_ME_PATH}{{link:path}}", get_not_me),
    Route(f"{NOT_ME_PATH}{{link:path}}", post_not_me, methods=["POST"]),
]
