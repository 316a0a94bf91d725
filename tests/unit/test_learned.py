"""When a message is answered by what the office has added, and when it never is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from bot.services.learned import CARRIER, with_additions


@dataclass(frozen=True)
class Found:
    """An addition for one text, as near as said."""

    similarity: float = 1.0
    subject: str = "ajout_x"
    intent: str = "ask_ajout_x"
    is_written: bool = True

    def answers(self, is_in_doubt: bool) -> bool:
        return self.similarity >= (0.7 if is_in_doubt else 0.85)


def nearest(known: dict[str, Found]) -> Any:
    def find(texts: Sequence[str]) -> list[Found | None]:
        return [known.get(text) for text in texts]

    return find


def parse(text: str, intent: str = "out_of_scope", confidence: float = 0.9, entities: Sequence[str] = (), clauses: Sequence[Any] = ()) -> dict[str, Any]:
    """A parse; `clauses` are (text, is a question, intent, confidence)."""
    reading = {"name": intent, "confidence": confidence}
    segments = [{"text": said, "question": asks, "name": name, "confidence": sure} for said, asks, name, sure in clauses] or [
        {"text": text, "question": text.endswith("?"), **reading}
    ]
    return {"text": text, "intent": reading, "intent_ranking": [reading], "segments": segments, "entities": [{"entity": name, "value": 1} for name in entities]}


PARKING = nearest({"un parking ?": Found()})


def test_the_rules_see_a_question_like_any_other_and_the_answer_its_own_name() -> None:
    seen = with_additions(parse("un parking ?"), PARKING, None, None)
    assert seen["intent"] == {"name": CARRIER, "confidence": 1.0, "addition": "ajout_x"}
    assert [reading["name"] for reading in seen["intent_ranking"]] == ["ask_ajout_x"]


def test_a_topic_of_the_base_is_seen_under_its_own_name() -> None:
    topic = nearest({"un parking ?": Found(intent="ask_place", is_written=False)})
    assert with_additions(parse("un parking ?"), topic, None, None)["intent"]["name"] == "ask_place"


@pytest.mark.parametrize(("confidence", "is_taken"), [(0.9, False), (0.4, True)])
def test_what_is_surely_understood_is_taken_only_by_what_is_very_near(confidence: float, is_taken: bool) -> None:
    near = nearest({"un parking ?": Found(similarity=0.8)})
    before = parse("un parking ?", "ask_place", confidence)
    assert (with_additions(before, near, None, None) != before) == is_taken


@pytest.mark.parametrize(("understood", "confidence", "similarity", "is_taken"), [
    ("ask_evaluation", 0.99, 0.86, False),  # surely another question of the base
    ("ask_evaluation", 0.99, 0.90, True),  # nearly the same words
    ("ask_evaluation", 0.90, 0.86, True),
    ("ask_place", 0.99, 0.86, True),  # the same topic
])
def test_a_topic_takes_no_question_that_is_surely_another_s(understood: str, confidence: float, similarity: float, is_taken: bool) -> None:
    near = nearest({"un parking ?": Found(similarity=similarity, intent="ask_place", is_written=False)})
    before = parse("un parking ?", understood, confidence)
    assert (with_additions(before, near, None, None) != before) == is_taken


@pytest.mark.parametrize(
    "before",
    [
        parse("un parking ?", "express_distress"), parse("un parking ?", "insult"), parse("un parking ?", "affirm"), parse("un parking ?", "request_erasure"),
        parse("un parking ?", entities=["email"]), parse("un parking ?", entities=["phone"]), parse("un parking ?", clauses=[("x", False, "express_distress", 0.3)]),
        parse(""),
    ],
)
def test_help_insults_contact_details_and_answers_are_never_taken(before: dict[str, Any]) -> None:
    assert with_additions(before, PARKING, None, None) is before


@pytest.mark.parametrize(
    ("before", "asked", "is_taken"),
    [
        (parse("un parking ?"), "diploma", True),
        (parse("4 ans en mairie"), "experience", False),
        (parse("un parking ?", entities=["diploma"]), "diploma", False),
        (parse("un parking ?"), "question", False),
    ],
)
def test_inside_a_form_only_a_question_is_taken(before: dict[str, Any], asked: str, is_taken: bool) -> None:
    known = nearest({"un parking ?": Found(), "4 ans en mairie": Found()})
    assert (with_additions(before, known, "prescreening_form", asked) is not before) == is_taken


def test_one_clause_asks_for_an_addition_and_the_other_keeps_its_question() -> None:
    before = parse("le prix ? et un parking ?", "ask_price", 0.9, clauses=[("le prix ?", True, "ask_price", 0.9), ("un parking ?", True, "out_of_scope", 0.8)])
    seen = with_additions(before, PARKING, None, None)
    assert seen["intent"]["name"] == "ask_price"
    assert [segment["name"] for segment in seen["segments"]] == ["ask_price", "ask_ajout_x"]


def test_a_greeting_before_the_question_does_not_hide_it() -> None:
    before = parse("bonjour. un parking ?", "greet", 0.9, clauses=[("bonjour.", False, "greet", 0.9), ("un parking ?", True, "out_of_scope", 0.8)])
    assert with_additions(before, PARKING, None, None)["intent"]["name"] == CARRIER
