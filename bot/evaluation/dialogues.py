"""Plays dialogues with the real assistant and says where an answer is not what it should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.evaluation.labelled import Dialogue, Expected
from bot.services.conversations import Incoming, handle_message, open_conversation
from bot.services.locks import ConversationLocks

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


@dataclass(frozen=True)
class Fault:
    """The first answer of a dialogue that is not what it should be."""

    dialogue: Dialogue
    say: str
    answer: str
    reasons: tuple[str, ...]


def play(program: Any, brain: Any, dialogues: Sequence[Dialogue], now: datetime) -> list[Fault]:
    """The first fault of each dialogue that has one. Conversations are written in the program's database."""
    faults = [_play_one(program, brain, dialogue, now) for dialogue in dialogues]
    return [fault for fault in faults if fault is not None]


def fold(text: str) -> str:
    """Lower case, no accents, links as their words: what the patterns are written for."""
    plain = _LINK.sub(r"\1 \2", text.replace("**", "")).lower()
    for typographic, simple in (("’", "'"), ("\u202f", " "), ("\xa0", " ")):
        plain = plain.replace(typographic, simple)
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if unicodedata.category(letter) != "Mn")


def reasons_against(answer: str, expected: Expected) -> tuple[str, ...]:
    """What is missing from an answer and what should not be in it; empty when it is as it should be."""
    folded = fold(answer)
    missing = [f"il manque {' ou '.join(group)}" for group in expected.groups if not any(re.search(pattern, folded, re.DOTALL) for pattern in group)]
    return tuple(missing + [f"il y a {pattern}" for pattern in expected.forbidden if re.search(pattern, folded, re.DOTALL)])


def _play_one(program: Any, brain: Any, dialogue: Dialogue, now: datetime) -> Fault | None:
    locks = ConversationLocks()
    conversation = open_conversation(program.uow_factory, brain, now).conversation_id
    for turn in dialogue.turns:
        reply = handle_message(program.uow_factory, brain, locks, Incoming(conversation, text=turn.say), now)
        answer = _words(reply.messages)
        reasons = reasons_against(answer, turn)
        if reasons:
            return Fault(dialogue, turn.say, answer, reasons)
    return None


def _words(messages: Sequence[dict[str, Any]]) -> str:
    return "\n".join(line for message in messages for line in (message["text"], *(button["title"] for button in message.get("buttons", []))))
