"""Writes out ranges of time whose ends have halves or months: « entre 2 ans et demi et 3 ans et demi » is « entre 30 et 42 mois ».

Ranges of whole figures (« entre 2 et 4 ans ») are left to bot/admissions/duration_items.py.
"""

from __future__ import annotations

import re

from bot.admissions.durations_vocabulary import UNIT_MONTHS

WIDEST_MONTHS, WIDEST_UNSAID_MONTHS = 36, 12  # between ends joined by « à » or « ou », and by nothing
# « 2 ans et dmi », « 1 an é demi », « 2ans1/2 »; « 2 ans 1/2 temps » is half time.
_HALF_AS_TYPED = re.compile(r"\b(?P<unit>ans?|annees?|mois)(?: (?:et|e|er|n|&) ?| ?)(?:d'?mie?s?|dm|d mie?|demi(?:e|s|es)?|1/2)\b"
                            r"(?![- ]?(?:temps|journee|heure))")
_YEARS_BY_A_LETTER = re.compile(r"\b(\d{1,2}) ?a (?=(?:et )?(?:d'?mie?|demie?|1/2)\b)")
_UNIT = r"(?:ans?|annees?|mois)"
_REST = r"(?: et demi| (?:et )?(?:un |1 )?quart|(?: et)? \d{1,2} mois)"
_LOW = rf"(?P<low>(?<![\d,./+-])\d{{1,2}}(?:[.,]\d)?|\bune?(?= an))(?: (?P<lowunit>{_UNIT})\b)?(?P<lowrest>{_REST})?"
_HIGH = rf"(?P<high>\d{{1,2}}(?:[.,]\d)?|une?(?= an)) (?P<unit>{_UNIT})\b(?P<rest>{_REST})?"
_BY = r"(?P<by> (?:a|ou(?: bien| peut[- ]etre| meme)?|voire(?: meme)?|jusqu'a|-+) | ?- ?)"
_RANGES = (
    re.compile(rf"\bentre {_LOW} et {_HIGH}"),
    re.compile(rf"{_LOW}{_BY}{_HIGH}"),
    re.compile(rf"{_LOW}(?P<unsaid>,? (?:peut[- ]etre |disons |allez )?){_HIGH}"),
)
_WITHOUT_UNIT = re.compile(r"\bentre (?P<low>\d{1,2})(?P<lowhalf> et demie?)? et (?P<high>\d{1,2})(?P<half> et demie?)?"
                           r"(?! ?(?:ans?|annees?|mois|et demi|%|\d))")


def with_ranges_in_months(text: str) -> str:
    """Readable text with digits, its halves written « et demi » and such ranges in months."""
    text = _HALF_AS_TYPED.sub(r"\g<unit> et demi", _YEARS_BY_A_LETTER.sub(r"\1 ans ", text))
    text = _WITHOUT_UNIT.sub(_years, text)
    for pattern in _RANGES:
        text = pattern.sub(_in_months, text)
    return text


def _years(found: re.Match[str]) -> str:
    """« entre 2 et demi et 3 et demi »: years, when a half is told."""
    if not (found["lowhalf"] or found["half"]):
        return found.group()
    low, high = int(found["low"]) * 12 + (6 if found["lowhalf"] else 0), int(found["high"]) * 12 + (6 if found["half"] else 0)
    return f"entre {low} et {high} mois"


def _in_months(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if not (groups["lowrest"] or groups["rest"] or groups["low"].startswith("un") or ("unsaid" in groups and groups["lowunit"])):
        return found.group()
    low = _months(groups["low"], groups["lowunit"] or groups["unit"], groups["lowrest"])
    high = _months(groups["high"], groups["unit"], groups["rest"])
    widest = WIDEST_UNSAID_MONTHS if "unsaid" in groups else WIDEST_MONTHS if "by" in groups else high
    return f"entre {low} et {high} mois" if 0 < high - low <= widest else found.group()


def _months(figure: str, unit: str, rest: str | None) -> int:
    length = UNIT_MONTHS[unit if unit in UNIT_MONTHS else unit.rstrip("s")]
    told = re.search(r"\d+(?= mois)", rest or "")
    part = length / 2 if rest and "demi" in rest else length / 4 if rest and "quart" in rest else 0.0
    return int((1.0 if figure.startswith("un") else float(figure.replace(",", "."))) * length + (int(told.group()) if told else part))
