"""A small OpenID Connect provider on loopback: it signs whoever it is told to, correctly or with one fault."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "console", "secret du fournisseur"


@cache
def rsa_key(_owner: str) -> RSAKey:
    """A key made once; everybody's is called « one »."""
    return RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Provider:
    """`claims` replace those of the token, None removes one; `faults` are names of what to do wrong."""

    email: str
    now: int
    claims: dict[str, Any] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    metadata: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""
    seen: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: rsa_key("own"))

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        self.seen.append(query)
        if "denied" in self.faults:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code, once, for the client that knows its secret and the verifier; None otherwise."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if asked is None or asked["code_challenge"] != challenge or asked["code_challenge_method"] != "S256" or authorization != basic:
            return None
        if form["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"access_token": "access", "token_type": "Bearer", "id_token": self._id_token(asked)}

    def _id_token(self, asked: dict[str, str]) -> str:
        claims = {
            "iss": self.issuer, "sub": "42", "aud": CLIENT_ID, "iat": self.now, "exp": self.now + 300,
            "nonce": asked["nonce"], "email": self.email, "email_verified": True,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if "other key" in self.faults:
            return jwt.encode({"alg": "RS256", "kid": "one"}, claims, rsa_key("other"))
        if "shared secret" in self.faults:
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))
        if "unsigned" in self.faults:
            parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims))
            return ".".join([*parts, ""])
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


@contextmanager
def serving(provider: Provider) -> Iterator[None]:
    """The provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/.well-known/openid-configuration":
                names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
                endpoints = {name: provider.issuer + path for name, path in names.items()}
                self._json(503 if "down" in provider.faults else 200, {"issuer": provider.issuer, **endpoints, **provider.metadata})
            elif parts.path == "/keys":
                keys = {"no keys": {}, "bad keys": {"keys": [{"kty": "?"}]}, "list of keys": []}
                fault = next((name for name in provider.faults if name in keys), None)
                self._json(200, keys[fault] if fault else {"keys": [provider.key.as_dict(private=False, use="sig", alg="RS256")]})
            else:
                self.send_response(302)
                self.send_header("Location", provider.authorize({name: values[0] for name, values in parse_qs(parts.query).items()}))
                self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.token({name: values[0] for name, values in parse_qs(body).items()}, self.headers.get("Authorization", ""))
            answers = {"token 500": (500, {}), "token list": (200, [1]), "token text": (200, "oui"), "no id_token": (200, {"access_token": "a"})}
            fault = next((answers[name] for name in provider.faults if name in answers), None)
            self._json(*(fault or ((400, {"error": "invalid_grant"}) if tokens is None else (200, tokens))))

        def _json(self, status: int, content: Any) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
