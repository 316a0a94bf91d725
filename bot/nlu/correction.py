"""Writes a message the way the training phrases are written: abbreviations spelled out, unknown words corrected.

Only for classification and search. Facts (diplomas, names, durations) are read from what the person really typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Iterable

from bot.nlu.abbreviations import ABBREVIATIONS
from bot.nlu.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+(?:\+\d)?", re.UNICODE)
_TYPED_WORD = re.compile(_WORD.pattern + r"(?![^\W_]|')", re.UNICODE)  # « c » is « c'est », but not in « c'est »
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")  # « ouiiiii », « slttt »
_PUNCTUATION_RUN = re.compile(r"([!?.])\1+")
_LONG_WORD = 7  # from this length two slips of the finger still leave a word recognisable
MAX_WORD = 30  # longer runs of letters are no words: comparing them would cost time for nothing


def strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


class WordCorrector:
    """Corrects against the words of the training phrases, sparing every word of French."""

    def __init__(self, vocabulary: Iterable[str], lexicon: Lexicon) -> None:
        """`vocabulary`: lower-cased words of the training phrases, the most frequent first."""
        self.vocabulary = list(vocabulary)
        self._lexicon = lexicon
        self._known = frozenset(self.vocabulary)
        self._by_plain: dict[str, str] = {}
        for word in self.vocabulary:
            self._by_plain.setdefault(strip_accents(word), word)
        self._by_length: dict[int, list[str]] = {}
        for plain in self._by_plain:
            self._by_length.setdefault(len(plain), []).append(plain)
        self._cache: dict[str, str] = {}

    @classmethod
    def from_phrases(cls, phrases: Iterable[str], lexicon: Lexicon) -> "WordCorrector":
        """Learns words seen at least twice, and words of the lexicon seen once: a training typo is no model of spelling."""
        counts = Counter(word for phrase in phrases for word in split_words(phrase))
        known = [word for word, count in counts.most_common() if word in lexicon or (count >= 3 and word not in ABBREVIATIONS)]
        return cls(known, lexicon)

    def correct(self, text: str) -> str:
        """The same message, lower-cased, with abbreviations spelled out and unknown words replaced by the nearest known one."""
        lowered = _PUNCTUATION_RUN.sub(r"\1", text.replace("’", "'").lower())
        return _TYPED_WORD.sub(lambda match: self._correct_word(match.group()), lowered)

    def _correct_word(self, word: str) -> str:
        cached = self._cache.get(word)
        if cached is None:
            cached = self._find(word)
            if len(self._cache) < 20_000:
                self._cache[word] = cached
        return cached

    def _find(self, word: str) -> str:
        if word in ABBREVIATIONS:
            return ABBREVIATIONS[word]
        if word in self._known:
            return word
        plain = strip_accents(word)
        if plain in self._by_plain:
            return self._by_plain[plain]
        squeezed = _STRETCHED.sub(r"\1", word)
        if squeezed != word:
            return self._correct_word(squeezed)
        if len(plain) < 4 or len(plain) > MAX_WORD or not plain.isalpha() or word in self._lexicon or plain in self._lexicon:
            return word
        return self._nearest(plain) or word

    def _nearest(self, plain: str) -> str | None:
        reach = 2 if len(plain) >= _LONG_WORD else 1
        best: tuple[int, str] | None = None
        for length in range(len(plain) - reach, len(plain) + reach + 1):
            for candidate in self._by_length.get(length, ()):
                limit = reach if best is None else best[0] - 1
                distance = alignment_distance(plain, candidate, limit)
                if distance <= limit:
                    best = (distance, candidate)
                    if distance == 1:
                        return self._by_plain[candidate]
        return self._by_plain[best[1]] if best else None


def split_words(text: str) -> list[str]:
    """Lower-cased words of a message, in order."""
    return _WORD.findall(text.replace("’", "'").lower())


def alignment_distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment (insertion, deletion, substitution, swap of neighbours); limit + 1 when it is more than `limit`."""
    if abs(len(left) - len(right)) > limit or limit < 0:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = previous[j - 1] + (a != b)
            cost = min(cost, previous[j] + 1, current[j - 1] + 1)
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)
