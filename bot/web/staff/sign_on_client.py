"""OpenID Connect as seen from here: the code flow with PKCE, and what must be true before an address is believed.

Authlib speaks to the provider, joserfc checks signatures. Nothing is cached: people sign in a few times a day, and a
provider that changes its keys is followed at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

TIMEOUT_S = 5.0
CLOCK_LEEWAY_S = 60
# Public-key signatures only: with a shared secret, or none, whoever knows the secret could write a token.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"


class SignOnFailed(Exception):
    """The provider did not vouch for anybody; `reason` is for the log and names nobody."""

    def __init__(self, reason: str, is_unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_unreachable = is_unreachable


@dataclass(frozen=True)
class Attempt:
    """What one browser's way to the provider and back must keep; it never leaves that browser and us."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class SingleSignOn:
    """The provider of the settings, and where it sends people back."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str

    async def begin(self) -> tuple[str, Attempt]:
        """The provider's address to send the browser to, and what to remember. Raises: SignOnFailed."""
        attempt = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))
        async with httpx2.AsyncClient(timeout=TIMEOUT_S) as http:
            provider = await self._provider(http)
        async with self._client(provider) as client:
            url, _state = client.create_authorization_url(
                provider["authorization_endpoint"], attempt.state, attempt.verifier, nonce=attempt.nonce
            )
        return str(url), attempt

    async def verified_email(self, attempt: Attempt, answer: Mapping[str, str], now: datetime) -> str:
        """The address that the provider vouches for, from the answer it sent the browser back with.

        Raises: SignOnFailed for another browser's answer, a refusal, or a token that is not ours, not fresh or not signed.
        """
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise SignOnFailed("other_state")
        if answer.get("iss", self.issuer) != self.issuer:
            raise SignOnFailed("other_issuer")
        if "code" not in answer:
            raise SignOnFailed("refused_by_provider")
        async with httpx2.AsyncClient(timeout=TIMEOUT_S) as http:
            provider = await self._provider(http)
            keys = await _json(http, provider["jwks_uri"])
        async with self._client(provider) as client:
            tokens = await self._exchange(client, provider, answer["code"], attempt)
        return _email(self._claims(tokens, keys, attempt, now))

    def _client(self, provider: Mapping[str, Any]) -> AsyncOAuth2Client:
        methods = provider.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return AsyncOAuth2Client(
            self.client_id, self.client_secret, method, scope=SCOPE, redirect_uri=self.redirect_uri,
            code_challenge_method="S256", timeout=TIMEOUT_S, follow_redirects=False,
        )

    async def _provider(self, http: httpx2.AsyncClient) -> Mapping[str, Any]:
        found = await _json(http, self.issuer.rstrip("/") + DISCOVERY)
        if found.get("issuer") != self.issuer:
            raise SignOnFailed("other_issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            _check_endpoint(found.get(name), self.issuer)
        return found

    async def _exchange(
        self, client: AsyncOAuth2Client, provider: Mapping[str, Any], code: str, attempt: Attempt
    ) -> Mapping[str, Any]:
        try:
            tokens = await client.fetch_token(
                provider["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=attempt.verifier
            )
        except (httpx2.HTTPError, AuthlibBaseError, ValueError) as error:
            raise SignOnFailed("code_refused", isinstance(error, httpx2.TransportError)) from None
        return dict(tokens)

    def _claims(
        self, tokens: Mapping[str, Any], keys: Mapping[str, Any], attempt: Attempt, now: datetime
    ) -> Mapping[str, Any]:
        options = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client_id}}
        params = {"nonce": attempt.nonce, "client_id": self.client_id, "access_token": tokens.get("access_token")}
        try:
            token = jwt.decode(str(tokens["id_token"]), KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(int(now.timestamp()), CLOCK_LEEWAY_S)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise SignOnFailed(f"token_refused_{type(error).__name__}") from None
        return dict(claims)


def _email(claims: Mapping[str, Any]) -> str:
    """The verified address; « true » as a text is no yes."""
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") is not True:
        raise SignOnFailed("email_not_verified")
    return email


async def _json(http: httpx2.AsyncClient, url: str) -> Mapping[str, Any]:
    try:
        response = await http.get(url)
        content = response.raise_for_status().json()
    except (httpx2.HTTPError, ValueError):
        raise SignOnFailed("provider_unreachable", is_unreachable=True) from None
    if not isinstance(content, dict):
        raise SignOnFailed("provider_unreadable")
    return content


def _check_endpoint(url: object, issuer: str) -> None:
    """Raises SignOnFailed for an address that is less safe than the issuer's own."""
    if not isinstance(url, str) or urlsplit(url).scheme not in {"https", urlsplit(issuer).scheme}:
        raise SignOnFailed("provider_unreadable")
