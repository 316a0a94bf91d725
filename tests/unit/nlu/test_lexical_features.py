"""The fast reader gives the numbers of the library that the model was learned with."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack

from bot.nlu.intent_training import character_vectorizer, word_vectorizer
from bot.nlu.lexical_features import LexicalFeatures
from tests.unit.nlu.conftest import TRAINING

PHRASES = [phrase for phrase, _ in TRAINING]
CHARACTERS, WORDS = character_vectorizer().fit(PHRASES), word_vectorizer().fit(PHRASES)
FEATURES = LexicalFeatures(CHARACTERS.vocabulary_, CHARACTERS.idf_, WORDS.vocabulary_, WORDS.idf_)


def assert_as_the_library(text: str) -> None:
    expected = hstack([CHARACTERS.transform([text]), WORDS.transform([text])]).toarray()[0]
    places, values = FEATURES.of(text)
    found = np.zeros_like(expected, dtype=np.float64)
    found[places] = values
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("text", ["", " ", "a", "le prix", "le le le prix", "l'inscription  coûte\tcombien\n?", "« où » : c'est quand…", "travaille travaille en mairie", "é", "xyzw 12", "a_b c-d"])
def test_written_forms_that_could_differ(text: str) -> None:
    assert_as_the_library(text)


@given(st.text(max_size=60) | st.lists(st.sampled_from([*PHRASES, "?", "\x1c", "  ", "prix", "é"]), max_size=6).map(" ".join))
def test_any_text(text: str) -> None:
    assert_as_the_library(text)
