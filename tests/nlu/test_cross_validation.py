"""The training phrases read by models that have not seen them: a fifth left out, five times."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from bot.nlu.correction import WordCorrector
from bot.nlu.embedder import shared_encoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.intent_training import fit_weights
from bot.nlu.lexicon import Lexicon
from bot.training_data import training_phrases

ROOT = Path(__file__).resolve().parents[2]
# So many phrases of each intent, taken at even steps: all of them would take two minutes of processor.
PHRASES_PER_INTENT = 36
FOLDS, SEED = 5, 41406
# Hard on purpose: among training phrases no two are alike. What people write is nearer to them (tests/nlu/test_phrases.py).
FLOOR = 0.68


def _sample() -> tuple[list[str], np.ndarray]:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for phrase, intent in training_phrases(ROOT):
        by_intent[intent].append(phrase)
    kept = [(phrases[round(step)], intent) for intent, phrases in sorted(by_intent.items())
            for step in np.linspace(0, len(phrases) - 1, min(PHRASES_PER_INTENT, len(phrases)))]
    return [phrase for phrase, _ in kept], np.array([intent for _, intent in kept])


def test_phrases_left_out_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    phrases, intents = _sample()
    corrector = WordCorrector.from_phrases(phrases, Lexicon.of_french())
    texts = [corrector.correct(phrase) for phrase in phrases]
    encoder = shared_encoder()
    assert encoder is not None
    embeddings = encoder.encode(texts)
    read = np.empty(len(texts), dtype=object)
    for learn, score in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(texts, intents):
        model = IntentModel(fit_weights([texts[i] for i in learn], intents[learn], embeddings[learn]), encoder)
        read[score] = np.array(model.intents)[model.probabilities([texts[i] for i in score]).argmax(axis=1)]
    accuracy = float((read == intents).mean())
    with capsys.disabled():
        print(f"\nvalidation croisée ({FOLDS} parts, {len(texts)} phrases, {len(set(intents))} intentions) : {accuracy:.1%}")
    assert accuracy >= FLOOR
