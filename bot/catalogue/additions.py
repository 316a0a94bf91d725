"""Finds the addition that a message asks for: the ways to ask that the office has attached to a topic or to an answer.

Calibrated on 927 phrases of tests/nlu against 9,166 training phrases taken one by one as if they were additions
(docs/measures.md): how often a message would be taken by one that means something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from bot.admissions.publications import Publication
from bot.admissions.text import words
from bot.catalogue.overlay import learned_intent

# Cosines. From NEAR on the addition answers whatever else was understood: one wrong pair in 310,000. From LIKELY on it
# answers what was not understood, or taken for something off the subject: one in 27,000.
NEAR, LIKELY = 0.82, 0.72
# « ok », « 👍 », « et ? »: too little to be like anything but itself.
LEAST_WORDS = 2


class Embedder(Protocol):
    def encode(self, sentences: list[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class AdditionMatch:
    """The nearest addition, the question that it stands for, and how near: 1 for the same words."""

    subject: str
    intent: str
    similarity: float
    is_written: bool  # an answer of the office's own, rather than a topic of the base

    def answers(self, is_in_doubt: bool) -> bool:
        """Whether it is near enough; less is enough when nothing better is known of the text."""
        return self.similarity >= (LIKELY if is_in_doubt else NEAR)


class PhraseVectors:
    """Embeddings of phrases, each computed once; those no longer asked for are forgotten."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}

    def of(self, phrases: Sequence[str]) -> np.ndarray:
        """One row per phrase, of length 1."""
        missing = list(dict.fromkeys(phrase for phrase in phrases if phrase not in self._known))
        rows = self._embedder.encode(missing)
        self._known = {phrase: self._known[phrase] for phrase in phrases if phrase in self._known} | dict(zip(missing, rows, strict=True))
        return np.vstack([self._known[phrase] for phrase in phrases]) if phrases else rows

    def of_messages(self, texts: Sequence[str]) -> np.ndarray:
        """The rows of what people have just typed: not kept."""
        return self._embedder.encode([_plain(text) for text in texts])


class AdditionIndex:
    """The additions of one day."""

    def __init__(self, additions: Iterable[Publication], intent_of_card: Callable[[str], str | None], vectors: PhraseVectors) -> None:
        """`intent_of_card` gives the question that a card serves, None when there is no such card any more."""
        self._vectors = vectors
        self._exact: dict[str, AdditionMatch] = {}
        self._owners: list[AdditionMatch] = []
        phrases: list[str] = []
        for one in additions:
            is_written = "text" in one.body
            intent = learned_intent(one.subject) if is_written else intent_of_card(str(one.body["card"]))
            for phrase in one.body["phrases"] if intent is not None else ():
                owner = AdditionMatch(one.subject, str(intent), 1.0, is_written)
                self._exact.setdefault(_key(phrase), owner)
                self._owners.append(owner)
                phrases.append(_plain(phrase))
        self._rows = vectors.of(phrases)

    def __len__(self) -> int:
        return len(self._owners)

    def nearest(self, texts: Sequence[str]) -> list[AdditionMatch | None]:
        """The nearest addition of each text, None for a text too short to be like anything; costs nothing without additions."""
        if not self._owners:
            return [None] * len(texts)
        keys = [_key(text) for text in texts]
        found = [self._exact.get(key) for key in keys]
        unknown = [rank for rank, key in enumerate(keys) if found[rank] is None and len(key.split()) >= LEAST_WORDS]
        if unknown:
            likeness = self._vectors.of_messages([texts[rank] for rank in unknown]) @ self._rows.T
            for rank, row in zip(unknown, likeness, strict=True):
                best = int(row.argmax())
                found[rank] = replace(self._owners[best], similarity=float(row[best]))
        return found


def _key(text: str) -> str:
    """The same words, or the same text when it has none of ours: « مرحبا » and « 🍕 » are not alike for that."""
    return " ".join(words(text)) or _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
