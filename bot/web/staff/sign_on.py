"""Signing in by the university's single sign-on: off to the provider, back with an address that has an account here."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.logs import log_event
from bot.services.staff_accounts import sign_in_by_email
from bot.web.context import web_of
from bot.web.problems import NOT_FOUND, Refusal
from bot.web.staff.access import staff_services
from bot.web.staff.login import HOME, email_of, let_in, safe_path, sign_in_form
from bot.web.staff.services import START_PATH
from bot.web.staff.sessions import SIGN_ON, browser_of, drop_cookie, read_cookie, set_cookie
from bot.web.staff.sign_on_client import Attempt, SignOnFailed, SingleSignOn

RETURN_PATH = "/staff/connexion/retour"
ATTEMPT_S = 600
# It travels in the cookie, which has to stay small.
LONGEST_PATH = 300
FAILED = "La connexion par votre établissement n'a pas abouti. Recommencez, ou utilisez votre mot de passe."
NO_ACCOUNT = "Aucun compte de cette console n'est ouvert pour votre adresse : demandez à un administrateur."


async def get_start(request: Request) -> Response:
    """Sends the browser to the provider. What it must bring back waits in a cookie of this browser."""
    provider = _provider(request)
    await web_of(request).admit(request)
    try:
        url, attempt = await provider.begin()
    except SignOnFailed as failure:
        return _refused(request, failure)
    response = RedirectResponse(url, 303)
    suite = safe_path(request.query_params.get("suite", ""))
    kept = {**asdict(attempt), "suite": suite if len(suite) <= LONGEST_PATH else HOME}
    sealed = _seals(request).dumps(kept)
    set_cookie(request, response, SIGN_ON, sealed if isinstance(sealed, str) else sealed.decode(), ATTEMPT_S)
    return response


async def get_return(request: Request) -> Response:
    """Opens a session for whoever the provider vouches for, when their address has an account in use."""
    provider, web = _provider(request), web_of(request)
    await web.admit(request)
    try:
        attempt, suite = _attempt(request)
        email = await provider.verified_email(attempt, dict(request.query_params), web.services.clock())
    except SignOnFailed as failure:
        return _refused(request, failure)
    accounts = staff_services(request).accounts
    signed_in = await web.work(sign_in_by_email, accounts, email_of(email), browser_of(request), web.services.clock())
    if signed_in is None:
        return _forget(request, sign_in_form(request, suite, problem=NO_ACCOUNT, status=403))
    return _forget(request, await let_in(request, signed_in, suite))


def _attempt(request: Request) -> tuple[Attempt, str]:
    """What this browser left with. Raises: SignOnFailed when it did not leave from here, or too long ago."""
    try:
        kept = _seals(request).loads(read_cookie(request, SIGN_ON) or "", max_age=ATTEMPT_S)
    except BadSignature:
        raise SignOnFailed("other_browser_or_too_late") from None
    return Attempt(kept["state"], kept["nonce"], kept["verifier"]), kept["suite"]


def _refused(request: Request, failure: SignOnFailed) -> Response:
    log_event("single_sign_on_failed", reason=failure.reason)
    return _forget(request, sign_in_form(request, HOME, problem=FAILED, status=503 if failure.is_unreachable else 403))


def _forget(request: Request, response: Response) -> Response:
    drop_cookie(request, response, SIGN_ON)
    return response


def _provider(request: Request) -> SingleSignOn:
    provider = staff_services(request).single_sign_on
    if provider is None:
        raise Refusal(NOT_FOUND)
    return provider


def _seals(request: Request) -> URLSafeTimedSerializer:
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(web_of(request).services.settings.secret_key, salt="staff-sign-on", signer_kwargs=signer)


ROUTES = [Route(START_PATH, get_start), Route(RETURN_PATH, get_return)]
