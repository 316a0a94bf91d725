"""The intent model: what is learned, without Rasa.

Two readers vote: a linear SVM on characters and words (what is written) and a logistic regression on sentence
embeddings (what is meant). The weight of each vote is fitted on held-out phrases, by the log loss of their product: who
deserves more trust depends on the data, and the same weights make the confidence mean what it says. Measured against
DIET: docs/measures.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.correction import strip_accents
from bot.nlu.embedder import Embedder

# Embeddings of length 1 want weak regularisation, the weaker the more examples an intent has: best on held-out phrases
# at 4 for 30 examples (MASSIVE-fr), at 8 to 30 for 86 (this assistant).
REGRESSION_C_PER_EXAMPLE = 1 / 8
FOLDS = 4
ENOUGH_HELD_OUT = 2_000  # phrases: three numbers are fitted on them, more folds would only lengthen the training
SEED = 41406
# Votes when there are too few phrases to hold any out.
DEFAULT_LEXICAL_VOTE, DEFAULT_SEMANTIC_VOTE = 3.0, 1.0
_MOST_VOTE = 20.0
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
        self._characters = _character_vectorizer(weights.char_vocabulary, weights.char_idf)
        self._words = _word_vectorizer(weights.word_vocabulary, weights.word_idf)

    @property
    def intents(self) -> list[str]:
        return self.weights.intents

    def probabilities(self, texts: list[str]) -> np.ndarray:
        """Shape (number of texts, number of intents); rows add up to 1."""
        margins = self._margins(texts)
        if self._embedder is None:
            return _softmax(self.weights.lone_lexical_vote * margins)
        logits = self._logits(self._embedder.encode(texts))
        return _softmax(self.weights.lexical_vote * margins + self.weights.semantic_vote * logits)

    def _margins(self, texts: list[str]) -> np.ndarray:
        """The lexical reader: distances from the SVM's planes."""
        plain = [strip_accents(text) for text in texts]
        split = self.weights.char_idf.shape[0]
        return (self._characters.transform(plain) @ self.weights.svm_coefficients[:split]
                + self._words.transform(plain) @ self.weights.svm_coefficients[split:] + self.weights.svm_intercepts)

    def _logits(self, embeddings: np.ndarray) -> np.ndarray:
        """The semantic reader: the regression's log odds."""
        return _centre(embeddings, self.weights.mean_embedding) @ self.weights.regression_coefficients + self.weights.regression_intercepts


def train_intent_model(texts: list[str], intents: list[str], embedder: Embedder | None) -> IntentModel:
    """Learns from corrected phrases and their intents. The same phrases in the same order give the same model."""
    embeddings = embedder.encode(texts) if embedder is not None else None
    labels = np.array(intents)
    weights = _fit(texts, labels, embeddings)
    folds = min(FOLDS, int(np.unique(labels, return_counts=True)[1].min()))
    if folds >= 2:
        _fit_votes(weights, texts, labels, embeddings, folds)
    return IntentModel(weights, embedder)


def _fit(texts: list[str], labels: np.ndarray, embeddings: np.ndarray | None) -> Weights:
    plain = [strip_accents(text) for text in texts]
    characters, words = _character_vectorizer(), _word_vectorizer()
    features = _stack(characters.fit_transform(plain), words.fit_transform(plain))
    svm = LinearSVC(C=1.0, random_state=SEED).fit(features, labels)
    names = [str(name) for name in svm.classes_]
    mean = coefficients = intercepts = None
    if embeddings is not None:
        mean = embeddings.mean(axis=0)
        strength = REGRESSION_C_PER_EXAMPLE * len(texts) / len(names)
        regression = LogisticRegression(C=strength, max_iter=400, random_state=SEED).fit(_centre(embeddings, mean), labels)
        coefficients, intercepts = _columns(regression)
    return Weights(names, _plain_vocabulary(characters), characters.idf_, _plain_vocabulary(words), words.idf_, *_columns(svm),
                   mean, coefficients, intercepts)


def _columns(fitted: LinearSVC | LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and intercepts with one column per intent; of two intents the libraries give the second only."""
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.concatenate([-intercepts, intercepts])
    return np.ascontiguousarray(coefficients.T, dtype=np.float32), intercepts.astype(np.float32)


def _fit_votes(weights: Weights, texts: list[str], labels: np.ndarray, embeddings: np.ndarray | None, folds: int) -> None:
    """Sets the votes to those with the least log loss on phrases that the readers scoring them have not seen."""
    margins, logits, truth = [], [], []
    for learn, score in StratifiedKFold(folds, shuffle=True, random_state=SEED).split(texts, labels):
        part = None if embeddings is None else embeddings[learn]
        readers = IntentModel(_fit([texts[i] for i in learn], labels[learn], part), embedder=None)
        margins.append(readers._margins([texts[i] for i in score]))
        logits += [] if embeddings is None else [readers._logits(embeddings[score])]
        truth.append(np.searchsorted(weights.intents, labels[score]))
        if sum(map(len, truth)) >= ENOUGH_HELD_OUT:
            break
    scored, true = np.vstack(margins), np.concatenate(truth)
    (weights.lone_lexical_vote,) = _best_votes([scored], true)
    if logits:
        weights.lexical_vote, weights.semantic_vote = _best_votes([scored, np.vstack(logits)], true)


def _best_votes(readings: list[np.ndarray], truth: np.ndarray) -> list[float]:
    """One factor per reading, so that the softmax of their sum has the least log loss: a convex problem, solved exactly."""
    scores = np.stack(readings, axis=-1).astype(np.float64)  # (phrases, intents, readings)
    rows = np.arange(len(truth))

    def loss(votes: np.ndarray) -> tuple[float, np.ndarray]:
        probabilities = _softmax(scores @ votes)
        gradient = np.einsum("ni,nir->nr", probabilities, scores) - scores[rows, truth]
        return float(-np.log(probabilities[rows, truth] + _FLOOR).mean()), gradient.mean(axis=0)

    best = minimize(loss, np.ones(len(readings)), jac=True, bounds=[(0.0, _MOST_VOTE)] * len(readings))
    return [float(vote) for vote in best.x]


def _character_vectorizer(vocabulary: dict[str, int] | None = None, idf: np.ndarray | None = None) -> TfidfVectorizer:
    return _vectorizer(vocabulary, idf, analyzer="char_wb", ngram_range=(2, 5))


def _word_vectorizer(vocabulary: dict[str, int] | None = None, idf: np.ndarray | None = None) -> TfidfVectorizer:
    return _vectorizer(vocabulary, idf, ngram_range=(1, 2), token_pattern=r"(?u)\w+")


def _vectorizer(vocabulary: dict[str, int] | None, idf: np.ndarray | None, **analysis: Any) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(sublinear_tf=True, lowercase=False, vocabulary=vocabulary, dtype=np.float32, **analysis)
    if idf is not None:
        vectorizer.idf_ = idf
    return vectorizer


def _plain_vocabulary(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {term: int(index) for term, index in vectorizer.vocabulary_.items()}


def _stack(left: csr_matrix, right: csr_matrix) -> csr_matrix:
    return hstack([left, right]).tocsr()


def _centre(embeddings: np.ndarray, mean: np.ndarray) -> np.ndarray:
    centred = embeddings - mean
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), _FLOOR)


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def geometric_mean(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Two readings of the same texts as one: shape (texts, intents), rows adding up to 1."""
    product = np.sqrt(np.maximum(left, _FLOOR) * np.maximum(right, _FLOOR))
    return product / product.sum(axis=1, keepdims=True)
