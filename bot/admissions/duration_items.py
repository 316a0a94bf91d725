"""Finds the undated lengths of time in a text and bounds them: « 2 ans et demi », « entre 2 et 4 ans », « presque 3 ans »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.admissions.durations_vocabulary import UNIT_MONTHS

LONGEST_MONTHS = 720
_UNIT = r"(?:annees?|ans?|mois|semaines?|sem|trimestres?|semestres?|piges?|decennies?)\b"
_NUMBER = r"~?\d{1,3}(?:[.,]\d{1,2})?"
_TAIL = r"(?: ?(?:et )?(?P<half>demie?|1/2|1/2e)\b| ?(?:et )?(?:1 |un )?(?P<quarter>quart)\b| (?:et )?(?P<three>3 quarts)| ?(?:et |, )?(?P<extra>\d{1,2}) mois\b| moins (?P<minus>\d{1,2}) mois\b| et (?:quelques|des poussieres)(?P<few>))?"
_LENGTH = re.compile(
    rf"(?:\b(?P<count>\d{{1,2}}) ?(?:x|fois|etes?|cdd|contrats?(?: \w+)?|saisons?(?: \w+)?|missions?(?: \w+)?|remplacements?(?: \w+)?|periodes?(?: \w+)?|vacations?|emplois?(?: \w+)?|jobs?(?: \w+)?|postes?(?: \w+)?) ?(?:de |d'|pendant )?)?"
    rf"(?:(?P<between>entre )?(?P<low>(?<![\d/.,-]){_NUMBER})(?: ?(?P<lowunit>{_UNIT}))? ?(?P<link>a|et|ou|-|/) ?(?P<high>{_NUMBER}) ?(?P<highunit>{_UNIT})"
    rf"|(?P<number>(?<![\d/.,-]){_NUMBER}|\bune?\b|\bchaque\b(?!.)) ?(?P<early>et demie? |1/2 )?(?P<unit>{_UNIT}){_TAIL})"
)
_SOME = re.compile(r"\b(?P<word>quelques|plusieurs|pas mal d'|beaucoup d'|de nombreuses|des|tant d')\s?(?P<unit>mois|annees|ans|semaines)\b")
_ABOUT_BEFORE = re.compile(r"(?:\b(?:environ|a peu pres|peut[- ]etre|autour de|quelque chose comme|grosso modo|genre|plus ou moins|vers|a vue de nez|dans les|approximativement|facilement|je dirais|je crois|je pense)\s?(?:les |de |a |d')?|\+/- ?|~ ?|±)$")
_ABOUT_AFTER = re.compile(r"^ ?[,(]? ?(?:environ|a peu pres|je dirais|je crois|je pense|peut[- ]etre|grosso modo|a vue de nez|plus ou moins|quelque chose comme ca|par la|facile|\+/-|approximativement)")
_UNDER_BEFORE = re.compile(r"\b(?:presque|quasi(?:ment)?|pas loin de|bientot|pas tout a fait|un peu moins de|un peu moins d'|pas encore|meme pas|ca (?:va faire|fera)|cela (?:va faire|fera)|va faire|fera|pas)\s?(?:les |mes |d'|de )?$")
_LESS_BEFORE = re.compile(r"\b(?:moins (?:de|d')|inferieur\w* a|au plus|maximum|max|au maximum)\s?$")
_MORE_BEFORE = re.compile(r"(?:\b(?:plus (?:de|d')|au moins|minimum|au minimum|au bas mot|depasse|largement|superieur\w* a|mini|bien)\s?(?:les |plus de )?|^\+ ?|(?<!bac )(?<!bac)\+ (?:de |d'))$")
_MORE_AFTER = re.compile(r"^ ?(?:et (?:plus|quelques|des (?:poussieres|brouettes))|ou plus|minimum|au moins|passes?|bien tasses|\+|facile|largement)")
_BARELY = re.compile(r"\ba peine\s?$")


@dataclass(frozen=True)
class Length:
    """A length of time: the figure, its bounds (`most` None when open) in months, and where it stands in the text."""

    months: float
    least: float
    most: float | None
    position: tuple[int, int]
    in_years: bool
    amount: float


_ADJECTIVE = re.compile(r"(?<=\d )(?:petite?s?|bonn?e?s?|longues?|belles?|grosses?|pleines?|courtes?|dernieres?|premieres?|grandes?) (?=ann?ees|ans|mois)")


def without_adjectives(text: str) -> str:
    """« 3 petites années » without the adjective."""
    return _ADJECTIVE.sub("", text)


def find_lengths(text: str, taken: Iterable[tuple[int, int]] = ()) -> tuple[Length, ...]:
    """The lengths of a readable text with digits, in order, outside the spans already `taken` by dates."""
    spans = list(taken)
    found = [_read_length(hit, text) for hit in _LENGTH.finditer(text) if not _inside(hit.span(), spans)]
    spans += [length.position for length in found if length]
    found += [_some(hit) for hit in _SOME.finditer(text) if not _inside(hit.span(), spans)]
    return tuple(sorted((length for length in found if length), key=lambda length: length.position))


def _inside(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _read_length(hit: re.Match[str], text: str) -> Length | None:
    if hit.group("low"):
        return _range(hit)
    amount = _amount(hit.group("number"))
    unit = _unit_months(hit.group("unit"))
    months = amount * unit + (unit / 2 if hit.group("early") else 0) + _tail_months(hit, unit)
    months *= int(hit.group("count") or 1)
    if months > LONGEST_MONTHS:
        return None
    rounded = "~" in hit.group("number")
    return _bounded(months, text[:hit.start()], text[hit.end():], hit, rounded, amount, unit)


def _range(hit: re.Match[str]) -> Length | None:
    """« entre 2 et 4 ans », « 2-3 ans », « 18 mois à 3 ans »; « 2 et 4 ans » alone is no range."""
    if hit.group("link") == "et" and not hit.group("between"):
        return _single(hit, "high", "highunit")
    high_unit = _unit_months(hit.group("highunit"))
    low_unit = _unit_months(hit.group("lowunit")) if hit.group("lowunit") else high_unit
    low, high = _amount(hit.group("low")) * low_unit, _amount(hit.group("high")) * high_unit
    count = int(hit.group("count") or 1)
    if not low <= high <= LONGEST_MONTHS:
        return None
    return Length(low * count, low * count, high * count, hit.span(), True, _amount(hit.group("low")))


def _single(hit: re.Match[str], number: str, unit: str) -> Length:
    months = _amount(hit.group(number)) * _unit_months(hit.group(unit))
    first = _amount(hit.group("low")) * _unit_months(hit.group("lowunit")) if hit.group("lowunit") else 0
    total = months + first
    return Length(total, total, total, hit.span(), True, _amount(hit.group(number)))


def _bounded(months: float, before: str, after: str, hit: re.Match[str], rounded: bool, amount: float, unit: float) -> Length:
    least, most = months, months
    figure = months
    if _UNDER_BEFORE.search(before):
        least, most, figure = months * 0.75, max(months - 1, 0), max(months - 1, 0)
    elif _LESS_BEFORE.search(before):
        least, most, figure = 1, max(months - 1, 1), max(months - 1, 1)
    elif _MORE_BEFORE.search(before) or _MORE_AFTER.match(after) or hit.group("few") is not None:
        most = None if months >= 36 else months * 2 - 1
    elif rounded or _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after) or (_BARELY.search(before) and unit == 12):
        margin = max(1, round(months * 0.1))
        least, most = months - margin, months + margin
    return Length(figure, least, most, hit.span(), unit == 12 and not hit.group("half"), amount)


def _tail_months(hit: re.Match[str], unit: float) -> float:
    if hit.group("half"):
        return unit / 2
    if hit.group("quarter"):
        return unit / 4
    if hit.group("three"):
        return unit * 3 / 4
    if hit.group("minus"):
        return -float(hit.group("minus"))
    return float(hit.group("extra") or 0) if unit >= 12 else 0.0


def _some(hit: re.Match[str]) -> Length:
    """« quelques mois », « plusieurs années »: a length, but no figure; the bounds keep it open."""
    in_years = hit.group("unit") in ("annees", "ans")
    if not in_years:
        return Length(3, 1, 11, hit.span(), False, 0)
    return Length(24, 24, None, hit.span(), False, 0)


def _amount(words: str) -> float:
    return 1.0 if words in ("un", "une") else float(words.lstrip("~").replace(",", "."))


def _unit_months(unit: str) -> float:
    return UNIT_MONTHS.get(unit) or UNIT_MONTHS[unit.rstrip("s")]
