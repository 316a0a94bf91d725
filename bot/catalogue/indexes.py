"""The two lexical indexes of the search: weighted words, and curated names found word for word."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import numpy as np

from bot.catalogue.stemming import meaningful_words, stem, stems

_K1, _B = 1.2, 0.4
# What a name proves when it is lost in a long sentence; it proves everything when it is the whole message.
_PHRASE_ALONE = 0.6
_MENDED_MIN_LETTERS, _NEAR_SPELLING = 4, 0.8
_GLUED_ARTICLES = frozenset("ld")  # « lurbanisme », « durbanisme »: typed without the apostrophe


class WordIndex:
    """BM25 on stems, divided by what a document holding every word of the query would get."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(stems(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        self._penalty = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1))
        self._frequencies: dict[str, np.ndarray] = {}
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
        """The word of the index that an unknown one abbreviates (« urba »), misspells (« budjet ») or glues (« lurbanisme »); itself otherwise."""
        if word in self._frequencies or len(word) < _MENDED_MIN_LETTERS:
            return word
        if word[0] in _GLUED_ARTICLES and word[1:] in self._frequencies:
            return word[1:]
        longer = [known for known in self._frequencies if known.startswith(word)]
        same_start = [known for known in self._frequencies if known[0] == word[0]]
        return min(longer, key=len) if longer else next(iter(get_close_matches(word, same_start, 1, _NEAR_SPELLING)), word)

    def _weight(self, owners: int) -> float:
        return math.log(1 + (self._size - owners + 0.5) / (owners + 0.5))


class PhraseIndex:
    """Curated names found word for word in the message; one shared by several themes proves less for each."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self._owners: dict[tuple[str, ...], list[int]] = {}
        for position, group in enumerate(phrases):
            for key in {_key(meaningful_words(phrase, keep_frame=True)) for phrase in group} - {()}:
                self._owners.setdefault(key, []).append(position)
        self._vocabulary = {word for group in phrases for phrase in group for word in meaningful_words(phrase, keep_frame=True)}
        self._longest = max(map(len, self._owners), default=0)
        self._size = len(phrases)

    def scores(self, text: str) -> np.ndarray:
        """What the names found prove for each theme; several names of one theme add up."""
        doubt, meaningful = np.ones(self._size), max(1, len(stems(text)))
        for start, end, owners in self._found(text):
            proof = (_PHRASE_ALONE + (1 - _PHRASE_ALONE) * min(1, (end - start) / meaningful)) / math.sqrt(len(owners))
            doubt[owners] *= 1 - proof
        return 1 - doubt

    def _found(self, text: str) -> list[tuple[int, int, list[int]]]:
        """Where each name stands (first word, word after the last), without those inside a longer one: « droit » in « droit pénal »."""
        words = [self._unglued(word) for word in meaningful_words(text, keep_frame=True)]
        spans = [(start, end) for start in range(len(words)) for end in range(start + 1, min(len(words), start + self._longest) + 1)]
        known = {span: owners for span in spans if (owners := self._owners.get(_key(words[span[0] : span[1]])))}
        return [(start, end, owners) for (start, end), owners in known.items() if not _is_inside_another(start, end, known)]

    def _unglued(self, word: str) -> str:
        is_glued = word not in self._vocabulary and word[0] in _GLUED_ARTICLES and word[1:] in self._vocabulary
        return word[1:] if is_glued else word


def _key(words: Sequence[str]) -> tuple[str, ...]:
    """What two forms of a name share: their roots, or for a single word all but its plural and feminine (« table » is no « tableur »)."""
    return tuple(map(stem, words)) if len(words) > 1 else tuple(re.sub(r"(?<=..)e?[sx]?$", "", word) for word in words)


def _is_inside_another(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last and (first, last) != (start, end) for first, last in spans)
