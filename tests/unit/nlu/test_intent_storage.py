"""A model comes back from its folder as it was, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.admissions.errors import SettingsError
from bot.nlu.correction import WordCorrector
from bot.nlu.intent_storage import load_intent_model, save_intent_model
from bot.nlu.intent_training import train_intent_model
from bot.nlu.lexicon import Lexicon
from tests.unit.nlu.conftest import TRAINING, LetterPairs

TEXTS, INTENTS = [phrase for phrase, _ in TRAINING], [intent for _, intent in TRAINING]


@pytest.fixture
def folder(tmp_path: Path, corrector: WordCorrector, lexicon: Lexicon, embedder: LetterPairs) -> Path:
    save_intent_model(tmp_path, train_intent_model(TEXTS, INTENTS, embedder), corrector, lexicon)
    return tmp_path


def test_a_stored_model_reads_and_corrects_as_before(folder: Path, corrector: WordCorrector, embedder: LetterPairs) -> None:
    model, loaded = load_intent_model(folder, embedder)
    assert (model.probabilities(TEXTS) == train_intent_model(TEXTS, INTENTS, embedder).probabilities(TEXTS)).all()
    assert [loaded.correct(text) for text in ("la fromation", "voitrue", "la dune")] == ["la formation", "voiture", "la dune"]
    assert loaded.vocabulary == corrector.vocabulary


def test_a_model_without_an_encoder_is_stored_too(tmp_path: Path, corrector: WordCorrector, lexicon: Lexicon) -> None:
    lexical = train_intent_model(TEXTS, INTENTS, None)
    save_intent_model(tmp_path, lexical, corrector, lexicon)
    assert (load_intent_model(tmp_path, None)[0].probabilities(TEXTS) == lexical.probabilities(TEXTS)).all()


@pytest.mark.parametrize("name", ["weights.npz", "intents.json", "lexicon.npy"])
@pytest.mark.parametrize("kept", [0.0, 0.5, 0.98])
def test_a_file_cut_short_is_refused_with_its_remedy(folder: Path, name: str, kept: float) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(SettingsError, match="bot train --force"):
        load_intent_model(folder, None)


@pytest.mark.parametrize("name", ["weights.npz", "intents.json", "lexicon.npy"])
def test_a_missing_file_is_refused_with_its_remedy(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SettingsError, match="illisible"):
        load_intent_model(folder, None)


def test_parts_that_do_not_fit_together_are_refused(folder: Path) -> None:
    stored = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
    stored["weights"]["intents"].pop()
    (folder / "intents.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(SettingsError, match="fit together"):
        load_intent_model(folder, None)


def test_nothing_is_pickled(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["intents.json", "lexicon.npy", "weights.npz"]
    assert not any(b"sklearn" in path.read_bytes() for path in folder.iterdir())
