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
# On phrases written by other hands than the training phrases; floors only rise.
FLOOR_IN_SCOPE = 0.93
FLOOR_COMPETENCES = 0.80
# Distress must not be missed, and is not to be seen everywhere.
FLOOR_DISTRESS = 0.95
FLOOR_FAR, FLOOR_NEAR = 0.90, 0.70  # out of scope recognised, or asked « vouliez-vous dire »
FLOOR_KEPT = 0.95  # in-scope messages that get an answer
MOST_WRONG_AND_SURE = 0.02
MOST_CALIBRATION_ERROR = 0.05


def _labelled() -> list[dict[str, Any]]:
    return [row for path in sorted(FOLDER.glob("phrases_*.yml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _wrong(readings: list[Any]) -> str:
    return "\n".join(f"{one.phrase.text} : {one.intent} ({one.confidence:.2f}), attendu {one.phrase.intents[0]}" for one in readings if not one.is_right)


def test_unseen_phrases_are_understood(evaluation: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{evaluation.summary.to_markdown()}")
    assert evaluation.summary.in_scope_accuracy >= FLOOR_IN_SCOPE, _wrong(evaluation.readings)


def test_a_wrong_answer_is_seldom_sure_of_itself(evaluation: Any) -> None:
    assert evaluation.summary.wrong_and_sure <= MOST_WRONG_AND_SURE, _wrong(evaluation.readings)
    assert evaluation.summary.calibration_error <= MOST_CALIBRATION_ERROR


def test_what_is_out_of_scope_is_recognised_and_the_rest_answered(evaluation: Any) -> None:
    scope = evaluation.summary.scope
    assert scope.far_recognised / scope.far >= FLOOR_FAR
    assert scope.near_recognised / scope.near >= FLOOR_NEAR
    assert 1 - (scope.refused + scope.doubted) / scope.in_scope >= FLOOR_KEPT


def test_distress_is_recognised(evaluation: Any) -> None:
    distress = [one for one in evaluation.readings if one.phrase.intents[0] == "express_distress"]
    missed = [one.phrase.text for one in distress if not one.is_right or one.doubted]
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
