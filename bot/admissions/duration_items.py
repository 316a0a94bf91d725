"""Finds the undated lengths of time in a text and bounds them: « 2 ans et demi », « entre 2 et 4 ans », « presque 3 ans »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.admissions.duration_ranges import with_ranges_in_months
from bot.admissions.durations_vocabulary import UNIT_MONTHS
from bot.admissions.facts import Experience
from bot.admissions.periods import Period, months_covered

LONGEST_MONTHS = 720
ROUNDING = 0.001  # a month begun is not a month done, whatever the weeks add up to
REACH = 60  # letters around a length that may bound it; more would only slow down hostile texts
_UNIT = r"(?:annees?|ans?|mois|semaines?|sem|trimestres?|semestres?|piges?|decennies?)\b"
_NUMBER = r"~?\d{1,3}(?:[.,]\d{1,2})?"
_TAIL = (
    r"(?: ?(?:et )?(?P<half>demie?|1/2e?)\b(?![- ]?temps)| ?(?:et )?(?:1 |un )?(?P<quarter>quart)\b| (?:et )?(?P<three>3 quarts)| ?(?:et |"
    r", )?(?P<extra>\d{1,2}) mois\b| moins (?P<minus>\d{1,2}) mois\b| et (?:quelques|des poussieres)(?P<few>))?"
)
_LENGTH = re.compile(
    rf"(?:\b(?P<count>\d{{1,2}}) ?(?:x|fois|etes?|cdd|contrats?(?: \w+)?|saisons?(?: \w+)?|missions?(?: \w+)?|"
    rf"remplacements?(?: \w+)?|"
    rf"periodes?(?: \w+)?|vacations?|emplois?(?: \w+)?|jobs?(?: \w+)?|postes?(?: \w+)?) ?(?:de |d'|pendant )?)?"
    rf"(?:(?P<between>entre )?(?P<low>(?<![\d/.,-]){_NUMBER})(?: ?(?P<lowunit>{_UNIT}))? ?(?(between)(?:et|a|-)|(?:a|ou|-|"
    rf"/)) ?(?P<high>{_NUMBER}) ?(?P<highunit>{_UNIT})"
    rf"|(?P<number>(?<![\d/.,-]){_NUMBER}|\bune?\b|\bchaque\b(?!.)) ?(?P<early>et demie? |1/2 )?(?P<unit>{_UNIT}){_TAIL})"
)
_SOME = re.compile(r"\b(?P<word>quelques|plusieurs|pas mal d'|beaucoup d'|de nombreuses|des|tant d')\s?(?P<unit>mois|annees|ans|"
    r"semaines)\b")
_ABOUT_BEFORE = re.compile(r"(?:\b(?:environ|a peu pres|peut[- ]etre|autour de|quelque chose comme|grosso modo|genre|"
    r"plus ou moins|vers|"
    r"a vue de nez|dans les|approximativement|facilement|je dirais|je crois|je pense)\s?(?:les |de |a |d')?|\+/- ?|~ ?|±)$")
_ABOUT_AFTER = re.compile(r"^ ?[,(]? ?(?:environ|a peu pres|je dirais|je crois|je pense|peut[- ]etre|grosso modo|a vue de nez|"
    r"plus ou moins|"
    r"quelque chose comme ca|par la|facile|\+/-|approximativement)")
_UNDER_BEFORE = re.compile(r"\b(?:presque|quasi(?:ment)?|pas loin de|bientot|pas tout a fait|un peu moins de|un peu moins d'|"
    r"pas encore|meme pas|"
    r"ca (?:va faire|fera)|cela (?:va faire|fera)|va faire|fera|pas)\s?(?:les |mes |d'|de )?$")
_LESS_BEFORE = re.compile(r"(?:^|\s)- ?de ?$|\b(?:moins (?:de|d')|inferieur\w* a|au plus|maximum|max|au maximum)\s?$")
_MORE_BEFORE = re.compile(r"(?:\b(?:plus (?:de|d')|au moins|minimum|au minimum|au bas mot|depasse|largement|superieur\w* a|mini|"
    r"bien)\s?(?:les |"
    r"plus de )?|^\+ ?|(?<!bac )(?<!bac)\+ (?:de |d'))$")
_MORE_AFTER = re.compile(r"^ ?(?:et (?:plus|quelques|des (?:poussieres|brouettes))|ou plus|minimum|au moins|passes?|bien tasses|"
    r"\+|facile|largement)")
_A_LITTLE_MORE = re.compile(r"^ ?et (?:quelques|des (?:poussieres|brouettes))")
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

    def minus(self, months: float) -> Length:
        """What is left of it without a part that does not count."""
        return replace(self, months=self.months - months, least=max(0, self.least - months), most=None if self.most is None else self.most - months)


_ADJECTIVE = re.compile(r"(?<=\d )(?:petite?s?|bonn?e?s?|longues?|belles?|grosses?|pleines?|courtes?|dernieres?|premieres?|"
    r"grandes?) (?=ann?ees|ans|"
    r"mois)")


_TWO_FIGURES = re.compile(r"(?<![\d,.])(\d{1,2})(?:, | )(\d{1,2})(?= (?:ans|annees|mois)\b)")
_YEARS_UNSAID = re.compile(r"(?<!entre )(?<![\d,.])\b(\d{1,2}) et (\d{1,2}) mois\b")
_EACH_YEAR = re.compile(r"\b(\d{1,2}) mois (?:\w+ ){0,3}?(?:par an|chaque (?:annee|ete|saison|hiver)|tous les (?:ans|"
    r"etes)) (?:\w+ )?(?:pendant|"
    r"depuis|durant|sur) (\d{1,2}) ans\b")
_TIMES_AFTER = re.compile(r"\b(\d{1,2}) mois ?(?:x|\*|fois) ?(\d{1,2})\b(?! ?(?:mois|ans))")
_DASH_OF_DATES = re.compile(r"(?<=\d\d\d\d) -+ (?=(?:\d{1,2}[/.-])?(?:[a-z]{3,9}\.? )?(?:19|20)\d\d)")
_PART_UNIT_UNSAID = re.compile(r"\b(\d{1,2} (ans|annees|mois)\b[^,;]{0,20}? ?,? ?dont (?:~|environ )?\d{1,2})(?! ?(?:ans?|"
    r"annees?|mois|semaines?)\b)")


def _as_range(found: re.Match[str]) -> str:
    low, high = int(found.group(1)), int(found.group(2))
    return f"{low} a {high}" if high == low + 1 else found.group()


def normalised(text: str) -> str:
    """Readable text with the lengths that people shorten written out.

    « 3 petites années », « 2 3 ans », « 2 et 11 mois », « 6 mois par an pendant 8 ans », « 4 ans dont 2 de stage ».
    """
    text = with_ranges_in_months(_ADJECTIVE.sub("", text))
    text = _DASH_OF_DATES.sub(" a ", _TIMES_AFTER.sub(lambda found: f"{int(found.group(1)) * int(found.group(2))} mois", text))
    text = _TWO_FIGURES.sub(_as_range, text)
    text = _YEARS_UNSAID.sub(lambda found: f"{found.group(1)} ans et {found.group(2)} mois" if int(found.group(2)) < 12 else found.group(), text)
    text = _EACH_YEAR.sub(lambda found: f"{int(found.group(1)) * int(found.group(2))} mois", text)
    return _PART_UNIT_UNSAID.sub(r"\1 \2", text)


def find_lengths(text: str, taken: Iterable[tuple[int, int]] = ()) -> tuple[Length, ...]:
    """The lengths of a readable text with digits, in order, outside the spans already `taken` by dates."""
    spans = list(taken)
    found = [_read_length(hit, text) for hit in _LENGTH.finditer(text) if not _inside(hit.span(), spans)]
    spans += [length.position for length in found if length]
    found += [_some(hit) for hit in _SOME.finditer(text) if not _inside(hit.span(), spans)]
    return tuple(sorted((length for length in found if length), key=lambda length: length.position))


def add_up(spans: Sequence[Length | Period]) -> Experience:
    """The months that lengths and dated periods make together, overlapping periods once, with their bounds."""
    lengths = [span for span in spans if isinstance(span, Length)]
    periods = [span for span in spans if isinstance(span, Period)]
    months = sum(length.months for length in lengths) + months_covered((p.start, p.end) for p in periods)
    least = sum(length.least for length in lengths) + months_covered((p.latest_start, p.end) for p in periods)
    most = sum(length.most or 0 for length in lengths) + months_covered((p.earliest_start, p.end) for p in periods)
    figures = [min(LONGEST_MONTHS, int(figure + ROUNDING)) for figure in (months, least, most)]
    is_open = any(length.most is None for length in lengths)
    exact = not is_open and figures[0] == figures[1] == figures[2]
    return Experience(figures[0], None if exact else figures[1], None if exact or is_open else figures[2], is_open)


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
    before, after = text[max(0, hit.start() - REACH):hit.start()], text[hit.end():hit.end() + REACH]
    return _bounded(months, before, after, hit, rounded, amount, unit)


def _range(hit: re.Match[str]) -> Length | None:
    """« entre 2 et 4 ans », « 2-3 ans », « 18 mois à 3 ans »; None when the ends are reversed or absurd."""
    high_unit = _unit_months(hit.group("highunit"))
    low_unit = _unit_months(hit.group("lowunit")) if hit.group("lowunit") else high_unit
    low, high = _amount(hit.group("low")) * low_unit, _amount(hit.group("high")) * high_unit
    count = int(hit.group("count") or 1)
    if not low <= high <= LONGEST_MONTHS:
        return None
    return Length(low * count, low * count, high * count, hit.span(), True, _amount(hit.group("low")))


def _bounded(months: float, before: str, after: str, hit: re.Match[str], rounded: bool, amount: float, unit: float) -> Length:
    least, figure = months, months
    most: float | None = months
    if _UNDER_BEFORE.search(before):
        least, most, figure = months * 0.75, max(months - 1, 0), max(months - 1, 0)
    elif _LESS_BEFORE.search(before):
        least, most, figure = 1, max(months - 1, 1), max(months - 1, 1)
    elif _MORE_BEFORE.search(before) or _MORE_AFTER.match(after) or hit.group("few") is not None:
        spare = 11 if hit.group("few") is not None or _A_LITTLE_MORE.match(after) else months - 1
        most = None if months >= 36 else months + spare
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
