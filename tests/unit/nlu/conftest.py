"""A small French and a small intent model, so that these tests need neither spaCy's vectors nor the sentence encoder."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bot.nlu.correction import WordCorrector
from bot.nlu.lexicon import Lexicon

FRENCH = ["le", "la", "un", "une", "je", "suis", "vous", "est", "combien", "coûte", "formation", "quel", "prix", "où", "sont", "les", "cours", "quand", "commence", "inscription", "alternance", "examen", "travailler", "travaille", "mairie", "niveau", "bac", "stage", "durée", "bossé", "affirme", "dune", "lune", "maison", "marché", "marche", "voiture", "village", "bonjour", "merci", "aide"]
TRAINING = [
    ("combien coûte la formation", "ask_price"), ("quel est le prix", "ask_price"), ("c'est combien l'inscription", "ask_price"), ("le prix de la formation", "ask_price"),
    ("où sont les cours", "ask_place"), ("c'est où la formation", "ask_place"), ("les cours sont où", "ask_place"), ("le village des cours", "ask_place"),
    ("quand commence la formation", "ask_start_date"), ("quand commence le stage", "ask_start_date"), ("c'est quand", "ask_start_date"), ("ça commence quand", "ask_start_date"),
    ("je travaille en alternance", "give_situation"), ("niveau bac", "give_situation"), ("je bosse en mairie", "give_situation"), ("mon employeur est la mairie", "give_situation"),
    ("je passe un examen", "give_situation"), ("travailler en mairie", "give_situation"),
]


class LetterPairs:
    """Stands for the sentence encoder: rows of length 1 that are near when texts share pairs of letters."""

    def encode(self, sentences: list[str]) -> np.ndarray:
        rows = np.zeros((len(sentences), 64), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for left, right in itertools.pairwise(sentence):
                rows[row, (31 * ord(left) + ord(right)) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.build(FRENCH)


@pytest.fixture(scope="session")
def corrector(lexicon: Lexicon) -> WordCorrector:
    return WordCorrector.from_phrases([phrase for phrase, _ in TRAINING], lexicon)


@pytest.fixture(scope="session")
def embedder() -> LetterPairs:
    return LetterPairs()
