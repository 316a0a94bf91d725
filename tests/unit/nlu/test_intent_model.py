"""What the intent model learns, on a handful of phrases."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.intent_model import DEFAULT_LEXICAL_VOTE, IntentModel, geometric_mean
from bot.nlu.intent_training import train_intent_model
from tests.unit.nlu.conftest import TRAINING, LetterPairs

TEXTS, INTENTS = [phrase for phrase, _ in TRAINING], [intent for _, intent in TRAINING]


@pytest.fixture(scope="module")
def model(embedder: LetterPairs) -> IntentModel:
    return train_intent_model(TEXTS, INTENTS, embedder)


@pytest.mark.parametrize(("text", "intent"), [("le prix", "ask_price"), ("quand commence le cours", "ask_start_date"), ("je travaille en mairie", "give_situation")])
def test_a_phrase_near_the_training_phrases_is_read_as_they_are(model: IntentModel, text: str, intent: str) -> None:
    assert model.intents[int(model.probabilities([text])[0].argmax())] == intent


def test_probabilities_add_up_to_one_whatever_is_typed(model: IntentModel) -> None:
    rows = model.probabilities(["le prix", "", "xyzw", "😀", "a" * 1000])
    assert rows.shape == (5, len(model.intents))
    assert np.isfinite(rows).all() and (rows >= 0).all()
    assert rows.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_no_text_gives_no_row(model: IntentModel) -> None:
    assert model.probabilities(["le prix"])[:0].shape == (0, len(model.intents))


def test_a_text_is_read_the_same_alone_and_among_others(model: IntentModel) -> None:
    among = model.probabilities(["où sont les cours", "le prix", "c'est quand"])[1]
    assert model.probabilities(["le prix"])[0] == pytest.approx(among, abs=1e-5)


def test_accents_make_no_difference_to_the_lexical_reader() -> None:
    lexical = train_intent_model(TEXTS, INTENTS, None)
    assert lexical.probabilities(["ou sont les cours"])[0] == pytest.approx(lexical.probabilities(["où sont les cours"])[0])


def test_the_same_phrases_give_the_same_model(model: IntentModel, embedder: LetterPairs) -> None:
    again = train_intent_model(TEXTS, INTENTS, embedder)
    assert (again.probabilities(TEXTS) == model.probabilities(TEXTS)).all()


def test_without_an_encoder_the_lexical_reader_answers_alone(model: IntentModel) -> None:
    alone = IntentModel(model.weights, None)
    rows = alone.probabilities(["quel est le prix"])
    assert alone.intents[int(rows[0].argmax())] == "ask_price"
    assert rows.sum() == pytest.approx(1, abs=1e-5)


def test_a_model_trained_without_an_encoder_ignores_one_that_came_back(embedder: LetterPairs) -> None:
    lexical = train_intent_model(TEXTS, INTENTS, None)
    assert (IntentModel(lexical.weights, embedder).probabilities(["le prix"]) == lexical.probabilities(["le prix"])).all()


def test_too_few_phrases_to_hold_any_out_still_train() -> None:
    tiny = train_intent_model(["le prix", "où c'est"], ["ask_price", "ask_place"], None)
    assert tiny.weights.lone_lexical_vote == DEFAULT_LEXICAL_VOTE
    assert tiny.intents[int(tiny.probabilities(["prix"])[0].argmax())] == "ask_price"


class Constant:
    """An encoder that says nothing: every sentence has the same vector."""

    def encode(self, sentences: list[str]) -> np.ndarray:
        return np.full((len(sentences), 4), 0.5, dtype=np.float32)


def test_a_reader_that_knows_nothing_does_not_outvote_the_other() -> None:
    deaf = train_intent_model(TEXTS, INTENTS, Constant())
    right = sum(deaf.intents[int(row.argmax())] == intent for row, intent in zip(deaf.probabilities(TEXTS), INTENTS, strict=True))
    assert right == len(TEXTS)


def test_a_geometric_mean_is_a_distribution_that_both_must_support() -> None:
    mean = geometric_mean(np.array([[0.9, 0.1, 0.0]]), np.array([[0.1, 0.9, 0.0]]))[0]
    assert mean == pytest.approx([0.5, 0.5, 0.0], abs=1e-3)
