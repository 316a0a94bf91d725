"""Signing in by e-mail and password, and signing out."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.admissions.staff import account_email
from bot.services.staff_accounts import sign_in
from bot.services.staff_sessions import ABSOLUTE, SignedIn, sign_out
from bot.web.context import web_of
from bot.web.form_requests import comes_from_another_site
from bot.web.staff.access import SIGN_IN_PATH, StaffRequest, read_form, staff_action, staff_services
from bot.web.staff.rendering import render_outside
from bot.web.staff.sessions import (
    CSRF_FIELD,
    SESSION,
    SIGN_IN,
    browser_of,
    csrf_token,
    drop_cookie,
    is_csrf_token,
    read_cookie,
    set_cookie,
    sign_in_token,
    signed_in_of,
)

WRONG = "Adresse ou mot de passe incorrect."
TOO_OLD = "Cette page était ouverte depuis trop longtemps, ou votre navigateur refuse les cookies de ce site : recommencez."
OUR_PATH = re.compile(r"/staff(?:/[\w\-./?=&%+:]*)?", re.ASCII)


async def get_sign_in(request: Request) -> Response:
    """The form; whoever is signed in already goes on."""
    staff_services(request)
    suite = safe_path(request.query_params.get("suite", ""))
    if await signed_in_of(request) is not None:
        return RedirectResponse(suite, 303)
    return _form(request, suite)


async def post_sign_in(request: Request) -> Response:
    """Opens a session, or says the same sentence whatever was wrong."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    form = dict(await read_form(request))
    suite, token = safe_path(form.get("suite", "")), read_cookie(request, SIGN_IN)
    is_ours = token is not None and is_csrf_token(token, form.get(CSRF_FIELD, ""))
    if not is_ours or comes_from_another_site(request, web.services.settings.public_url):
        return _form(request, suite, problem=TOO_OLD, status=403)
    email = _email(form.get("email", ""))
    signed_in = await web.hash_work(sign_in, services.accounts, email, form.get("password", ""), browser_of(request), web.services.clock())
    if signed_in is None:
        return _form(request, suite, form.get("email", ""), WRONG, 422)
    return let_in(request, signed_in, suite)


@staff_action()
async def post_sign_out(request: StaffRequest) -> Response:
    """Ends this session."""
    await request.web.work(sign_out, request.web.services.uow_factory, request.signed_in, request.now)
    response = RedirectResponse(SIGN_IN_PATH, 303)
    drop_cookie(request.http, response, SESSION)
    return response


def let_in(request: Request, signed_in: SignedIn, path: str) -> Response:
    """Gives the browser its new session and sends it where it wanted to go."""
    response = RedirectResponse(path, 303)
    set_cookie(request, response, SESSION, signed_in.token, int(ABSOLUTE.total_seconds()))
    drop_cookie(request, response, SIGN_IN)
    return response


def safe_path(text: str) -> str:
    """A page of the console, and nothing that a link from elsewhere could make of it."""
    return text if OUR_PATH.fullmatch(text) and "//" not in text else "/staff/"


def _form(request: Request, suite: str, email: str = "", problem: str | None = None, status: int = 200) -> Response:
    token = sign_in_token(request)
    context = {"suite": suite, "email": email, "problem": problem, "csrf_token": csrf_token(token)}
    response = render_outside(request, "staff/login.html", context, status)
    set_cookie(request, response, SIGN_IN, token)
    return response


def _email(text: str) -> str:
    """The address as accounts are found by; what is none finds nobody, after the same work."""
    try:
        return account_email(text)
    except InputError:
        return ""


async def get_without_slash(_request: Request) -> Response:
    """/staff is /staff/."""
    return RedirectResponse("/staff/", 303)


ROUTES = [
    Route("/staff", get_without_slash),
    Route(SIGN_IN_PATH, get_sign_in),
    Route(SIGN_IN_PATH, post_sign_in, methods=["POST"]),
    Route("/staff/deconnexion", post_sign_out, methods=["POST"]),
]
