"""Writes a message the way the training phrases are written: abbreviations spelled out, unknown words corrected.

Only for classification and search. Facts (diplomas, names, durations) are read from what the person really typed.
Nothing that was typed is kept from one message to the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.nlu.abbreviations import ABBREVIATIONS
from bot.nlu.lexicon import Lexicon
from bot.nlu.spelling_distance import NearWords

_WORD = re.compile(r"[^\W_]+(?:\+\d)?", re.UNICODE)
_TYPED_WORD = re.compile(_WORD.pattern + r"(?![^\W_]|')", re.UNICODE)  # « c » is « c'est », but not in « c'est »
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")  # « ouiiiii », « slttt »
_PUNCTUATION_RUN = re.compile(r"([!?.])\1+")
# « l alternance », « qu il », « c est »: apostrophes that phones leave out. « c a quelle heure » is another matter.
_LOST_APOSTROPHE = re.compile(r"\b(l|d|j|m|t|s|n|qu) (?=[aeiouyéèêàâîôh])|\b(c) (?=(?:est|était|etait)\b)")
_ELIDED = re.compile(r"(qu|[ldjmtsnc])([aeiouyh][a-z]+)")
_SHORTEST_CORRECTED = 4  # in three letters one fault leaves too little
_LONG_WORD = 7  # from this length two slips of the finger still leave a word recognisable
MAX_WORD = 30  # longer runs of letters are no words: comparing them would cost time for nothing
MOST_CORRECTIONS = 60  # unknown words compared in one text: hostile text must not take long
# What a common word that no training phrase has must win by, in faults of spelling.
_UNTRAINED_PENALTY = 0.5


def strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


class WordCorrector:
    """Corrects towards the words of the training phrases and the common words of French, sparing every known word."""

    def __init__(self, vocabulary: Iterable[str], lexicon: Lexicon) -> None:
        """`vocabulary`: lower-cased words of the training phrases, the most frequent first."""
        self.vocabulary = list(vocabulary)
        self._lexicon = lexicon
        self._known = frozenset(self.vocabulary)
        self._common = frozenset(lexicon.common)
        self._trained = _first_by_plain(self.vocabulary)
        self._untrained = {plain: word for plain, word in _first_by_plain(lexicon.common).items() if plain not in self._trained}
        self._near_trained = NearWords(_of_letters(self._trained))
        self._near_untrained = NearWords(_of_letters(self._untrained))

    @classmethod
    def from_phrases(cls, phrases: Iterable[str], lexicon: Lexicon) -> WordCorrector:
        """Learns the words of the lexicon, and others seen three times: a training typo is no model of spelling."""
        counts = Counter(word for phrase in phrases for word in split_words(phrase))
        known = [word for word, count in counts.most_common() if word in lexicon or (count >= 3 and word not in ABBREVIATIONS)]
        return cls(known, lexicon)

    def correct(self, text: str) -> str:
        """The same message, lower-cased, with abbreviations spelled out and unknown words replaced by the nearest known one."""
        lowered = _PUNCTUATION_RUN.sub(r"\1", text.replace("’", "'").lower())
        elided = _LOST_APOSTROPHE.sub(lambda match: f"{match.group(1) or match.group(2)}'", lowered)
        corrected: dict[str, str] = {}

        def replacement(match: re.Match[str]) -> str:
            word = match.group()
            if word not in corrected:
                corrected[word] = self._correct_word(word) if len(corrected) < MOST_CORRECTIONS else self._spelled_out(word) or word
            return corrected[word]

        return _TYPED_WORD.sub(replacement, elided)

    def _correct_word(self, word: str) -> str:
        squeezed = _STRETCHED.sub(r"\1", word)
        spelled_out = self._spelled_out(word) or self._spelled_out(squeezed)
        if spelled_out is not None:
            return spelled_out
        plain = strip_accents(squeezed)
        if not _SHORTEST_CORRECTED <= len(plain) <= MAX_WORD or not (plain.isascii() and plain.isalpha()):
            return squeezed
        return self._unglued(plain) or self._if_unknown(squeezed, plain)

    def _spelled_out(self, word: str) -> str | None:
        """What is known about a word without comparing it with others: its abbreviation, itself, or its accents."""
        if word in ABBREVIATIONS:
            return ABBREVIATIONS[word]
        plain = strip_accents(word)
        if word in self._known or (word != plain and word in self._lexicon):
            return word
        return self._trained.get(plain)

    def _unglued(self, plain: str) -> str | None:
        """« lalternance » and « jtravaille » as two words, unless it is a common word by itself."""
        if plain in self._common:
            return None
        elided = _ELIDED.fullmatch(plain)
        if elided and elided[2] in self._trained:
            return f"{elided[1]}'{self._trained[elided[2]]}"
        if plain.startswith("j") and plain[1:] in self._trained:
            return f"je {self._trained[plain[1:]]}"
        return None

    def _if_unknown(self, word: str, plain: str) -> str:
        if word in self._lexicon or plain in self._lexicon:
            return word
        return self._untrained.get(plain) or self._nearest(plain) or self._split(plain) or word

    def _nearest(self, plain: str) -> str | None:
        """The nearest training word; a common word of French when it is one fault away and no training word is."""
        trained = min(self._near_trained.within(plain, 2 if len(plain) >= _LONG_WORD else 1), default=None)
        untrained = None if trained and trained.faults <= 1 else min(self._near_untrained.within(plain, 1), default=None)
        if untrained and (trained is None or untrained.faults + _UNTRAINED_PENALTY < trained.faults):
            return self._untrained[untrained.word]
        return self._trained[trained.word] if trained else None

    def _split(self, plain: str) -> str | None:
        """« niveaubac » as two training words: the space was forgotten."""
        for cut in range(2, len(plain) - 1):
            left, right = plain[:cut], plain[cut:]
            if max(len(left), len(right)) >= _SHORTEST_CORRECTED and left in self._trained and right in self._trained:
                return f"{self._trained[left]} {self._trained[right]}"
        return None


def split_words(text: str) -> list[str]:
    """Lower-cased words of a message, in order."""
    return _WORD.findall(text.replace("’", "'").lower())


def _first_by_plain(words: list[str]) -> dict[str, str]:
    """Each word by its form without accents; the first of several wins."""
    by_plain: dict[str, str] = {}
    for word in words:
        by_plain.setdefault(strip_accents(word), word)
    return by_plain


def _of_letters(words: Iterable[str]) -> list[str]:
    return [word for word in words if word.isascii() and word.isalpha()]
