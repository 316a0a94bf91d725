"""Plain comparisons of French text: case, accents, apostrophes, spaces. No spelling correction here."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae",
    "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "½": " 1/2", "«": '"', "»": '"', "“": '"', "”": '"',
})
_WORD = re.compile(r"[a-z0-9]+")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case without accents, straight apostrophes, single spaces.

    The result may be longer or shorter than the text: positions cannot be carried over.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare.lower()).strip()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order, without punctuation."""
    return _WORD.findall(fold(text))
