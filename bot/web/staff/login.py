"""Signing in by e-mail and password, and signing out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.admissions.staff import account_email
from bot.services.staff_accounts import sign_in
from bot.services.staff_sessions import ABSOLUTE, SignedIn, sign_out
from bot.web.context import web_of
from bot.web.form_requests import comes_from_another_site
from bot.web.problems import Refusal
from bot.web.staff.access import SIGN_IN_PATH, StaffRequest, read_form, staff_action, staff_services
from bot.web.staff.login_limits import count_try, remember_success
from bot.web.staff.rendering import form_outside
from bot.web.staff.services import START_PATH
from bot.web.staff.sessions import CSRF_FIELD, SESSION, SIGN_IN, browser_of, drop_cookie, is_csrf_token, read_cookie, set_cookie, signed_in_of

WRONG = "Adresse ou mot de passe incorrect."
TOO_MANY = "Trop d'essais. Patientez quelques minutes, puis recommencez ; ou demandez un nouveau mot de passe."
TOO_OLD = "Cette page était ouverte depuis trop longtemps, ou votre navigateur refuse les cookies de ce site : recommencez."
HOME = "/staff/"
OUR_PATH = re.compile(r"/staff(?:/[\w\-./?=&%+:]*)?", re.ASCII)


async def get_sign_in(request: Request) -> Response:
    """The form; whoever is signed in already goes on."""
    staff_services(request)
    suite = safe_path(request.query_params.get("suite", ""))
    if await signed_in_of(request) is not None:
        return RedirectResponse(suite, 303)
    return sign_in_form(request, suite)


async def post_sign_in(request: Request) -> Response:
    """Opens a session, or says the same sentence whatever was wrong."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    form = dict(await read_form(request))
    suite = safe_path(form.get("suite", ""))
    if not is_our_form(request, form):
        return sign_in_form(request, suite, problem=TOO_OLD, status=403)
    email = email_of(form.get("email", ""))
    try:
        await count_try(request, email)
    except Refusal as refusal:
        return sign_in_form(request, suite, form.get("email", ""), TOO_MANY, 429, refusal.retry_after_s)
    signed_in = await web.hash_work(sign_in, services.accounts, email, form.get("password", ""), browser_of(request), web.services.clock())
    if signed_in is None:
        return sign_in_form(request, suite, form.get("email", ""), WRONG, 422)
    return await let_in(request, signed_in, suite)


@staff_action()
async def post_sign_out(request: StaffRequest) -> Response:
    """Ends this session."""
    await request.web.work(sign_out, request.web.services.uow_factory, request.signed_in, request.now)
    response = RedirectResponse(SIGN_IN_PATH, 303)
    drop_cookie(request.http, response, SESSION)
    return response


async def let_in(request: Request, signed_in: SignedIn, path: str) -> Response:
    """Gives the browser its new session and sends it where it wanted to go."""
    response = RedirectResponse(path, 303)
    set_cookie(request, response, SESSION, signed_in.token, int(ABSOLUTE.total_seconds()))
    drop_cookie(request, response, SIGN_IN)
    await remember_success(request, response, signed_in.account.email)
    return response


def is_our_form(request: Request, form: Mapping[str, str]) -> bool:
    """Whether a form of somebody who is not signed in was made for this browser and sent by our own page."""
    token = read_cookie(request, SIGN_IN)
    is_bound = token is not None and is_csrf_token(token, form.get(CSRF_FIELD, ""))
    return is_bound and not comes_from_another_site(request, web_of(request).services.settings.public_url)


def safe_path(text: str) -> str:
    """A page of the console, and nothing that a link from elsewhere could make of it."""
    return text if OUR_PATH.fullmatch(text) and "//" not in text else HOME


def sign_in_form(
    request: Request, suite: str, email: str = "", problem: str | None = None, status: int = 200, retry_after_s: int | None = None
) -> Response:
    """The way in, with what was wrong the last time."""
    start = None if staff_services(request).single_sign_on is None else f"{START_PATH}?suite={quote(suite, safe='')}"
    context = {"suite": suite, "email": email, "problem": problem, "single_sign_on": start}
    response = form_outside(request, "staff/login.html", context, status)
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(retry_after_s)
    return response


def email_of(text: str) -> str:
    """The address as accounts are found by; what is none finds nobody, after the same work."""
    try:
        return account_email(text)
    except InputError:
        return ""


async def get_without_slash(_request: Request) -> Response:
    """/staff is /staff/."""
    return RedirectResponse(HOME, 303)


ROUTES = [
    Route("/staff", get_without_slash),
    Route(SIGN_IN_PATH, get_sign_in),
    Route(SIGN_IN_PATH, post_sign_in, methods=["POST"]),
    Route("/staff/deconnexion", post_sign_out, methods=["POST"]),
]
