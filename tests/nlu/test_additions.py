"""Additions of the office take no phrase that means something else: every phrase of this folder against a sample of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.bootstrap import ROOT
from bot.catalogue.additions import AdditionIndex, PhraseVectors
from bot.nlu.embedder import shared_encoder
from bot.services.learned import with_additions
from bot.training_data import training_phrases
from tests.integration.learning import builders as made

FOLDER = Path(__file__).parent
QUESTIONS = FOLDER.parent / "integration" / "learning" / "questions.yml"
# Phrases of this folder that do ask what the sample answers.
RELATED = 6
EVERY = 97  # of the training phrases, taken as additions to their own topic


@pytest.fixture(scope="module")
def phrases() -> list[dict[str, Any]]:
    return [row for path in sorted(FOLDER.glob("phrases_*.yml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def parses(brain: Any, phrases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [brain.understand(row["text"]) for row in phrases]


def changed(parses: list[dict[str, Any]], index: AdditionIndex) -> list[tuple[str, str, str]]:
    """(text, what was understood, what it is taken for) of each phrase that an addition takes."""
    after = [(before, with_additions(before, index.nearest, None, None)) for before in parses]
    return [(old["text"], old["intent"]["name"], new["intent_ranking"][0]["name"]) for old, new in after if new is not old]


def test_answers_to_questions_outside_the_base_take_none_inside_it(parses: list[dict[str, Any]], phrases: list[dict[str, Any]]) -> None:
    groups = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    additions = [made.answer(*group, subject=f"ajout_{letter}") for letter, group in zip("abcdefghij", groups, strict=True)]
    taken = changed(parses, AdditionIndex(additions, {}.get, PhraseVectors(shared_encoder())))
    labels = {row["text"]: row["intent"] for row in phrases}
    assert len(taken) <= RELATED, taken
    assert [row for row in taken if labels[row[0]] not in ("out_of_scope", "ask_student_life")] == []


def test_phrases_attached_to_their_topic_change_no_right_answer(parses: list[dict[str, Any]], phrases: list[dict[str, Any]]) -> None:
    sample = training_phrases(ROOT)[::EVERY]
    additions = [made.topic(phrase, card=intent, subject=f"ajout_{number}") for number, (phrase, intent) in enumerate(sample)]
    taken = changed(parses, AdditionIndex(additions, {intent: intent for _, intent in sample}.get, PhraseVectors(shared_encoder())))
    right = {row["text"]: (row["intent"], *row.get("also", [])) for row in phrases}
    spoilt = [row for row in taken if row[1] in right[row[0]] and row[2] not in right[row[0]]]
    assert spoilt == [], spoilt
