"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.services.passwords import RULES
from bot.services.staff_passwords import WRONG_PASSWORD, change_password
from bot.services.staff_sessions import end_sessions, live_sessions
from bot.web.problems import Refusal
from bot.web.staff.access import SIGN_IN_PATH, StaffRequest, staff_action, staff_page
from bot.web.staff.links import DIFFERENT
from bot.web.staff.login import TOO_MANY, let_in
from bot.web.staff.login_limits import count_try
from bot.web.staff.rendering import back, render
from bot.web.staff.sessions import SESSION, browser_of, drop_cookie

OWN_ACCOUNT = "/staff/mon-compte"


@staff_page()
async def get_own_account(request: StaffRequest) -> Response:
    """The account's page."""
    return await _page(request)


@staff_action()
async def post_password(request: StaffRequest) -> Response:
    """Another password: every other browser is signed out, this one gets a new session."""
    old, new = request.form.get("password_old", ""), request.form.get("password", "")
    if new != request.form.get("password_again"):
        return await _page(request, {"password_again": DIFFERENT}, 422)
    try:
        await count_try(request.http, request.account.email)
        signed_in = await request.web.hash_work(
            change_password, request.services.accounts, request.account, old, new, browser_of(request.http), request.now
        )
    except Refusal:
        return await _page(request, {"password_old": TOO_MANY}, 429)
    except InputError as error:
        return await _page(request, {"password_old" if error.message == WRONG_PASSWORD else "password": error.message}, 422)
    request.signed_in = signed_in
    request.next_notice = {"text": "Votre mot de passe est changé. Les autres appareils sont déconnectés.", "is_error": False}
    return await let_in(request.http, signed_in, OWN_ACCOUNT)


@staff_action()
async def post_sign_out_everywhere(request: StaffRequest) -> Response:
    """Ends every session of the account, this one too."""
    await request.web.work(end_sessions, request.web.services.uow_factory, request.account, request.now)
    response = RedirectResponse(SIGN_IN_PATH, 303)
    drop_cookie(request.http, response, SESSION)
    return response


@staff_action()
async def post_end_session(request: StaffRequest) -> Response:
    """Ends one session of one's own."""
    session_id = request.path_params["session_id"]
    await request.web.work(end_sessions, request.web.services.uow_factory, request.account, request.now, session_id)
    return back(request, OWN_ACCOUNT, "Cet appareil est déconnecté.")


async def _page(request: StaffRequest, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    sessions = await request.web.work(live_sessions, request.web.services.uow_factory, request.account.id, request.now)
    context = {
        "sessions": sessions, "own_session": request.signed_in.session.id, "rules": RULES, "problems": problems or {},
        "has_password": request.account.password_hash is not None,
    }
    return render(request, "staff/own_account.html", context, status)


ROUTES = [
    Route(OWN_ACCOUNT, get_own_account),
    Route(f"{OWN_ACCOUNT}/mot-de-passe", post_password, methods=["POST"]),
    Route(f"{OWN_ACCOUNT}/deconnecter-partout", post_sign_out_everywhere, methods=["POST"]),
    Route(f"{OWN_ACCOUNT}/appareils/{{session_id}}/deconnecter", post_end_session, methods=["POST"]),
]
