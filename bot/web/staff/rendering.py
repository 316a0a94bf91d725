"""Writes the console's pages: the same frame, menu and notice around each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.staff import Role
from bot.services.form_words import date_in_words
from bot.web.pages import TEMPLATES
from bot.web.staff.access import StaffRequest
from bot.web.staff.sessions import SIGN_IN, csrf_token, set_cookie, sign_in_token

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


@pass_context
def moment(context: Context, at: datetime) -> str:
    """« 22 novembre 2026 à 9 h 30 », by the office's clocks."""
    local = at.astimezone(context["timezone"])
    return f"{date_in_words(local.date())} à {local.hour} h {local.minute:02d}"


@pass_context
def stamp(context: Context, at: datetime) -> str:
    """« 22/11/2026 9 h 30 », for tables."""
    local = at.astimezone(context["timezone"])
    return f"{local:%d/%m/%Y} {local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local.minute:02d}"


TEMPLATES.env.filters |= {"moment": moment, "stamp": stamp}


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
        "timezone": request.web.services.settings.timezone,
    }
    return TEMPLATES.TemplateResponse(request.http, template, {**frame, **context}, status_code=status)


def render_outside(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page for somebody who is not signed in."""
    return TEMPLATES.TemplateResponse(request, template, {"account": None, "notice": None, **context}, status_code=status)


def form_outside(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """The same with a form, bound to this browser by a cookie of its own."""
    token = sign_in_token(request)
    response = render_outside(request, template, {**context, "csrf_token": csrf_token(token)}, status)
    set_cookie(request, response, SIGN_IN, token)
    return response


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
