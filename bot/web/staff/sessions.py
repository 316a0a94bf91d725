"""The console's cookies, and the token that a form must carry to change anything."""

from __future__ import annotations

import hashlib
import hmac
import re

from starlette.requests import Request
from starlette.responses import Response

from bot.services.staff_sessions import SignedIn, find_session, new_token
from bot.web.context import web_of

SESSION, SIGN_IN, DEVICE, SIGN_ON = "staff", "staff_signin", "staff_device", "staff_signon"
CSRF_FIELD = "_csrf"
LONGEST_TOKEN = 1000
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)


def cookie_name(request: Request, kind: str) -> str:
    """`__Host-` binds a cookie to this host over https; browsers refuse the prefix on plain http."""
    return f"__Host-bot_{kind}" if _is_https(request) else f"bot_{kind}"


def read_cookie(request: Request, kind: str) -> str | None:
    """What the browser holds, when it can be one of ours."""
    value = request.cookies.get(cookie_name(request, kind), "")
    return value if 0 < len(value) <= LONGEST_TOKEN else None


def set_cookie(request: Request, response: Response, kind: str, value: str, max_age_s: int | None = None) -> None:
    """Lax, so that the link of an e-mail opens the page; changes need the form's token anyway."""
    response.set_cookie(
        cookie_name(request, kind), value, max_age_s, path="/", secure=_is_https(request), httponly=True, samesite="lax"
    )


def drop_cookie(request: Request, response: Response, kind: str) -> None:
    """Makes the browser forget it."""
    response.delete_cookie(cookie_name(request, kind), path="/", secure=_is_https(request), httponly=True, samesite="lax")


async def signed_in_of(request: Request) -> SignedIn | None:
    """Whose request this is, by its cookie."""
    web, token = web_of(request), read_cookie(request, SESSION)
    if token is None:
        return None
    return await web.work(find_session, web.services.uow_factory, token, web.services.clock())


def csrf_token(token: str) -> str:
    """What forms carry: made from the cookie's token, which no other site can read."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_csrf_token(token: str, given: str) -> bool:
    """Whether the form was made for the browser that holds this token."""
    return hmac.compare_digest(csrf_token(token).encode(), given.encode())


def sign_in_token(request: Request) -> str:
    """What binds the sign-in form to this browser before there is a session."""
    return read_cookie(request, SIGN_IN) or new_token()


def browser_of(request: Request) -> str:
    """« Firefox, Windows »: enough to recognise one's own device, too little to follow anybody."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "navigateur inconnu")
    system = next((name for mark, name in SYSTEMS if re.search(mark, agent)), "")
    return ", ".join(part for part in (browser, system) if part)


def _is_https(request: Request) -> bool:
    return web_of(request).services.settings.public_url.startswith("https:")
