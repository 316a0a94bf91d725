"""Finds the matters of the record that a message names: words first (synonyms are curated), meanings second.

Scores go from 0 to 1 and are comparable between messages, so that a caller can refuse a weak one. A message is also searched
clause by clause, and other matters than the best one are returned only when it names them (« état civil et paie »).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.admissions.text import fold
from bot.catalogue.indexes import PhraseIndex, WordIndex
from bot.catalogue.schema import Competence
from bot.catalogue.schema_answers import AbsentTheme, Theme
from bot.catalogue.stemming import stems

# From this score on, the matter is named rather than approached. Chosen on the reworded questions of tests/unit/catalogue.
STRONG = 0.5

_CLAUSES = re.compile(r"\s+(?:et|ou|ainsi que|mais aussi)\s+|[,;:/?.!()]+", re.IGNORECASE)
# A synonym typed word for word proves more than the words it shares, and those more than a neighbouring meaning.
_WEIGHT_OF_PHRASE, _WEIGHT_OF_WORDS, _WEIGHT_OF_MEANING = 0.85, 0.55, 0.45
# When no name is typed, matters of nearly the same score are as likely as the best one.
_AS_LIKELY = 0.85
# « The record does not mention it » needs proof: a name, or one of its questions nearly word for word. A guess is halved.
_SAME_QUESTION, _GUESSED_ABSENCE = 0.7, 0.5
# Sentences that mean nothing alike still have a cosine of about this much.
_COSINE_FLOOR = 0.3


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how near their meanings are."""

    def encode(self, sentences: list[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, dimension)."""


class LexicalEmbedder:
    """A stand-in without a model: hashed character n-grams, so that near spellings are near; knows no synonym."""

    def __init__(self, dimension: int = 1024) -> None:
        self._dimension = dimension

    def encode(self, sentences: list[str]) -> np.ndarray:
        rows = np.zeros((len(sentences), self._dimension), dtype=np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for gram, count in _grams(sentence).items():
                row[int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big") % self._dimension] += math.sqrt(count)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(lengths == 0, 1, lengths)


@dataclass(frozen=True)
class ThemeHit:
    """A matter found in a message; `competences` is empty for one that the record does not name.

    `named` tells a matter that the message calls by one of its names from one that is only near in meaning.
    """

    theme: Theme | AbsentTheme
    competences: tuple[Competence, ...]
    score: float
    named: bool = True

    @property
    def absent(self) -> bool:
        return isinstance(self.theme, AbsentTheme)


class ThemeSearch:
    """An index over the themes, built once for one embedder."""

    def __init__(self, themes: Sequence[Theme | AbsentTheme], competences: Mapping[str, Competence], embedder: Embedder) -> None:
        self._themes = tuple(themes)
        self._competences = competences
        self._embedder = embedder
        self._absent = np.array([isinstance(theme, AbsentTheme) for theme in themes])
        self._words = WordIndex([_searched_text(theme, competences) for theme in themes])
        self._phrases = PhraseIndex([(theme.libelle, *theme.mots) for theme in themes])
        sentences = [(position, text) for position, theme in enumerate(themes) for text in (theme.libelle, *theme.questions)]
        self._owners = np.array([position for position, _ in sentences], dtype=int)
        self._vectors = embedder.encode([text for _, text in sentences])

    def find(self, text: str, limit: int = 3) -> list[ThemeHit]:
        """The matters, best first: the best one, then those that the message also names, or as likely ones when it names none."""
        clauses = [clause for clause in _CLAUSES.split(text) if stems(clause)]
        pieces = [text, *clauses] if len(clauses) > 1 else [text]
        called = np.vstack([self._phrases.scores(piece) for piece in pieces])
        scores = self._scores(pieces, called).max(axis=0)
        order = [int(position) for position in np.argsort(-scores, kind="stable") if scores[position] > 0]
        is_named = called.max(axis=0) > 0
        return [self._hit(position, float(scores[position]), bool(is_named[position])) for position in self._kept(order, scores, is_named)[:limit]]

    def _kept(self, order: list[int], scores: np.ndarray, is_named: np.ndarray) -> list[int]:
        """Without those that chance brings, or that would say again what a better one says."""
        kept: list[int] = []
        for position in order:
            if not kept or (self._deserves_a_mention(position, kept[0], scores, is_named) and self._adds_to(kept, position)):
                kept.append(position)
        return kept

    def _deserves_a_mention(self, position: int, best: int, scores: np.ndarray, is_named: np.ndarray) -> bool:
        if is_named[best]:
            return bool(is_named[position]) and scores[position] >= STRONG
        return not self._absent[best] and not self._absent[position] and scores[position] >= _AS_LIKELY * scores[best]

    def _adds_to(self, kept: list[int], position: int) -> bool:
        theme = self._themes[position]
        said = {identifier for one in kept for identifier in getattr(self._themes[one], "competences", ())}
        return isinstance(theme, AbsentTheme) or theme.competences[0] not in said

    def _scores(self, pieces: list[str], called: np.ndarray) -> np.ndarray:
        """One row per piece, one column per theme: independent signs add up without passing 1."""
        rows = []
        for piece, vector, phrases in zip(pieces, self._embedder.encode(pieces), called, strict=True):
            meaning = self._meaning(vector)
            doubt = (1 - _WEIGHT_OF_PHRASE * phrases) * (1 - _WEIGHT_OF_WORDS * self._words.scores(piece))
            is_guessed = self._absent & (phrases == 0) & (meaning < _SAME_QUESTION)
            rows.append((1 - doubt * (1 - _WEIGHT_OF_MEANING * meaning)) * np.where(is_guessed, _GUESSED_ABSENCE, 1))
        return np.vstack(rows)

    def _meaning(self, vector: np.ndarray) -> np.ndarray:
        nearest = np.zeros(len(self._themes))
        np.maximum.at(nearest, self._owners, self._vectors @ vector)
        return np.clip((nearest - _COSINE_FLOOR) / (1 - _COSINE_FLOOR), 0, 1)

    def _hit(self, position: int, score: float, named: bool) -> ThemeHit:
        theme = self._themes[position]
        attested = theme.competences if isinstance(theme, Theme) else ()
        return ThemeHit(theme, tuple(self._competences[identifier] for identifier in attested), round(score, 4), named)


def _searched_text(theme: Theme | AbsentTheme, competences: Mapping[str, Competence]) -> str:
    attested = [competences[identifier].libelle for identifier in theme.competences] if isinstance(theme, Theme) else []
    return " . ".join([theme.libelle, theme.libelle, *theme.mots, *theme.questions, *attested])


def _grams(sentence: str) -> Counter[str]:
    padded = f" {' '.join(stems(sentence)) or fold(sentence)} "
    return Counter(padded[start : start + size] for size in (3, 4) for start in range(len(padded) - size + 1))
