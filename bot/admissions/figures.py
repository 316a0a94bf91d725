"""What the office counts: no person, no conversation and no words, only how often something happened in which hour."""

from __future__ import annotations

from enum import Enum


class Tally(str, Enum):
    """One kind of thing counted as it happens, in the transaction that keeps it.

    CONVERSATION is a first message (opening the window is none). A turn is one of UNDERSTOOD, CLARIFIED (« vouliez-vous
    dire… ») or UNANSWERED. HELPFUL and UNHELPFUL are opinions of an answer; a changed opinion takes its first back.
    """

    CONVERSATION = "conversation"
    UNDERSTOOD = "understood"
    CLARIFIED = "clarified"
    UNANSWERED = "unanswered"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


TURNS = (Tally.UNDERSTOOD, Tally.CLARIFIED, Tally.UNANSWERED)
