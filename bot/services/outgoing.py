"""How an answer leaves: its public JSON, and buttons that go out under tokens."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from bot.services.protocols import Conversation, OutgoingMessage, UnitOfWork


def stage_answer(
    uow: UnitOfWork,
    conversation_id: str,
    answer: tuple[OutgoingMessage, ...],
    state: dict[str, Any] | None,
    now: datetime,
) -> list[dict[str, Any]]:
    """Stages an answer; its buttons go out under tokens, so that what they mean cannot be guessed or forged."""
    offered: dict[str, dict[str, str]] = {}
    messages = []
    for message in answer:
        tokens = [secrets.token_urlsafe(12) for _ in message.buttons]
        offered |= {
            token: {"title": button.title, "payload": button.payload}
            for token, button in zip(tokens, message.buttons, strict=True)
        }
        body = public_body(message, tokens)
        messages.append({"id": uow.messages.append(conversation_id, "bot", now, body), **body})
    uow.conversations.stage_turn(conversation_id, now, state, offered)
    return messages


def public_body(message: OutgoingMessage, tokens: list[str]) -> dict[str, Any]:
    """The message as contract.md writes it, without its id; `tokens` stand for its buttons, none shows none."""
    body: dict[str, Any] = {"text": message.text}
    if tokens:
        body["buttons"] = [
            {"title": button.title, "payload": token} for button, token in zip(message.buttons, tokens, strict=True)
        ]
    if message.source is not None:
        source = message.source
        body["source"] = {"section": source.section, "url": source.url, "as_of": source.as_of.isoformat()}
    return body


def with_live_buttons(body: dict[str, Any], conversation: Conversation) -> dict[str, Any]:
    """The body without the buttons that may no longer be pressed."""
    buttons = [button for button in body.pop("buttons", []) if button["payload"] in conversation.offered]
    return body | {"buttons": buttons} if buttons else body


def utc_text(moment: datetime) -> str:
    """The moment as every date of the API is written: ISO-8601, in UTC, with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
