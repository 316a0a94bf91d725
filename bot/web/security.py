"""The one middleware that puts security headers on every answer, whoever made it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A year, as browsers ask before they remember it for good.
HSTS = "max-age=31536000; includeSubDomains"
# What other sites may load: the widget's script is made for them.
EMBEDDABLE_PATHS = frozenset({"/widget.js"})
# The office's pages stand in no frame: a site around them could borrow a click.
CONSOLE = "/staff"


class SecurityHeaders:
    """Adds the headers; an answer that set its own Cache-Control keeps it."""

    def __init__(self, app: ASGIApp, allowed_origins: Sequence[str], is_https: bool) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_security_policy(allowed_origins),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if not allowed_origins:
            # For browsers that do not know frame-ancestors; it cannot name other sites.
            self._headers["X-Frame-Options"] = "SAMEORIGIN"
        if is_https:
            self._headers["Strict-Transport-Security"] = HSTS
        console_policy = content_security_policy(allowed_origins, in_frames=False)
        self._console_headers = {**self._headers, "Content-Security-Policy": console_policy, "X-Frame-Options": "DENY"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers_here = self._console_headers if scope["path"].startswith(CONSOLE) else self._headers
        policy = "cross-origin" if scope["path"] in EMBEDDABLE_PATHS else "same-origin"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(headers_here)
                headers["Cross-Origin-Resource-Policy"] = policy
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


def content_security_policy(allowed_origins: Sequence[str], in_frames: bool = True) -> str:
    """Our own files and nothing else: no inline script or style, no frame but on the allowed sites, or none at all."""
    own = "'self'"
    directives = {
        "default-src": "'none'",
        "script-src": own,
        "style-src": own,
        "img-src": own,
        "connect-src": own,
        "form-action": own,
        "base-uri": "'none'",
        "frame-ancestors": " ".join([own, *allowed_origins]) if in_frames else "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
