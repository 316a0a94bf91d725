"""How often a password may be tried, so that nobody guesses one and nobody is locked out by somebody else's guesses.

Tries are counted for an account whether it exists or not, and for an address. A browser that has signed in before keeps
a signed mark and has a count of its own: whoever tries an account from elsewhere does not shut its owner out.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import parse
from starlette.requests import Request
from starlette.responses import Response

from bot.web.addresses import client_address, limit_key
from bot.web.context import web_of
from bot.web.rate_limits import RateLimits
from bot.web.staff.sessions import DEVICE, read_cookie, set_cookie

PER_ACCOUNT = parse("10 per 15 minute")
PER_ADDRESS = parse("100 per 15 minute")
LINKS_PER_ACCOUNT = parse("3 per 1 hour")
LINKS_PER_ADDRESS = parse("20 per 1 hour")
DEVICE_DAYS = 180
SECONDS_A_DAY = 86_400


async def count_try(request: Request, email: str) -> None:
    """Counts one try of a password. Raises: Refusal when there were too many."""
    account, address, device = _account_key(request, email), _address_key(request), _device_of(request, email)
    kind, key = ("signin-account", account) if device is None else ("signin-device", device)

    def use(limits: RateLimits) -> None:
        limits.hit(PER_ADDRESS, "signin-address", address)
        limits.hit(PER_ACCOUNT, kind, key)

    await web_of(request).count(use)


async def remember_success(request: Request, response: Response, email: str) -> None:
    """The right password ends its count, and this browser is known from now on."""
    account, device = _account_key(request, email), _device_of(request, email)

    def use(limits: RateLimits) -> None:
        limits.forget(PER_ACCOUNT, "signin-account", account)
        if device is not None:
            limits.forget(PER_ACCOUNT, "signin-device", device)

    await web_of(request).count(use)
    mark = _marks(request).dumps([account, device or secrets.token_hex(8)])
    set_cookie(request, response, DEVICE, mark if isinstance(mark, str) else mark.decode(), DEVICE_DAYS * SECONDS_A_DAY)


async def count_link(request: Request, email: str) -> None:
    """Counts one request of a link by e-mail. Raises: Refusal when there were too many."""
    account, address = _account_key(request, email), _address_key(request)

    def use(limits: RateLimits) -> None:
        limits.hit(LINKS_PER_ADDRESS, "link-address", address)
        limits.hit(LINKS_PER_ACCOUNT, "link-account", account)

    await web_of(request).count(use)


def _device_of(request: Request, email: str) -> str | None:
    """The mark of a browser that has signed in to this account before."""
    try:
        account, device = _marks(request).loads(read_cookie(request, DEVICE) or "", max_age=DEVICE_DAYS * SECONDS_A_DAY)
    except (BadSignature, TypeError, ValueError):
        return None
    return str(device) if account == _account_key(request, email) else None


def _account_key(request: Request, email: str) -> str:
    """An address as it is counted: the counts, perhaps on another machine, name nobody."""
    key = web_of(request).services.settings.secret_key.encode()
    return hmac.new(key, f"signin:{email}".encode(), hashlib.sha256).hexdigest()[:32]


def _address_key(request: Request) -> str:
    return limit_key(client_address(request, web_of(request).services.settings.trusted_proxies))


def _marks(request: Request) -> URLSafeTimedSerializer:
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(web_of(request).services.settings.secret_key, salt="staff-device", signer_kwargs=signer)
