"""The intent model: what is learned, as plain arrays, and how it reads a text. Without Rasa and without scikit-learn.

Two readers vote: a linear SVM on characters and words (what is written) and a logistic regression on sentence
embeddings (what is meant). How they are learned: bot/nlu/intent_training.py. Measured against DIET: docs/measures.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.nlu.correction import strip_accents
from bot.nlu.embedder import Embedder
from bot.nlu.lexical_features import LexicalFeatures

# Votes when there are too few phrases to hold any out.
DEFAULT_LEXICAL_VOTE, DEFAULT_SEMANTIC_VOTE = 3.0, 1.0
_FLOOR = 1e-9


@dataclass
class Weights:
    """Everything learned, as arrays and plain values: saved without pickle."""

    intents: list[str]
    char_vocabulary: dict[str, int]
    char_idf: np.ndarray
    word_vocabulary: dict[str, int]
    word_idf: np.ndarray
    svm_coefficients: np.ndarray  # (features, intents), float32
    svm_intercepts: np.ndarray
    mean_embedding: np.ndarray | None  # None: trained without the encoder
    regression_coefficients: np.ndarray | None  # (dimension, intents), float32
    regression_intercepts: np.ndarray | None
    lexical_vote: float = DEFAULT_LEXICAL_VOTE
    semantic_vote: float = DEFAULT_SEMANTIC_VOTE
    lone_lexical_vote: float = DEFAULT_LEXICAL_VOTE  # when the encoder is missing


class IntentModel:
    """Gives a probability to each intent for corrected, lower-cased text."""

    def __init__(self, weights: Weights, embedder: Embedder | None) -> None:
        self.weights = weights
        self._embedder = embedder if weights.mean_embedding is not None else None
        self._features = LexicalFeatures(weights.char_vocabulary, weights.char_idf, weights.word_vocabulary, weights.word_idf)

    @property
    def intents(self) -> list[str]:
        return self.weights.intents

    def probabilities(self, texts: list[str]) -> np.ndarray:
        """Shape (number of texts, number of intents); rows add up to 1."""
        margins = self.margins(texts)
        if self._embedder is None:
            return softmax(self.weights.lone_lexical_vote * margins)
        logits = self.logits(self._embedder.encode(texts))
        return softmax(self.weights.lexical_vote * margins + self.weights.semantic_vote * logits)

    def margins(self, texts: list[str]) -> np.ndarray:
        """The lexical reader: distances from the SVM's planes, shape (number of texts, number of intents)."""
        return np.array([self._margins_of(strip_accents(text)) for text in texts]).reshape(len(texts), len(self.intents))

    def logits(self, embeddings: np.ndarray) -> np.ndarray:
        """The semantic reader: the regression's log odds, same shape."""
        return centre(embeddings, self.weights.mean_embedding) @ self.weights.regression_coefficients + self.weights.regression_intercepts

    def _margins_of(self, plain: str) -> np.ndarray:
        places, values = self._features.of(plain)
        # Only the few hundred rows of the text are read and widened, never the whole matrix.
        return values @ self.weights.svm_coefficients[places].astype(np.float64) + self.weights.svm_intercepts


def centre(embeddings: np.ndarray, mean: np.ndarray | None) -> np.ndarray:
    """Rows of length 1 around the mean of the training phrases."""
    centred = embeddings - mean
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), _FLOOR)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row as probabilities that add up to 1."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def geometric_mean(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Two readings of the same texts as one: shape (texts, intents), rows adding up to 1."""
    product = np.sqrt(np.maximum(left, _FLOOR) * np.maximum(right, _FLOOR))
    return product / product.sum(axis=1, keepdims=True)
