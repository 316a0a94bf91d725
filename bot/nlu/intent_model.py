"""The intent model: what is learned, without Rasa.

Two readers vote: a linear SVM on characters and words (what is written) and a logistic regression on sentence
embeddings (what is meant). Their probabilities are multiplied, then a temperature fitted on held-out phrases makes the
confidence mean what it says. Measured against DIET: docs/architecture.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.correction import strip_accents
from bot.nlu.embedder import Embedder

SVM_TEMPERATURE = 0.25  # turns margins into a distribution as peaked as the regression's; best of .1 to 1 on held-out phrases
REGRESSION_C = 30.0  # embeddings of length 1 want weak regularisation
FOLDS = 4
SEED = 41406
_TEMPERATURES = np.geomspace(0.3, 4.0, 40)
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
    temperature: float


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
        return _soften(self._joint(texts), self.weights.temperature)

    def _joint(self, texts: list[str]) -> np.ndarray:
        plain = [strip_accents(text) for text in texts]
        split = self.weights.char_idf.shape[0]
        margins = (self._characters.transform(plain) @ self.weights.svm_coefficients[:split]
                   + self._words.transform(plain) @ self.weights.svm_coefficients[split:] + self.weights.svm_intercepts)
        lexical = _softmax(margins / SVM_TEMPERATURE)
        if self._embedder is None or self.weights.mean_embedding is None:
            return lexical
        embedded = _centre(self._embedder.encode(texts), self.weights.mean_embedding)
        semantic = _softmax(embedded @ self.weights.regression_coefficients + self.weights.regression_intercepts)
        return geometric_mean(lexical, semantic)


def train_intent_model(texts: list[str], intents: list[str], embedder: Embedder | None) -> IntentModel:
    """Learns from corrected phrases and their intents; the temperature comes from phrases held out in turn."""
    embeddings = embedder.encode(texts) if embedder is not None else None
    labels = np.array(intents)
    temperature = _fit_temperature(texts, labels, embeddings)
    weights = _fit(texts, labels, embeddings)
    weights.temperature = temperature
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
        regression = LogisticRegression(C=REGRESSION_C, max_iter=400, random_state=SEED).fit(_centre(embeddings, mean), labels)
        coefficients = np.ascontiguousarray(regression.coef_.T, dtype=np.float32)
        intercepts = regression.intercept_.astype(np.float32)
    return Weights(names, _plain_vocabulary(characters), characters.idf_, _plain_vocabulary(words), words.idf_,
                   np.ascontiguousarray(svm.coef_.T, dtype=np.float32), svm.intercept_.astype(np.float32),
                   mean, coefficients, intercepts, temperature=1.0)


def _fit_temperature(texts: list[str], labels: np.ndarray, embeddings: np.ndarray | None) -> float:
    """The temperature with the least log loss on phrases that the model scoring them has not seen."""
    held_out, truth = [], []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for learn, score in folds.split(texts, labels):
        part = None if embeddings is None else embeddings[learn]
        model = IntentModel(_fit([texts[i] for i in learn], labels[learn], part), _Precomputed(embeddings, texts))
        held_out.append(model._joint([texts[i] for i in score]))
        truth.append(np.searchsorted(model.intents, labels[score]))
    joint, truth_index = np.vstack(held_out), np.concatenate(truth)
    rows = np.arange(len(truth_index))
    losses = [-np.log(_soften(joint, t)[rows, truth_index] + _FLOOR).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


class _Precomputed:
    """Embeddings already known, so that held-out scoring encodes nothing twice."""

    def __init__(self, embeddings: np.ndarray | None, texts: list[str]) -> None:
        self._rows = {} if embeddings is None else dict(zip(texts, embeddings))

    def encode(self, sentences: list[str]) -> np.ndarray:
        return np.stack([self._rows[sentence] for sentence in sentences])


def _character_vectorizer(vocabulary: dict[str, int] | None = None, idf: np.ndarray | None = None) -> TfidfVectorizer:
    return _with_idf(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=False, vocabulary=vocabulary, dtype=np.float32), idf)


def _word_vectorizer(vocabulary: dict[str, int] | None = None, idf: np.ndarray | None = None) -> TfidfVectorizer:
    return _with_idf(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, lowercase=False, token_pattern=r"(?u)\w+", vocabulary=vocabulary, dtype=np.float32), idf)


def _with_idf(vectorizer: TfidfVectorizer, idf: np.ndarray | None) -> TfidfVectorizer:
    if idf is not None:
        vectorizer.idf_ = idf
    return vectorizer


def _plain_vocabulary(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {term: int(index) for term, index in vectorizer.vocabulary_.items()}


def _stack(left: "np.ndarray", right: "np.ndarray") -> "np.ndarray":
    from scipy.sparse import hstack

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


def _soften(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    return _softmax(np.log(np.maximum(probabilities, _FLOOR)) / temperature)
