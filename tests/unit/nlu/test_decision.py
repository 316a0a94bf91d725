"""When the assistant asks « vouliez-vous dire » instead of answering."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.decision import DecisionClassifier

CONFIG = {**DecisionClassifier.get_default_config(), "threshold": 0.4, "scope_doubt": 0.1, "ambiguity_threshold": 0.0}


def _decide(*ranking: tuple[str, float], text: str = "et ça ?", entities: tuple[str, ...] = ()) -> str:
    guesses: list[dict[str, Any]] = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    message = Message({"text": text, "intent": guesses[0], "intent_ranking": guesses, "entities": [{"entity": kind, "value": 1} for kind in entities]})
    DecisionClassifier(CONFIG).process([message])
    return str(message.get("intent")["name"])


@pytest.mark.parametrize(("ranking", "meant"), [
    ([("ask_price", 0.8), ("out_of_scope", 0.05)], "ask_price"),
    ([("ask_price", 0.39), ("ask_funding", 0.3)], "nlu_fallback"),
    ([("ask_competence", 0.7), ("out_of_scope", 0.15)], "nlu_fallback"),
    ([("out_of_scope", 0.6), ("ask_price", 0.3)], "out_of_scope"),
    ([("ask_guarantee", 0.7), ("out_of_scope", 0.2)], "ask_guarantee"),
    ([("express_distress", 0.36), ("out_of_scope", 0.3)], "express_distress"),
])
def test_doubt_is_asked_about_except_where_the_answer_is_safe(ranking: list[tuple[str, float]], meant: str) -> None:
    assert _decide(*ranking) == meant


def test_words_that_decide_leave_no_doubt() -> None:
    assert _decide(("insult", 0.99), ("out_of_scope", 0.2), text="nul ce robot je veux parler à quelqu'un") == "request_human"


def test_keys_struck_at_random_are_asked_again_and_never_guessed() -> None:
    assert _decide(("out_of_scope", 0.95), ("ask_price", 0.02), text="qsdfjk wxcvb") == "nlu_fallback"
    assert _decide(("ask_price", 0.95), text="qsdf c'est combien ?") == "ask_price"
