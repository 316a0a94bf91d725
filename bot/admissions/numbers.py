"""French numbers in folded text: words into digits, « deux et demi », « une dizaine », « 1,5 »."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "deu": 2, "trois": 3, "troi": 3, "quatre": 4, "quattre": 4, "quatres": 4,
    "cinq": 5, "cinque": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}
_TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}
_SCALES = {"cent": 100, "cents": 100, "mille": 1000}
_ROUND = {
    "huitaine": 8, "dizaine": 10, "10aine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "20aine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
}
_NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_SCALES)
_TOKEN = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
_SEPTEMBER = re.compile(r"\bsept\b\.?(?= (?:19|20)\d\d\b)")
_HALF_DOZEN = re.compile(r"\b(?:une )?demi[- ]?douzaine (?:d'|de )?")
_ROUND_PHRASE = re.compile(r"\b(?:(?:une|1) )?(" + "|".join(_ROUND) + r")s?\b(?: d'| de )?")
_HALF = re.compile(r"^(\d{1,3}) ?(?:et demie?|1/2)$")
_DIGITS = re.compile(r"^\d{1,6}(?:[.,]\d{1,2})?$")


def replace_numbers(text: str) -> str:
    """Folded text with its number words in digits; « une dizaine d' » becomes « ~10 ».

    « un » and « une » alone are left as they are: they are articles more often than numbers.
    """
    text = _HALF_DOZEN.sub("~6 ", _SEPTEMBER.sub("septembre", text))
    text = _ROUND_PHRASE.sub(lambda found: f"~{_ROUND[found.group(1)]} ", text)
    pieces, tokens, position = [], _TOKEN.findall(text), 0
    while position < len(tokens):
        run = _number_run(tokens, position)
        value = read_cardinal([token for token in tokens[position:run] if token.isalnum()]) if run else None
        if value is None:
            pieces.append(tokens[position])
            position += 1
        else:
            pieces.append(str(value))
            position = run
    return "".join(pieces)


def read_cardinal(number_words: Sequence[str]) -> int | None:
    """The value of words such as ["quatre", "vingt", "dix", "sept"]; None when they are not one number."""
    total = current = 0
    for word in number_words:
        if word == "et":
            continue
        if word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in ("cent", "cents"):
            current = max(current, 1) * 100
        elif word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        else:
            return None
    return total + current if number_words else None


def read_number(text: str) -> float | None:
    """The one number that a short folded text is (« 8 », « huit », « 2,5 », « deux et demi »); else None."""
    text = replace_numbers(text).strip(" .!~")
    text = {"un": "1", "une": "1", "un et demi": "1 et demi"}.get(text, text)
    half = _HALF.match(text)
    if half:
        return int(half.group(1)) + 0.5
    return float(text.replace(",", ".")) if _DIGITS.match(text) else None


def _number_run(tokens: Sequence[str], start: int) -> int:
    """The index after the number words that begin at `start`; 0 when there is none to replace."""
    if tokens[start] not in _NUMBER_WORDS or (tokens[start] in ("un", "une") and not _continues(tokens, start)):
        return 0
    end = start + 1
    while _continues(tokens, end - 1):
        end += 4 if tokens[end + 1] == "et" else 2
    return end


def _continues(tokens: Sequence[str], position: int) -> bool:
    """Whether the number word at `position` goes on: « vingt-deux », « soixante et onze », not « deux, trois »."""
    if position + 2 >= len(tokens) or tokens[position + 1] not in (" ", "-"):
        return False
    word, following = tokens[position], tokens[position + 2]
    if following == "et":
        return (word in _TENS and position + 4 < len(tokens) and tokens[position + 3] in (" ", "-")
                and tokens[position + 4] in ("un", "une", "onze"))
    if following in _SCALES:
        return True
    if word in _SCALES:
        return following in _NUMBER_WORDS and following not in ("un", "une")
    if word in _TENS:
        return following in _UNITS and (following != "un" or tokens[position + 1] == "-" or word == "quatre")
    if word in ("quatre", "quattre"):
        return following in ("vingt", "vingts")
    return word == "dix" and following in ("sept", "huit", "neuf")
