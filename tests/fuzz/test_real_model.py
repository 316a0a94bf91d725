"""The trained model and every action answer hostile texts: always words, never an error, at once."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.in_process import APOLOGY
from tests.fuzz.hostile import HOSTILE, PUMPS, SLOWEST_S, TRIED, inputs, texts


@pytest.fixture(scope="module", autouse=True)
def _warm(brain: Any) -> None:
    """As `bot serve` does: what is loaded at first use is loaded before the first message."""
    brain.understand("bonjour")


def _say(conversation: Any, text: str) -> None:
    if not text.replace("\0", "").strip():
        return
    TRIED["messages to the model"] += 1
    started = time.thread_time()
    conversation.say(text)
    assert time.thread_time() - started < SLOWEST_S, text[:80]
    assert conversation.text.strip() and APOLOGY not in conversation.text, text[:80]
    assert "{" not in conversation.text.replace(text, ""), text[:80]  # no template left unfilled, none made of what was typed


@inputs(60)
@given(said=st.lists(texts, min_size=1, max_size=3))
def test_any_conversation_is_answered_in_words(new_conversation: Any, said: list[str]) -> None:
    conversation = new_conversation()
    for text in said:
        _say(conversation, text)


@pytest.mark.parametrize("start", ["", "je peux candidater ?", "je veux être rappelé"])
def test_known_hostile_texts_are_answered_inside_each_form(new_conversation: Any, start: str) -> None:
    conversation = new_conversation()
    if start:
        conversation.say(start)
    for text in (*HOSTILE[::3], *(pump * 200 for pump in PUMPS[::9])):
        _say(conversation, text[:1_000])
