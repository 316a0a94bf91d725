"""The words of French, as hashes: what must never be « corrected ».

Built once, when the model is trained, from the 400,000 or so keys of fr_core_news_md's vectors; 3 MB on disk and in
memory, and no spaCy model is loaded to answer a message.
"""

from __future__ import annotations

import hashlib
from typing import Iterable

import numpy as np


def hash_word(word: str) -> int:
    """A 64-bit hash that is the same in every process (Python's own `hash` is not)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class Lexicon:
    """A set of words that can be asked, not listed."""

    def __init__(self, hashes: np.ndarray) -> None:
        """`hashes`: sorted uint64, as `build` gives them and `numpy.save` keeps them."""
        self.hashes = hashes

    @classmethod
    def build(cls, words: Iterable[str]) -> "Lexicon":
        return cls(np.unique(np.fromiter((hash_word(word) for word in words), dtype=np.uint64)))

    @classmethod
    def of_french(cls) -> "Lexicon":
        """Lower-cased words of fr_core_news_md. Raises OSError when the spaCy model is not installed."""
        import spacy

        nlp = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"])
        strings = nlp.vocab.strings
        return cls.build({strings[key].lower() for key in nlp.vocab.vectors.keys() if strings[key].isalpha()})

    def __contains__(self, word: str) -> bool:
        wanted = np.uint64(hash_word(word))
        place = int(np.searchsorted(self.hashes, wanted))
        return place < len(self.hashes) and bool(self.hashes[place] == wanted)

    def __len__(self) -> int:
        return len(self.hashes)
