"""Finds the matters of the record that a message names: words first (synonyms are curated), meanings second.

Scores go from 0 to 1 and are comparable between messages, so that a caller can refuse a weak one. A message that names several
matters (« état civil et paie ») is also searched clause by clause.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Dict, List, Mapping, Protocol, Sequence, Tuple, Union

import numpy as np

from bot.admissions.text import fold
from bot.catalogue.schema import Competence
from bot.catalogue.schema_answers import AbsentTheme, Theme
from bot.catalogue.stemming import stems

# From this score on, the matter is named rather than approached. Chosen on the reworded questions of tests/unit/catalogue.
STRONG = 0.5

_CLAUSES = re.compile(r"\s+(?:et|ou|ainsi que|mais aussi)\s+|[,;/?.!]+", re.IGNORECASE)
# A synonym typed word for word proves more than the words it shares, and those more than a neighbouring meaning.
_WEIGHT_OF_PHRASE, _WEIGHT_OF_WORDS, _WEIGHT_OF_MEANING = 0.85, 0.55, 0.45
# A hit under this share of the best one says more about chance than about the message.
_MUCH_WEAKER = 0.35
# Sentences that mean nothing alike still have a cosine of about this much.
_COSINE_FLOOR = 0.3
_K1, _B = 1.2, 0.4
# What a synonym proves when it is lost in a long sentence; it proves everything when it is the whole message.
_PHRASE_ALONE = 0.6
_MENDED_MIN_LETTERS, _NEAR_SPELLING = 4, 0.8


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how near their meanings are."""

    def encode(self, sentences: List[str]) -> np.ndarray:
        """Rows of length 1, shape (number of sentences, dimension)."""


class LexicalEmbedder:
    """A stand-in without a model: hashed character n-grams, so that near spellings are near; knows no synonym."""

    def __init__(self, dimension: int = 1024) -> None:
        self._dimension = dimension

    def encode(self, sentences: List[str]) -> np.ndarray:
        rows = np.zeros((len(sentences), self._dimension), dtype=np.float32)
        for row, sentence in zip(rows, sentences):
            for gram, count in _grams(sentence).items():
                row[int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big") % self._dimension] += math.sqrt(count)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(lengths == 0, 1, lengths)


@dataclass(frozen=True)
class ThemeHit:
    """A matter found in a message; `competences` is empty for one that the record does not name."""

    theme: Union[Theme, AbsentTheme]
    competences: Tuple[Competence, ...]
    score: float

    @property
    def absent(self) -> bool:
        return isinstance(self.theme, AbsentTheme)


class ThemeSearch:
    """An index over the themes, built once for one embedder."""

    def __init__(self, themes: Sequence[Union[Theme, AbsentTheme]], competences: Mapping[str, Competence], embedder: Embedder) -> None:
        self._themes = tuple(themes)
        self._competences = competences
        self._embedder = embedder
        self._words = _WordIndex([_searched_text(theme, competences) for theme in themes])
        self._phrases = _PhraseIndex([(theme.libelle, *theme.mots) for theme in themes])
        sentences = [(position, text) for position, theme in enumerate(themes) for text in (theme.libelle, *theme.questions)]
        self._owners = np.array([position for position, _ in sentences], dtype=int)
        self._vectors = embedder.encode([text for _, text in sentences])

    def find(self, text: str, limit: int = 3) -> List[ThemeHit]:
        """The best matters, best first, without those much weaker than the best.

        When several clauses name each their matter, those matters are the answer, in the order of the message.
        """
        clauses = [clause for clause in _CLAUSES.split(text) if stems(clause)]
        scores = self._scores([text, *clauses] if len(clauses) > 1 else [text])
        best = scores.max(axis=0)
        named = list(dict.fromkeys(int(row.argmax()) for row in scores[1:] if row.max() >= STRONG))
        if len(named) < 2:
            near = np.flatnonzero(best > best.max(initial=0) * _MUCH_WEAKER)
            named = sorted((int(position) for position in near), key=lambda position: -best[position])
        return [self._hit(position, float(best[position])) for position in named[:limit]]

    def _scores(self, pieces: List[str]) -> np.ndarray:
        """One row per piece, one column per theme: independent signs add up without passing 1."""
        vectors = self._embedder.encode(pieces)
        rows = []
        for piece, vector in zip(pieces, vectors):
            doubt = (1 - _WEIGHT_OF_PHRASE * self._phrases.scores(piece)) * (1 - _WEIGHT_OF_WORDS * self._words.scores(piece))
            rows.append(1 - doubt * (1 - _WEIGHT_OF_MEANING * self._meaning(vector)))
        return np.vstack(rows)

    def _meaning(self, vector: np.ndarray) -> np.ndarray:
        nearest = np.zeros(len(self._themes))
        np.maximum.at(nearest, self._owners, self._vectors @ vector)
        return np.clip((nearest - _COSINE_FLOOR) / (1 - _COSINE_FLOOR), 0, 1)

    def _hit(self, position: int, score: float) -> ThemeHit:
        theme = self._themes[position]
        attested = theme.competences if isinstance(theme, Theme) else ()
        return ThemeHit(theme, tuple(self._competences[identifier] for identifier in attested), round(score, 4))


class _WordIndex:
    """BM25 on stems, divided by what a document holding every word of the query would get."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(stems(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        self._penalty = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1))
        self._frequencies: Dict[str, np.ndarray] = {}
        for position, count in enumerate(counts):
            for word, number in count.items():
                self._frequencies.setdefault(word, np.zeros(len(texts)))[position] = number
        self._size = len(texts)

    def scores(self, text: str) -> np.ndarray:
        total, got = 0.0, np.zeros(self._size)
        for word in {self._known(word) for word in stems(text)}:
            frequency = self._frequencies.get(word)
            weight = self._weight(0 if frequency is None else int((frequency > 0).sum()))
            total += weight
            if frequency is not None:
                got += weight * np.minimum(1, frequency * (_K1 + 1) / (frequency + self._penalty))
        return got / total if total else got

    def _known(self, word: str) -> str:
        """The word of the index that an unknown one abbreviates (« urba ») or misspells (« budjet »); itself otherwise."""
        if word in self._frequencies or len(word) < _MENDED_MIN_LETTERS:
            return word
        longer = [known for known in self._frequencies if known.startswith(word)]
        same_start = [known for known in self._frequencies if known[0] == word[0]]
        return min(longer, key=len) if longer else next(iter(get_close_matches(word, same_start, 1, _NEAR_SPELLING)), word)

    def _weight(self, owners: int) -> float:
        return math.log(1 + (self._size - owners + 0.5) / (owners + 0.5))


class _PhraseIndex:
    """Curated synonyms found word for word in the message; one shared by several themes proves less for each."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self._owners: Dict[Tuple[str, ...], List[int]] = {}
        for position, group in enumerate(phrases):
            for key in {tuple(stems(phrase, keep_frame=True)) for phrase in group} - {()}:
                self._owners.setdefault(key, []).append(position)
        self._longest = max(map(len, self._owners), default=0)
        self._size = len(phrases)

    def scores(self, text: str) -> np.ndarray:
        words, best = stems(text, keep_frame=True), np.zeros(self._size)
        meaningful = max(1, len(stems(text)))
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self._longest) + 1):
                owners = self._owners.get(tuple(words[start:end]), [])
                share = min(1, (end - start) / meaningful)
                for position in owners:
                    best[position] = max(best[position], (_PHRASE_ALONE + (1 - _PHRASE_ALONE) * share) / math.sqrt(len(owners)))
        return best


def _searched_text(theme: Union[Theme, AbsentTheme], competences: Mapping[str, Competence]) -> str:
    attested = [competences[identifier].libelle for identifier in theme.competences] if isinstance(theme, Theme) else []
    return " . ".join([theme.libelle, theme.libelle, *theme.mots, *theme.questions, *attested])


def _grams(sentence: str) -> Counter[str]:
    padded = f" {' '.join(stems(sentence)) or fold(sentence)} "
    return Counter(padded[start : start + size] for size in (3, 4) for start in range(len(padded) - size + 1))
