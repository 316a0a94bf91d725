"""Learns the intent model from corrected phrases. Only `bot train` comes here: serving needs none of these libraries.

The weight of each vote is fitted on held-out phrases, by the log loss of their product: who deserves more trust depends
on the data, and the same weights make the confidence mean what it says.
"""

from __future__ import annotations

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
from bot.nlu.intent_model import IntentModel, Weights, centre, softmax
from bot.nlu.lexical_features import LONGEST_PIECE, SHORTEST_PIECE, WORD

# Embeddings of length 1 want weak regularisation, the weaker the more examples an intent has: best on held-out phrases
# at 4 for 30 examples (MASSIVE-fr), at 8 to 30 for 86 (this assistant).
REGRESSION_C_PER_EXAMPLE = 1 / 8
FOLDS = 4
ENOUGH_HELD_OUT = 2_000  # phrases: three numbers are fitted on them, more folds would only lengthen the training
# Held-out phrases are harder than what people write (no two are alike, and the readers scoring them learned three quarters of the
# rest): votes fitted on them are too low by about this much, as the calibration error on tests/nlu says (docs/measures.md).
NEARER_THAN_HELD_OUT = 1.15
SEED = 41406
_MOST_VOTE = 20.0
_FLOOR = 1e-9


def train_intent_model(texts: list[str], intents: list[str], embedder: Embedder | None) -> IntentModel:
    """Learns from corrected phrases and their intents. The same phrases in the same order give the same model."""
    embeddings = embedder.encode(texts) if embedder is not None else None
    labels = np.array(intents)
    weights = fit_weights(texts, labels, embeddings)
    folds = min(FOLDS, int(np.unique(labels, return_counts=True)[1].min()))
    if folds >= 2:
        _fit_votes(weights, texts, labels, embeddings, folds)
    return IntentModel(weights, embedder)


def fit_weights(texts: list[str], labels: np.ndarray, embeddings: np.ndarray | None) -> Weights:
    """Both readers, their votes left at their defaults."""
    plain = [strip_accents(text) for text in texts]
    characters, words = character_vectorizer(), word_vectorizer()
    features = _stack(characters.fit_transform(plain), words.fit_transform(plain))
    svm = LinearSVC(C=1.0, random_state=SEED).fit(features, labels)
    names = [str(name) for name in svm.classes_]
    mean = coefficients = intercepts = None
    if embeddings is not None:
        mean = embeddings.mean(axis=0)
        strength = REGRESSION_C_PER_EXAMPLE * len(texts) / len(names)
        regression = LogisticRegression(C=strength, max_iter=400, random_state=SEED).fit(centre(embeddings, mean), labels)
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
        readers = IntentModel(fit_weights([texts[i] for i in learn], labels[learn], part), embedder=None)
        margins.append(readers.margins([texts[i] for i in score]))
        logits += [] if embeddings is None else [readers.logits(embeddings[score])]
        truth.append(np.searchsorted(weights.intents, labels[score]))
        if sum(map(len, truth)) >= ENOUGH_HELD_OUT:
            break
    scored, true = np.vstack(margins), np.concatenate(truth)
    (weights.lone_lexical_vote,) = _served(_best_votes([scored], true))
    if logits:
        weights.lexical_vote, weights.semantic_vote = _served(_best_votes([scored, np.vstack(logits)], true))


def _served(votes: list[float]) -> list[float]:
    return [NEARER_THAN_HELD_OUT * vote for vote in votes]


def _best_votes(readings: list[np.ndarray], truth: np.ndarray) -> list[float]:
    """One factor per reading, so that the softmax of their sum has the least log loss: a convex problem, solved exactly."""
    scores = np.stack(readings, axis=-1).astype(np.float64)  # (phrases, intents, readings)
    rows = np.arange(len(truth))

    def loss(votes: np.ndarray) -> tuple[float, np.ndarray]:
        probabilities = softmax(scores @ votes)
        gradient = np.einsum("ni,nir->nr", probabilities, scores) - scores[rows, truth]
        return float(-np.log(probabilities[rows, truth] + _FLOOR).mean()), gradient.mean(axis=0)

    best = minimize(loss, np.ones(len(readings)), jac=True, bounds=[(0.0, _MOST_VOTE)] * len(readings))
    return [float(vote) for vote in best.x]


def character_vectorizer() -> TfidfVectorizer:
    """What is learned from pieces of words; read again by bot/nlu/lexical_features.py, without scikit-learn."""
    return _vectorizer(analyzer="char_wb", ngram_range=(SHORTEST_PIECE, LONGEST_PIECE))


def word_vectorizer() -> TfidfVectorizer:
    """What is learned from words and pairs of words."""
    return _vectorizer(ngram_range=(1, 2), token_pattern=WORD)


def _vectorizer(**analysis: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, dtype=np.float32, **analysis)


def _plain_vocabulary(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {term: int(index) for term, index in vectorizer.vocabulary_.items()}


def _stack(left: csr_matrix, right: csr_matrix) -> csr_matrix:
    return hstack([left, right]).tocsr()
