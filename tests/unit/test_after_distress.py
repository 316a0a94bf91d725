"""After an answer to distress, what asks nothing clear gets help again."""

from __future__ import annotations

import pytest

from bot.services.after_distress import still_in_distress

TOPIC = {"intent": "express_distress"}


def parse(text: str, intent: str) -> dict[str, object]:
    return {"text": text, "intent": {"name": intent}}


@pytest.mark.parametrize(("text", "intent", "goes_on"), [
    ("de toute façon personne ne peut m'aider", "ask_capabilities", True),
    ("tu peux rien faire pour moi", "insult", True),
    ("ça sert à rien", "ask_objectives", True),
    ("à quoi bon", "ask_how_are_you", True),
    ("je sais pas quoi vous dire", "nlu_fallback", True),
    ("c'est combien la formation", "ask_price", False),
    ("tu peux m'aider à m'inscrire ?", "request_prescreening", False),
    ("non merci", "deny", False),
    ("c'était une façon de parler", "reassure", False),
])
def test_what_follows_distress(text: str, intent: str, goes_on: bool) -> None:
    assert still_in_distress(parse(text, intent), TOPIC) is goes_on


@pytest.mark.parametrize("topic", [None, {}, {"intent": "ask_price"}])
def test_elsewhere_general_words_are_only_that(topic: dict[str, str] | None) -> None:
    assert not still_in_distress(parse("à quoi bon", "nlu_fallback"), topic)
