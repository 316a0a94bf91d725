"""A text as the lexical reader sees it: pieces of words, words and pairs of words, weighted by tf-idf.

The same numbers as scikit-learn's TfidfVectorizer gives (analyzer char_wb, sublinear, length 1) for one short text, in a
tenth of the time and without importing it; a test compares both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

SHORTEST_PIECE, LONGEST_PIECE = 2, 5
WORD = r"(?u)\w+"
_WORD = re.compile(WORD)


class LexicalFeatures:
    """Finds the columns of a text; those of words follow those of pieces."""

    def __init__(self, pieces: Mapping[str, int], piece_idf: np.ndarray, words: Mapping[str, int], word_idf: np.ndarray) -> None:
        self._pieces, self._piece_idf = pieces, piece_idf
        self._words, self._word_idf = words, word_idf

    def of(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns and their values in a text without accents; what was never seen in training has no column."""
        piece_places, piece_values = _weigh(_pieces_of(text), self._pieces, self._piece_idf)
        word_places, word_values = _weigh(_words_of(text), self._words, self._word_idf)
        return np.concatenate([piece_places, word_places + len(self._piece_idf)]), np.concatenate([piece_values, word_values])


def _weigh(terms: Iterable[str], vocabulary: Mapping[str, int], idf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    counts: dict[int, int] = {}
    for term in terms:
        place = vocabulary.get(term)
        if place is not None:
            counts[place] = counts.get(place, 0) + 1
    places = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * idf[places]
    length = np.sqrt(values @ values)
    return places, values / length if length else values


def _pieces_of(text: str) -> Iterator[str]:
    """Runs of letters inside each word with a space around it; a word shorter than a run counts once, whole."""
    for word in text.split():
        padded = f" {word} "
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            if size >= len(padded):
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _words_of(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    yield from words
    for left, right in itertools.pairwise(words):
        yield f"{left} {right}"
