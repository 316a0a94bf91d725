"""Reads what arrives: the body under its limit, JSON of the expected shape, the Bearer token."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from starlette.requests import Request

from bot.services.conversations import Incoming
from bot.web.problems import TOKEN_INVALID, TOO_LARGE, Refusal, malformed

MAX_BODY_BYTES = 16 * 1024


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of the body; an empty body is an empty object.

    Raises: Refusal when the body is too large or is not one JSON object of well-formed Unicode.
    """
    body = await read_body(request)
    if not body.strip():
        return {}
    try:
        content = json.loads(body.decode(), object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant)
        # A lone surrogate is valid JSON but no character: nothing could store it or send it back.
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise malformed("Le corps de la requête doit être un objet JSON en UTF-8.") from None
    if not isinstance(content, dict):
        raise malformed("Le corps de la requête doit être un objet JSON.")
    return content


def read_incoming(conversation_id: str, content: dict[str, Any]) -> Incoming:
    """The message of a POST. Raises: Refusal when it holds both or neither of text and payload."""
    text, payload = _optional_text(content, "text"), _optional_text(content, "payload")
    if (text is None) == (payload is None):
        raise malformed("Envoyez soit « text », soit « payload ».")
    return Incoming(conversation_id, text, payload, _client_id(content))


def read_rating(content: dict[str, Any]) -> tuple[str, bool]:
    """The message rated and whether it helped. Raises: Refusal when either is missing."""
    message_id, helpful = content.get("message_id"), content.get("helpful")
    if not isinstance(message_id, str) or not isinstance(helpful, bool):
        raise malformed("Envoyez « message_id » (texte) et « helpful » (true ou false).")
    return message_id, helpful


async def read_body(request: Request, most_bytes: int = MAX_BODY_BYTES) -> bytes:
    """The body as sent. Raises: Refusal when it is larger than `most_bytes`."""
    # Counted as it comes: the announced length may be missing or a lie.
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise Refusal(TOO_LARGE)
    return bytes(body)


def bearer(request: Request) -> str:
    """The token of the Authorization header. Raises: Refusal when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(TOKEN_INVALID)
    return token.strip()


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands twice")
    return content


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _optional_text(content: dict[str, Any], key: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise malformed(f"« {key} » doit être un texte.")
    return value


def _client_id(content: dict[str, Any]) -> str | None:
    value = _optional_text(content, "id")
    if value is None:
        return None
    try:
        return str(UUID(value))
    except ValueError:
        raise malformed("« id » doit être un UUID.") from None
