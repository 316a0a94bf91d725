"""Notices numbers and health details that nobody should type here, to say so kindly; it never keeps nor repeats them."""

from __future__ import annotations

import re
from enum import Enum

from bot.admissions.text import fold

NIR_DIGITS, CARD_DIGITS = 13, 16
_NIR = re.compile(r"(?<!\d)[12][\s.-]?\d\d[\s.-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.-]?(?:\d\d|"
    r"2[ABab])[\s.-]?\d{3}[\s.-]?\d{3}(?:[\s.-]?\d\d)?(?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[\s.-]?){15}\d(?!\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[\s-]?[A-Za-z0-9]{4}){4,7}(?:[\s-]?[A-Za-z0-9]{1,4})?\b")
_HEALTH = re.compile(
    r"\b(?:(?:je suis|j'ai|suis|on m'a diagnostique|atteinte? d|souffre d\w*|malade d\w*|traitee? pour|ma|mon|elle est|il est|"
    r"elle a|il a)\b[^.;!?]{0,30}?"
    r"(?:diabet\w+|cancers?|vih|sida|seropositi\w*|epilep\w+|depressi\w+|bipolaire|schizophren\w+|sclerose en plaques?|"
    r"fibromyalgie|parkinson|alzheimer|asthm\w+|hepatite\w*|"
    r"crohn|endometriose|autis\w+|asperger|tdah|burn[- ]?out|chimio\w*|dialyse|avc|maladie (?:chronique|rare|de \w+)|"
    r"traitement psy\w*|enceinte|rqth|reconnue? travailleu\w+ handicape\w*))\b")


class Sensitive(str, Enum):
    """What was typed that should not have been."""

    NUMBER = "number"
    HEALTH = "health"


def find_sensitive(text: str) -> Sensitive | None:
    """A social security, bank card or account number, else a detail of health; None when there is neither."""
    if _NIR.search(text) or _IBAN.search(text) or any(_is_card(found.group()) for found in _CARD.finditer(text)):
        return Sensitive.NUMBER
    return Sensitive.HEALTH if _HEALTH.search(fold(text)) else None


def _is_card(words: str) -> bool:
    """Sixteen digits that begin as cards do; a test number fails its key, and is a card number all the same to who typed it."""
    digits = re.sub(r"\D", "", words)
    return len(digits) == CARD_DIGITS and digits[0] in "3456"
