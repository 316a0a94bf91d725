"""Rasa component: the intent of a message, and of each of its clauses.

Output on the message: `intent`, `intent_ranking` as every Rasa classifier gives them, and `segments`: one
{"text", "name" (of the intent), "confidence", "question"} per clause, so that two questions in one message can both be answered.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Text

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
from bot.nlu.intent_model import IntentModel, train_intent_model
from bot.nlu.intent_storage import load_intent_model, save_intent_model
from bot.nlu.lexicon import Lexicon

SEGMENTS = "segments"
# What a message is about when its clauses say several things: help first, then the question, then the situation,
# and politeness only when there is nothing else.
DISTRESS = "express_distress"
POLITENESS = frozenset({"greet", "thank", "goodbye", "praise", "ask_how_are_you", "affirm", "deny", "out_of_scope"})
STATEMENTS = frozenset({"give_situation", "give_contact", "express_worry", "insult"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(GraphComponent, IntentClassifier):
    """Corrects the words, then multiplies a lexical and a semantic reading (bot/nlu/intent_model.py)."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            # Clauses less sure than this do not decide for the message: the whole text does.
            "clause_threshold": 0.45,
            # One clause this sure of distress is enough, whatever else is said: missing it is the worst mistake.
            "distress_threshold": 0.35,
            # Length of intent_ranking: enough for « vouliez-vous dire » and for reports.
            "ranking_length": 6,
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: Optional[IntentModel] = None
        self._corrector: Optional[WordCorrector] = None

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> "HybridIntentClassifier":
        return cls(config, model_storage, resource)

    @staticmethod
    def required_packages() -> List[Text]:
        return ["sklearn", "spacy"]

    def train(self, training_data: TrainingData) -> Resource:
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
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> "HybridIntentClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model, component._corrector = load_intent_model(Path(folder), shared_encoder())
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        text = str(message.get(TEXT) or "")
        if self._model is None or self._corrector is None or not text.strip():
            message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        clauses = split_clauses(text)
        pieces = [text] + ([clause.text for clause in clauses] if len(clauses) > 1 else [])
        rows = self._model.probabilities([self._corrector.correct(piece) for piece in pieces])
        segments = self._segments(clauses, rows)
        ranking = self._ranking(self._deciding_row(rows, segments))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(SEGMENTS, segments, add_to_output=True)

    def _segments(self, clauses: List[Clause], rows: np.ndarray) -> List[Dict[Text, Any]]:
        clause_rows = rows[1:] if len(clauses) > 1 else rows
        return [{"text": clause.text, "question": clause.question, **_as_intent(*self._best(row))} for clause, row in zip(clauses, clause_rows)]

    def _deciding_row(self, rows: np.ndarray, segments: List[Dict[Text, Any]]) -> np.ndarray:
        """The distribution that speaks for the whole message: the whole text's, or that of its most telling clause."""
        if len(rows) == 1:
            return rows[0]
        whole_intent, whole_confidence = self._best(rows[0])
        distress = self._model.intents.index(DISTRESS) if DISTRESS in self._model.intents else None
        if distress is not None and rows[:, distress].max() >= self._config["distress_threshold"]:
            return rows[int(rows[:, distress].argmax())]
        sure = [i for i, segment in enumerate(segments, 1) if segment["confidence"] >= self._config["clause_threshold"]]
        if not sure:
            return rows[0]
        rank = [_importance(segments[i - 1]) for i in sure]
        first = sure[rank.index(max(rank))]
        segment = segments[first - 1]
        if segment[INTENT_NAME_KEY] == whole_intent and whole_confidence > segment["confidence"]:
            return rows[0]
        return rows[first]

    def _best(self, row: np.ndarray) -> tuple[str, float]:
        index = int(row.argmax())
        return self._model.intents[index], float(row[index])

    def _ranking(self, row: np.ndarray) -> List[Dict[Text, Any]]:
        best = np.argsort(-row)[: self._config["ranking_length"]]
        return [_as_intent(self._model.intents[i], float(row[i])) for i in best]


def _as_intent(name: str, confidence: float) -> Dict[Text, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}


def _importance(segment: Dict[Text, Any]) -> int:
    if segment[INTENT_NAME_KEY] in POLITENESS:
        return 0
    if segment[INTENT_NAME_KEY] in STATEMENTS:
        return 1
    return 3 if segment["question"] else 2
