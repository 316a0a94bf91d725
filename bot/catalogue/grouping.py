"""Puts questions that mean the same thing side by side, so that the office answers each of them once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from bot.admissions.text import words
from bot.catalogue.additions import Embedder

# The average cosine between the questions of two groups from which they are one. Of 34 rewordings of 10 questions outside
# the base (tests/integration/learning/questions.yml) 0.5 makes 21 groups without a stranger in any; at 0.45 two have one.
SAME_QUESTION = 0.5
# Encoded at once: messages wait for the encoder meanwhile (2 ms a sentence).
BATCH = 16


def encode(texts: Sequence[str], embedder: Embedder) -> list[bytes]:
    """The embedding of each text, as it is kept: 16-bit floats, a kilobyte each."""
    plain = [" ".join(text.lower().split()) for text in texts]
    batches = [embedder.encode(plain[start : start + BATCH]) for start in range(0, len(plain), BATCH)]
    return [row.astype(np.float16).tobytes() for batch in batches for row in batch]


def group(texts: Sequence[str], vectors: Sequence[bytes]) -> list[list[int]]:
    """Positions of the texts that ask the same thing: the largest group first, each in the order given.

    The same texts in the same order always give the same groups.
    """
    same_words: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        same_words.setdefault(" ".join(words(text)) or text, []).append(position)
    piles = list(same_words.values())
    labels = _labels([vectors[pile[0]] for pile in piles])
    groups: dict[int, list[int]] = {}
    for label, pile in zip(labels, piles, strict=True):
        groups.setdefault(label, []).extend(pile)
    return sorted((sorted(positions) for positions in groups.values()), key=lambda positions: (-len(positions), positions[0]))


def _labels(vectors: Sequence[bytes]) -> list[int]:
    if len(vectors) < 2:
        return list(range(len(vectors)))
    rows = np.stack([np.frombuffer(vector, dtype=np.float16) for vector in vectors]).astype(np.float32)
    apart = squareform(np.clip(1 - rows @ rows.T, 0, 2), checks=False)
    return [int(label) for label in fcluster(linkage(apart, "average"), 1 - SAME_QUESTION, "distance")]
