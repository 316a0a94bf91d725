"""A likely reading is answered as a guess; an unlikely one, a refusal or a message that may be about something else is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import GUESS, NOT_THAT, Clarify

PRICE = "Le prix"


def clarified(program: Any, *ranking: tuple[str, float], form: str | None = None, **slots: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is said to « zut, combien ? » read so and doubted, and the slots set."""
    guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    latest = {"text": "zut, combien ?", "intent": {"name": "nlu_fallback", "confidence": 0.4}, "intent_ranking": guesses, "entities": []}
    loop = {} if form is None else {"name": form}
    tracker = Tracker("c", slots, latest, [{"event": "user", "text": latest["text"]}], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    events = Clarify(program.assistant).run(dispatcher, tracker, {})
    said = {"text": "\n".join(message["text"] or "" for message in dispatcher.messages), "buttons": dispatcher.messages[-1]["buttons"]}
    return said, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_a_likely_reading_is_answered_as_a_guess_with_a_way_back(program: Any) -> None:
    said, slots = clarified(program, ("ask_price", 0.36), ("ask_funding", 0.2), ("out_of_scope", 0.01))

    assert said["text"].startswith(GUESS.format(title=PRICE))
    assert "aucun prix" in said["text"]
    assert said["buttons"][0] == {"title": NOT_THAT, "payload": "/correct_misunderstanding"}
    assert (slots["unanswered"], slots["misunderstandings"]) == (True, 0)


@pytest.mark.parametrize("ranking", [
    (("ask_price", 0.2), ("ask_funding", 0.18)),
    (("ask_price", 0.5), ("out_of_scope", 0.2)),
    (("ask_guarantee", 0.38), ("ask_price", 0.3)),
    (("deny", 0.38), ("ask_price", 0.3)),
], ids=["unlikely", "may be about something else", "never a guess", "no question"])
def test_any_other_doubt_asks_what_was_meant(program: Any, ranking: tuple[tuple[str, float], ...]) -> None:
    said, slots = clarified(program, *ranking)

    assert "Si j'ai bien compris" not in said["text"]
    assert slots["misunderstandings"] == 1


def test_a_second_doubt_and_a_doubt_inside_a_form_are_not_guessed(program: Any) -> None:
    likely = (("ask_price", 0.36), ("ask_funding", 0.2))

    assert "Si j'ai bien compris" not in clarified(program, *likely, misunderstandings=1)[0]["text"]
    assert "Si j'ai bien compris" not in clarified(program, *likely, form="prescreening_form")[0]["text"]
