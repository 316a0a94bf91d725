"""Rasa component: the intent of a message, and of each of its clauses.

Output on the message: `intent`, `intent_ranking` as every Rasa classifier gives them, and `segments`: one
{"text", "name" (of the intent), "confidence", "question"} per clause, so that two questions in one message can both be answered.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import Clause, split_clauses
from bot.nlu.correction import WordCorrector
from bot.nlu.embedder import shared_encoder
from bot.nlu.intent_model import IntentModel, geometric_mean
from bot.nlu.intent_storage import load_intent_model, save_intent_model
from bot.nlu.lexicon import Lexicon
from bot.nlu.noise import without_insults

SEGMENTS = "segments"
# What a message is about when its clauses say several things: help first, then the question, then the situation,
# and politeness only when there is nothing else.
DISTRESS = "express_distress"
POLITENESS = frozenset({"greet", "thank", "goodbye", "praise", "ask_how_are_you", "affirm", "deny", "reassure", "out_of_scope"})
STATEMENTS = frozenset({"give_situation", "give_contact", "express_worry", "insult"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(GraphComponent, IntentClassifier):
    """Corrects the words, then multiplies a lexical and a semantic reading (bot/nlu/intent_model.py)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Clauses less sure than this do not decide for the message: the whole text does.
            "clause_threshold": 0.45,
            # Distress in the whole text, or surely in one clause, is enough whatever else is said: missing it is the
            # worst mistake. On unseen phrases all distress is found and one message in 900 wrongly taken for it.
            "distress_threshold": 0.35,
            "clause_distress_threshold": 0.5,
            # « Je n'ai personne » may be about child care: the whole text must leave room for distress too.
            "least_distress": 0.05,
            # Length of intent_ranking: enough for « vouliez-vous dire » and for reports.
            "ranking_length": 12,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: IntentModel | None = None
        self._corrector: WordCorrector | None = None

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> HybridIntentClassifier:
        return cls(config, model_storage, resource)

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "spacy"]

    def train(self, training_data: TrainingData) -> Resource:
        from bot.nlu.intent_training import train_intent_model  # its libraries take a second to import: serving needs none of them

        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        phrases = [str(example.get(TEXT)) for example in examples]
        lexicon = Lexicon.of_french()
        self._corrector = WordCorrector.from_phrases(phrases, lexicon)
        corrected = [self._corrector.correct(phrase) for phrase in phrases]
        self._model = train_intent_model(corrected, [str(example.get(INTENT)) for example in examples], shared_encoder())
        with self._model_storage.write_to(self._resource) as folder:
            save_intent_model(Path(folder), self._model, self._corrector, lexicon)
        return self._resource

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> HybridIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model, component._corrector = load_intent_model(Path(folder), shared_encoder())
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        text = str(message.get(TEXT) or "")
        if self._model is None or self._corrector is None or not text.strip():
            message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        text = without_insults(text)  # « t'es nul, combien de blocs ? » asks for the blocks
        clauses = split_clauses(text)
        pieces = [text] + ([clause.text for clause in clauses] if len(clauses) > 1 else [])
        rows = self._model.probabilities([self._corrector.correct(piece) for piece in pieces])
        segments = self._segments(clauses, rows)
        ranking = self._ranking(self._deciding_row(rows, segments))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(SEGMENTS, segments, add_to_output=True)

    def _segments(self, clauses: list[Clause], rows: np.ndarray) -> list[dict[str, Any]]:
        clause_rows = rows[1:] if len(clauses) > 1 else rows
        return [{"text": clause.text, "question": clause.question, "premise": clause.premise, **_as_intent(*self._best(row))} for clause, row in zip(clauses, clause_rows)]

    def _deciding_row(self, rows: np.ndarray, segments: list[dict[str, Any]]) -> np.ndarray:
        """The distribution that speaks for the whole message.

        A clause is read in the light of the whole (« à qui l'adresser ? » alone says little): its probabilities are
        multiplied by the whole text's. The most telling clause then speaks, unless the whole text says the same.
        """
        whole = rows[0]
        if len(rows) == 1 or self._is_distress(whole, self._config["distress_threshold"]):
            return whole
        if self._is_distress(whole, self._config["least_distress"]):
            for row in rows[1:]:
                if self._is_distress(row, self._config["clause_distress_threshold"]):
                    return row
        in_context = [geometric_mean(whole[np.newaxis], row[np.newaxis])[0] for row in rows[1:]]
        sure = [i for i, row in enumerate(in_context) if row.max() >= self._config["clause_threshold"] and not segments[i]["premise"]]
        if not sure:
            return whole
        chosen = max(sure, key=lambda i: (_importance(self._best(in_context[i])[0], segments[i]["question"]), -i))
        says_the_same = self._best(in_context[chosen])[0] == self._best(whole)[0]
        return whole if says_the_same and whole.max() > in_context[chosen].max() else in_context[chosen]

    def _is_distress(self, row: np.ndarray, threshold: float) -> bool:
        intents = self._model.intents if self._model is not None else []
        return DISTRESS in intents and float(row[intents.index(DISTRESS)]) >= threshold

    def _best(self, row: np.ndarray) -> tuple[str, float]:
        index = int(row.argmax())
        return self._model.intents[index], float(row[index])

    def _ranking(self, row: np.ndarray) -> list[dict[str, Any]]:
        best = np.argsort(-row)[: self._config["ranking_length"]]
        return [_as_intent(self._model.intents[i], float(row[i])) for i in best]


def _as_intent(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}


def _importance(intent: str, is_question: bool) -> int:
    if intent in POLITENESS:
        return 0
    if intent in STATEMENTS:
        return 1
    return 3 if is_question else 2
