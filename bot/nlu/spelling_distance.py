"""How far two words are from each other on a keyboard, and which words of a list are near one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# A finger that slips to the next key, or two letters typed in the wrong order, are commoner than any other fault.
NEIGHBOUR_KEY_COST = 0.7
SWAP_COST = 0.8
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_LETTERS = 26


def spelling_distance(typed: str, meant: str, limit: float) -> float:
    """Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.

    Words are lower-cased without accents. Infinite when it is more than `limit`.
    """
    if abs(len(typed) - len(meant)) > limit:
        return np.inf
    before: list[float] = []
    previous: list[float] = list(range(len(meant) + 1))
    band = int(limit)  # cells further from the diagonal cost more than the limit by themselves
    for i, a in enumerate(typed, 1):
        current: list[float] = [i] + [np.inf] * len(meant)
        for j in range(max(1, i - band), min(len(meant), i + band) + 1):
            b = meant[j - 1]
            cost = previous[j - 1]
            if a != b:
                cost = min(cost + (NEIGHBOUR_KEY_COST if (a, b) in _NEIGHBOURS else 1.0), previous[j] + 1, current[j - 1] + 1)
                if i > 1 and j > 1 and a == meant[j - 2] and typed[i - 2] == b:
                    cost = min(cost, before[j - 2] + SWAP_COST)
            current[j] = cost
        if min(current) > limit and min(previous) > limit:  # both rows: a swap steps over one
            return np.inf
        before, previous = previous, current
    return previous[-1] if previous[-1] <= limit else np.inf


class NearWord(NamedTuple):
    """A word and how far it is; ordered by distance, then by place in the list."""

    faults: float
    place: int
    word: str


class NearWords:
    """Finds the words of a list that are within one or two faults of another, quickly."""

    def __init__(self, words: list[str]) -> None:
        """`words`: lower-cased without accents; earlier ones win ties."""
        self._buckets: dict[int, tuple[list[int], np.ndarray]] = {}
        self._words = words
        by_length: dict[int, list[int]] = {}
        for place, word in enumerate(words):
            by_length.setdefault(len(word), []).append(place)
        for length, places in by_length.items():
            self._buckets[length] = (places, _count_letters([words[place] for place in places]))

    def within(self, typed: str, reach: int) -> list[NearWord]:
        """Each word at most `reach` faults away, in no order; the least of them is the best guess."""
        letters = _count_letters([typed])[0]
        found = []
        for length in range(len(typed) - reach, len(typed) + reach + 1):
            places, counts = self._buckets.get(length, ([], np.zeros((0, _LETTERS), dtype=np.int8)))
            # One fault changes at most two letter counts: nearly every word is ruled out without being compared.
            for row in np.flatnonzero(np.abs(counts - letters).sum(axis=1, dtype=np.int8) <= 2 * reach):
                word = self._words[places[row]]
                faults = spelling_distance(typed, word, reach)
                if faults <= reach:
                    found.append(NearWord(faults, places[row], word))
        return found


def _neighbour_keys() -> frozenset[tuple[str, str]]:
    place = {letter: (row, column) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)}
    return frozenset((a, b) for a, (row, column) in place.items() for b, (other_row, other_column) in place.items()
                     if a != b and abs(row - other_row) <= 1 and abs(column - other_column) <= 1)


_NEIGHBOURS = _neighbour_keys()


def _count_letters(words: list[str]) -> np.ndarray:
    counts = np.zeros((len(words), _LETTERS), dtype=np.int8)
    for row, word in enumerate(words):
        for letter in word:
            if "a" <= letter <= "z":
                counts[row, ord(letter) - 97] += 1
    return counts
