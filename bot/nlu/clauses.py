"""Cuts a message into the things it says: « j'ai un BTS, 2 ans en mairie. c'est combien ? et c'est quand ? »."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words that open a question in French as it is typed; `ou` without accent is left out, it is nearly always « or ».
_INTERROGATIVES = (
    r"qu(?:el|elle|els|elles)\b|combien|cb\b|quand\b|qd\b|comment|cmt\b|où\b|pourquoi|pk\b|pq\b|qui\b|que\b|qu'|quoi|koi|est[- ]ce|esk\b|"
    r"c'est quoi|c koi|cest koi|cest quoi|y ?a[- ]t[- ]il|peut[- ]on|peux[- ]tu|pouvez[- ]vous|dois[- ]je|puis[- ]je|faut[- ]il|fo\b|faut\b|"
    r"lequel|laquelle|lesquels|c'est où|existe[- ]t|a[- ]t[- ]on|suis[- ]je|sont[- ]ils|ont[- ]ils|est[- ]il|est[- ]elle|kel\w*\b|c'est combien|ya\b|il y a\b"
)
_SENTENCE_END = re.compile(r"(?<=[?!;\n])\s*|(?<=[.…])\s+|\n+")
_INTERROGATIVE_WITHIN = r"(?:\S+\s+){1,3}(?:quel(?:le)?s?|combien|comment|quand|où|quoi|koi|cb)\b"
_JOINED_QUESTION = re.compile(rf",?\s+(?:et|mais|sinon|aussi|puis|ensuite|ou bien)\s+(?=(?:aussi\s+|puis\s+|sinon\s+)?(?:{_INTERROGATIVES}|{_INTERROGATIVE_WITHIN}))|,\s*(?=(?:{_INTERROGATIVES}))", re.IGNORECASE)
_QUESTION = re.compile(rf"\?|^\W*(?:et |mais |alors |ok |bref,? |euh |dis(?:-moi)?,? |du coup )*(?:{_INTERROGATIVES})|\b(?:savoir|connaître|connaitre|indiquer|préciser|dire|demande)\s+(?:si|ce|qu|comment|combien|quand|où|le|la|les)\b"
                       r"|\best[- ]ce qu|\bc'est quoi|\bc koi|\b-t-(?:il|elle|on)\b|\b\w+-(?:t-)?(?:il|elle|ils|elles|on|vous|tu|je|nous|ce)\b|\bcombien\b|\bquel(?:le)?s?\b|\bcomment\b", re.IGNORECASE)
_LEAST_WORDS = 2
MOST_CLAUSES = 8  # a longer letter is read by its first and last clauses; bounded work for 1,000 characters


@dataclass(frozen=True)
class Clause:
    """One piece of a message; `question` tells whether it asks something."""

    text: str
    question: bool


def is_question(text: str) -> bool:
    """Whether a piece of text asks something, by its question mark or its words."""
    return bool(_QUESTION.search(text.replace("’", "'")))


def split_clauses(text: str) -> list[Clause]:
    """The clauses of a message in order; pieces of one word stay with their neighbour. Empty text gives no clause."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text.replace("’", "'")):
        pieces.extend(_JOINED_QUESTION.split(sentence))
    kept = _attach_fragments([piece.strip() for piece in pieces if piece and re.search(r"\w", piece)])
    if len(kept) > MOST_CLAUSES:
        half = MOST_CLAUSES // 2
        kept = kept[:half] + kept[-half:]
    return [Clause(piece, is_question(piece)) for piece in kept]


def _attach_fragments(pieces: list[str]) -> list[str]:
    attached: list[str] = []
    for piece in pieces:
        if attached and len(re.findall(r"\w+", piece)) < _LEAST_WORDS:
            attached[-1] = f"{attached[-1]} {piece}"
        else:
            attached.append(piece)
    return attached
