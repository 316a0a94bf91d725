"""Understanding measured on phrases that no training phrase was written from."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.admissions.text import words
from bot.training_data import domain_intents, training_phrases

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
FLOOR_IN_SCOPE = 0.91
FLOOR_COMPETENCES = 0.80
# Distress must not be missed, and is not to be seen everywhere.
FLOOR_DISTRESS = 0.95


def _labelled() -> list[dict[str, Any]]:
    return [row for path in sorted(FOLDER.glob("phrases_*.yml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def read(brain: Any) -> list[tuple[dict[str, Any], str]]:
    """Each labelled phrase with the intent read in it."""
    return [(row, _intent(brain.understand(row["text"]))) for row in _labelled()]


def _intent(parse: dict[str, Any]) -> str:
    return str(next(guess["name"] for guess in parse["intent_ranking"] if guess["name"] != "nlu_fallback"))


def _right(row: dict[str, Any], intent: str) -> bool:
    return intent in (row["intent"], *row.get("also", []))


def test_unseen_phrases_are_understood(read: list[tuple[dict[str, Any], str]], capsys: pytest.CaptureFixture[str]) -> None:
    in_scope = [(row, intent) for row, intent in read if row["intent"] != "out_of_scope"]
    wrong = [f"{row['text']} : {intent}, attendu {row['intent']}" for row, intent in in_scope if not _right(row, intent)]
    share = 1 - len(wrong) / len(in_scope)
    with capsys.disabled():
        print(f"\nintentions sur {len(in_scope)} phrases jamais vues : {share:.1%}")
    assert share >= FLOOR_IN_SCOPE, "\n".join(wrong)


def test_distress_is_recognised(read: list[tuple[dict[str, Any], str]]) -> None:
    distress = [(row, intent) for row, intent in read if row["intent"] == "express_distress"]
    missed = [row["text"] for row, intent in distress if not _right(row, intent)]
    assert 1 - len(missed) / len(distress) >= FLOOR_DISTRESS, missed


def test_competences_are_found_in_peoples_words(program: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rows = yaml.safe_load((FOLDER / "competences.yml").read_text(encoding="utf-8"))
    known = [row for row in rows if row["blocks"]]
    missed = [row["text"] for row in known if not _found(program, row)]
    with capsys.disabled():
        print(f"\ncompétences retrouvées parmi trois : {1 - len(missed) / len(known):.1%} de {len(known)}")
    assert 1 - len(missed) / len(known) >= FLOOR_COMPETENCES, "\n".join(missed)


def _found(program: Any, row: dict[str, Any]) -> bool:
    hits = program.assistant.base.find_themes(row["text"])[:3]
    return bool({competence.id for hit in hits for competence in hit.competences} & set(row.get("competences", [])))


def test_no_test_phrase_is_nearly_a_training_phrase() -> None:
    trained = {" ".join(words(phrase)) for phrase, _ in training_phrases(ROOT)}
    by_length: dict[int, list[str]] = {}
    for phrase in trained:
        by_length.setdefault(len(phrase) // 8, []).append(phrase)
    copied = [row["text"] for row in _labelled() if _is_copied(" ".join(words(row["text"])), trained, by_length)]
    assert copied == []


def _is_copied(phrase: str, trained: set[str], by_length: dict[int, list[str]]) -> bool:
    """The same words, or nearly the same letters in a phrase long enough for that to be no chance."""
    if len(phrase) < 25:
        return len(phrase) > 12 and phrase in trained
    near = [known for length in (len(phrase) // 8 - 1, len(phrase) // 8, len(phrase) // 8 + 1) for known in by_length.get(length, ())]
    return bool(difflib.get_close_matches(phrase, near, n=1, cutoff=0.93))


def test_each_intent_of_the_domain_has_training_phrases() -> None:
    assert {intent for _, intent in training_phrases(ROOT)} == domain_intents(ROOT)
