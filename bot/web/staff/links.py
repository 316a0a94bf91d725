"""A password by link: asking for one, always with the same answer, and choosing the password it opens.

The link's token stands in the address only. No page says it again, no log holds addresses, and the pages send no referrer.
"""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.services.logs import log_failure
from bot.services.passwords import RULES
from bot.services.staff_passwords import PATH, LinkOver, account_of_link, send_reset, set_password_by_link
from bot.web.context import web_of
from bot.web.problems import Refusal
from bot.web.staff.access import read_form, staff_services
from bot.web.staff.login import HOME, TOO_OLD, email_of, is_our_form, let_in
from bot.web.staff.login_limits import count_link
from bot.web.staff.rendering import form_outside, render_outside
from bot.web.staff.sessions import browser_of

FORGOTTEN_PATH = "/staff/mot-de-passe-oublie"
DIFFERENT = "Les deux mots de passe sont différents : écrivez deux fois le même."


async def get_forgotten(request: Request) -> Response:
    """The form that asks for a link."""
    services = staff_services(request)
    return form_outside(request, "staff/forgotten.html", {"problem": None, "is_sent": False, "can_send": services.accounts.send is not None})


async def post_forgotten(request: Request) -> Response:
    """Says the same whoever asks; what there is to send leaves after the answer, so that its time tells nothing."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    form = dict(await read_form(request))
    can_send = services.accounts.send is not None
    if not is_our_form(request, form):
        return form_outside(request, "staff/forgotten.html", {"problem": TOO_OLD, "is_sent": False, "can_send": can_send}, 403)
    email = email_of(form.get("email", ""))
    response = form_outside(request, "staff/forgotten.html", {"problem": None, "is_sent": True, "can_send": can_send})
    if can_send and await _may_send(request, email):
        response.background = BackgroundTask(_send, request, email)
    return response


async def get_password_link(request: Request) -> Response:
    """The form to choose a password. Opening the link uses nothing up: mail programs open links on their own."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    account = await web.work(account_of_link, services.accounts, request.path_params["token"], web.services.clock())
    return _over(request) if account is None else _form(request, account.email)


async def post_password_link(request: Request) -> Response:
    """Sets the password and opens a session."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    token, now = request.path_params["token"], web.services.clock()
    form = dict(await read_form(request))
    account = await web.work(account_of_link, services.accounts, token, now)
    if account is None:
        return _over(request)
    if not is_our_form(request, form):
        return _form(request, account.email, {"password": TOO_OLD}, 403)
    password = form.get("password", "")
    if password != form.get("password_again"):
        return _form(request, account.email, {"password_again": DIFFERENT}, 422)
    try:
        signed_in = await web.hash_work(set_password_by_link, services.accounts, token, password, browser_of(request), now)
    except LinkOver:
        return _over(request)
    except InputError as error:
        return _form(request, account.email, {"password": error.message}, 422)
    return await let_in(request, signed_in, HOME)


async def _may_send(request: Request, email: str) -> bool:
    try:
        await count_link(request, email)
    except Refusal:
        return False
    return True


async def _send(request: Request, email: str) -> None:
    web = web_of(request)
    try:
        await web.work(send_reset, staff_services(request).accounts, email, web.services.clock())
    except Exception as error:  # noqa: BLE001 the answer has left; what is left to do is to say where it failed
        log_failure("staff_link_failed", error)


def _form(request: Request, email: str, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    context = {"email": email, "rules": RULES, "problems": problems or {}}
    return form_outside(request, "staff/new_password.html", context, status)


def _over(request: Request) -> Response:
    return render_outside(request, "staff/link_over.html", {}, 404)


ROUTES = [
    Route(FORGOTTEN_PATH, get_forgotten),
    Route(FORGOTTEN_PATH, post_forgotten, methods=["POST"]),
    Route(f"{PATH}{{token}}", get_password_link),
    Route(f"{PATH}{{token}}", post_password_link, methods=["POST"]),
]
