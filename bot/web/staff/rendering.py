"""Writes the console's pages: the same frame, menu and notice around each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.staff import Role
from bot.web.pages import TEMPLATES
from bot.web.staff.access import StaffRequest
from bot.web.staff.sessions import csrf_token

ROLE_WORDS = {Role.ADMIN: "administrateur", Role.READER: "lecteur"}


@dataclass(frozen=True)
class MenuItem:
    """A page of the menu, for these roles."""

    path: str
    title: str
    roles: frozenset[Role] = frozenset(Role)


ADMINS = frozenset({Role.ADMIN})
# Pages that no route serves are left out.
MENU = (
    MenuItem("/staff/", "Accueil"),
    MenuItem("/staff/contacts", "Contacts"),
    MenuItem("/staff/questions", "Questions sans réponse"),
    MenuItem("/staff/reponses", "Réponses"),
    MenuItem("/staff/pratique", "Informations pratiques"),
    MenuItem("/staff/echeances", "Échéances"),
    MenuItem("/staff/chiffres", "Chiffres"),
    MenuItem("/staff/personnes", "Données d'une personne"),
    MenuItem("/staff/envois", "Envois"),
    MenuItem("/staff/comptes", "Comptes", ADMINS),
    MenuItem("/staff/journal", "Journal", ADMINS),
)


def render(request: StaffRequest, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page for a signed-in person. It says the notice that the action before left, once."""
    request.is_notice_shown = request.signed_in.session.notice is not None
    frame = {
        "account": request.account,
        "role_words": ROLE_WORDS[request.account.role],
        "is_admin": request.is_admin,
        "csrf_token": csrf_token(request.signed_in.token),
        "menu": _menu(request.account.role),
        "here": request.http.url.path,
        "notice": request.signed_in.session.notice,
    }
    return TEMPLATES.TemplateResponse(request.http, template, {**frame, **context}, status_code=status)


def render_outside(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page for somebody who is not signed in."""
    return TEMPLATES.TemplateResponse(request, template, {"account": None, "notice": None, **context}, status_code=status)


def back(request: StaffRequest, path: str, notice: str | None = None, is_error: bool = False) -> Response:
    """Sends the browser to a page of ours after an action; that page says the notice, which never stands in an address."""
    if notice is not None:
        request.next_notice = {"text": notice, "is_error": is_error}
    return RedirectResponse(path, 303)


@cache
def _menu(role: Role) -> tuple[MenuItem, ...]:
    from bot.web.staff.routes import staff_routes  # the table imports the pages, which import this

    served = {route.path for route in staff_routes() if isinstance(route, Route)}
    return tuple(item for item in MENU if item.path in served and role in item.roles)
