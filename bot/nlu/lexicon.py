"""The words of French: what must never be « corrected », and what an unknown word may have meant.

Built once, when the model is trained, from the keys of fr_core_news_md's vectors, which stand in order of frequency.
Less than 2 MB on disk and in memory, and no spaCy model is loaded to answer a message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import islice

import numpy as np

# The keys were read on the web: beyond this rank there are more misspellings than words.
KNOWN_WORDS = 100_000
# What unknown words are corrected towards, besides the training phrases: rarer words would be guesses.
COMMON_WORDS = 30_000
_LEAST_LETTERS = 3


def hash_word(word: str) -> int:
    """A 64-bit hash that is the same in every process (Python's own `hash` is not)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class Lexicon:
    """A set of words that can be asked, and the commonest of them, which can also be listed."""

    def __init__(self, hashes: np.ndarray, common: list[str]) -> None:
        """`hashes`: sorted uint64, as `build` gives them and `numpy.save` keeps them; `common`: the most frequent word first."""
        self.hashes = hashes
        self.common = common

    @classmethod
    def build(cls, words: Iterable[str]) -> Lexicon:
        """`words`: lower-cased, the most frequent first."""
        listed = list(dict.fromkeys(words))
        hashes = np.unique(np.fromiter((hash_word(word) for word in listed), dtype=np.uint64, count=len(listed)))
        return cls(hashes, [word for word in listed[:COMMON_WORDS] if len(word) >= _LEAST_LETTERS])

    @classmethod
    def of_french(cls) -> Lexicon:
        """Lower-cased words of fr_core_news_md. Raises OSError when the spaCy model is not installed."""
        import spacy

        nlp = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"])
        keys = (nlp.vocab.strings[key] for key in nlp.vocab.vectors.keys())
        words = dict.fromkeys(key.lower() for key in keys if key.isalpha())
        return cls.build(islice(words, KNOWN_WORDS))

    def __contains__(self, word: str) -> bool:
        wanted = np.uint64(hash_word(word))
        place = int(np.searchsorted(self.hashes, wanted))
        return place < len(self.hashes) and bool(self.hashes[place] == wanted)

    def __len__(self) -> int:
        return len(self.hashes)
