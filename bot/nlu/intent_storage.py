"""Keeps an intent model in a folder: arrays in .npz and plain values in .json, never pickle."""

from __future__ import annotations

import json
import zipfile
from dataclasses import fields
from pathlib import Path

import numpy as np

from bot.admissions.errors import SettingsError
from bot.nlu.correction import WordCorrector
from bot.nlu.embedder import Embedder
from bot.nlu.intent_model import IntentModel, Weights
from bot.nlu.lexicon import Lexicon

_ARRAYS, _PLAIN, _LEXICON = "weights.npz", "intents.json", "lexicon.npy"


def save_intent_model(folder: Path, model: IntentModel, corrector: WordCorrector, lexicon: Lexicon) -> None:
    """Writes the model, the words it corrects towards and the lexicon it never corrects."""
    values = {field.name: getattr(model.weights, field.name) for field in fields(Weights)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    plain = {name: value for name, value in values.items() if not isinstance(value, np.ndarray) and value is not None}
    words = {"vocabulary": corrector.vocabulary, "common": lexicon.common}
    np.savez(folder / _ARRAYS, **arrays)
    np.save(folder / _LEXICON, lexicon.hashes, allow_pickle=False)
    (folder / _PLAIN).write_text(json.dumps({"weights": plain, **words}, ensure_ascii=False), encoding="utf-8")


def load_intent_model(folder: Path, embedder: Embedder | None) -> tuple[IntentModel, WordCorrector]:
    """What `save_intent_model` wrote. Raises SettingsError when a file is missing, cut short or of another version."""
    try:
        stored = json.loads((folder / _PLAIN).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            known = {name: arrays[name] for name in arrays.files}
        weights = Weights(**{field.name: known.get(field.name, stored["weights"].get(field.name)) for field in fields(Weights)})
        lexicon = Lexicon(np.load(folder / _LEXICON, allow_pickle=False), stored["common"])
        model = IntentModel(_checked(weights), embedder)
        return model, WordCorrector(stored["vocabulary"], lexicon)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise SettingsError("BOT_MODEL_DIR", folder.name, f"le modèle entraîné est illisible ({error}) ; lancez « bot train --force »") from error


def _checked(weights: Weights) -> Weights:
    """Raises ValueError when two parts cannot belong together: half a model would answer nonsense."""
    intents, mean, characters, words = len(weights.intents), weights.mean_embedding, len(weights.char_idf), len(weights.word_idf)
    vocabularies = (len(weights.char_vocabulary), len(weights.word_vocabulary)) == (characters, words)
    lexical = weights.svm_coefficients.shape == (characters + words, intents)
    semantic = mean is None or weights.regression_coefficients.shape == (len(mean), intents)
    if not (vocabularies and lexical and semantic):
        raise ValueError("its parts do not fit together")
    return weights
