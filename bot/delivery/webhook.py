"""Posts an event to the CRM, signed as Standard Webhooks says: https://www.standardwebhooks.com."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import http.client
import json
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bot.delivery.deadline import EXCHANGE_S, TIMEOUT_S, deadline
from bot.services.announcements import WebhookMessage
from bot.services.outbox import DeliveryFailed

SECRET_PREFIX = "whsec_"  # noqa: S105 the standard's prefix, no secret
NOT_REACHED = "le CRM ne répond pas"
CUT_OFF = "le CRM a coupé ou n'a pas répondu à temps"
BAD_CERTIFICATE = "la connexion chiffrée au CRM a échoué (certificat ?)"


@dataclass(frozen=True)
class WebhookSender:
    """Satisfies bot.services.deliveries.SendEvent. `trust` replaces the system's certificates."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    timeout_s: float = TIMEOUT_S
    exchange_s: float = EXCHANGE_S
    trust: ssl.SSLContext | None = None

    def __call__(self, message: WebhookMessage, now: datetime) -> None:
        """Returns once the CRM has answered 2xx. Raises: DeliveryFailed for any other end; no redirect is followed."""
        body = json.dumps(message.body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = signed_headers(self.secret, message.id, int(now.timestamp()), body)
        connection = self._connection()
        try:
            with deadline(self.exchange_s, lambda: connection.sock):
                status = self._post(connection, body, headers)
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise DeliveryFailed(f"le CRM a répondu HTTP {status}")

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = self.trust or ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=self.timeout_s, context=context)
        return http.client.HTTPConnection(host, parts.port, timeout=self.timeout_s)

    def _post(self, connection: http.client.HTTPConnection, body: bytes, headers: dict[str, str]) -> int:
        """The status alone: it decides, and a body that never ends is not waited for."""
        parts = urlsplit(self.url)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            connection.connect()
        except ssl.SSLError:
            raise DeliveryFailed(BAD_CERTIFICATE) from None
        except (OSError, UnicodeError):
            raise DeliveryFailed(NOT_REACHED) from None
        try:
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            raise DeliveryFailed(CUT_OFF) from None


def signed_headers(secret: str, message_id: str, timestamp_s: int, body: bytes) -> dict[str, str]:
    """The headers of one attempt: the id stays, time and signature are this attempt's."""
    signed = f"{message_id}.{timestamp_s}.".encode() + body
    signature = base64.b64encode(hmac.new(signing_key(secret), signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "assistant-rncp41406",
        "Connection": "close",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": f"v1,{signature}",
    }


def signing_key(secret: str) -> bytes:
    """The key that a secret stands for: base64, with or without `whsec_`, as the standard's libraries read it; any
    other text is its own bytes."""
    encoded = secret.removeprefix(SECRET_PREFIX)
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return encoded.encode()
