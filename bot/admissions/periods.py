"""Dated periods: « depuis mars 2019 », « de 2010 à 2019 », « 2015-2018 » into months, overlapping ones once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.admissions.durations_vocabulary import MONTHS

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DATE = (
    rf"(?:le |la |l'|les |l'annee )?(?:mois (?:de |d'))?(?:(?:\d{{1,2}}|1er)[ /.-])?(?:(?:debut|mi|fin|courant)[ -](?:de )?)?"
    rf"(?:(?:(?:{_MONTH})\.?|\d{{1,2}}[/.-])[ -]?(?:de )?)?{_YEAR}"
)
_NOW = r"(?:aujourd'hui|auj\b|maintenant|ce jour|actuellement|present|nos jours|now|cette annee|ajd\b|en cours)"
_CLOSED = re.compile(
    rf"(?:\b(?:de|du|des|entre|depuis|en|d')\s?)?(?P<start>\b{_DATE})\s?(?:a|au|et|-|/|jusqu'a|jusqu'en|jusqu'au|jusque|"
    rf"jusqu'a fin|->|=>|"
    rf"et jusqu'en)\s?(?:en |a |la |fin |l')?(?P<end>{_DATE}|{_NOW})"
)
_SINCE = re.compile(rf"\b(?:depuis|des|a partir de|a compter de|a partir d')\s?(?:en |l'annee |l'an )?(?P<start>{_DATE})\b")
_SINCE_EVENT = re.compile(rf"\bdepuis (?:mon |ma |mes |le |la |l'|que )(?:[a-z']+ ){{1,5}}?en (?P<start>{_YEAR})\b")
_SINCE_SHORT_YEAR = re.compile(r"\bdepuis (?:l'annee )?'?(?P<start>[4-9]\d)\b(?! ?(?:ans?|annees?|mois|semaines?|%|heures|h\b|"
    r"jours))")
_SINCE_MONTH = re.compile(rf"\bdepuis (?:le mois (?:de |d')|debut |fin |mi[- ])?(?P<month>{_MONTH})(?P<last> dernier| dernière|"
    rf" derniere|"
    rf" de l'an dernier| de l'annee derniere| passe)?\b(?! ?\d)")
_SINCE_LAST_YEAR = re.compile(r"\bdepuis (?:l'an dernier|l'annee derniere|l'an passe|l'annee passee)\b")
_STARTED = re.compile(rf"\b(?:commence|debute|embauchee?|signe|recrutee?|entree?|rentree?|arrivee?|titularisee?|"
    rf"prise?)\b(?: (?!et\b|"
    rf"puis\b)[a-z']+){{0,5}}? (?:en|le|au|depuis)\s(?P<start>{_DATE})\b(?! ?(?:a|au|jusqu))")
# « commencé en 1988 … licencié en 2023 »: the end is told in other words.
_STARTED_ENDED = re.compile(rf"\b(?:commence|debute|embauchee?|recrutee?|entree?|rentree?|"
    rf"arrivee?)\b(?: (?!en\b)[a-z']+){{0,5}}? (?:en|"
    rf"le)\s(?P<start>{_DATE})\b[^.;]{{0,30}}?"
                            rf"\b(?:licencie\w*|arrete\w*|partie?|quitte|fini|termine|demission\w*|virer?|"
                            rf"ferme)\b(?: (?!en\b)[a-z']+){{0,4}}? (?:en|"
                            rf"le) (?P<end>{_DATE})\b")
_TWO_DIGITS = re.compile(r"\b(?:de|entre) '?(?P<start>[4-9]\d) (?:a|et) (?:'?(?P<end>[4-9]\d|[0-2]\d)|(?P<long>(?:19|"
    r"20)\d\d))\b(?! ?(?:ans?|"
    r"annees?|mois|semaines?|jours|heures|%|euros))")
_SAME_YEAR = re.compile(rf"(?:\b(?:de|du|d'|entre|mois de)\s?)?\b(?P<first>{_MONTH})\.? (?:a|au|et|-|jusqu'a|jusqu'en) (?:la |"
    rf"fin )?(?P<last>{_MONTH})\.? "
                        rf"(?:de )?(?P<year>{_YEAR})\b")
_DAY = re.compile(r"^(?:le |la |l'|les )?(\d{1,2}|1er)[ /.-](?!\d{4})")
LAST_DAYS = 28
_MONTH_IN = re.compile(rf"(?P<name>{_MONTH})\b|(?P<number>\d{{1,2}})[/.-](?=\d{{4}})")


@dataclass(frozen=True)
class Period:
    """Months counted from year 0: `start` and `end` are the best reading, the others its bounds."""

    start: int
    end: int
    latest_start: int
    earliest_start: int
    position: tuple[int, int]
    is_open: bool


def find_periods(text: str, today: date, asked: bool = False) -> tuple[Period, ...]:
    """The dated periods of a readable text, in order; those that would end before they begin are left out.

    `asked` also reads « j'ai commencé en 2008 » as a period that goes on.
    """
    found: list[Period] = []
    started = ((_STARTED_ENDED, _closed), (_STARTED, _since)) if asked else ((_STARTED_ENDED, _closed),)
    for pattern, build in (*started, *_READERS):
        for hit in pattern.finditer(text):
            period = None if _overlaps(hit.span(), found) else build(hit, today)
            if period is not None and period.start <= period.end:
                found.append(period)
    return tuple(sorted(found, key=lambda period: period.position))


def months_covered(spans: Iterable[tuple[int, int]]) -> int:
    """How many months the spans cover together, overlaps counted once."""
    covered, reached = 0, -1
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _closed(hit: re.Match[str], today: date) -> Period | None:
    start = _month_index(hit.group("start"))
    now = re.match(_NOW, hit.group("end")) is not None
    if now:
        return _open(start, hit.span(), today)
    end = _month_index(hit.group("end"))
    (first, exact_start), (last, exact_end) = start, end
    if not exact_start and not exact_end:
        first, last = first - 6, last - 6
    elif exact_start and exact_end:
        last += _last_month(hit.group("start"), hit.group("end"))
    return Period(first, min(last, _today(today)), first, first, hit.span(), False)


def _same_year(hit: re.Match[str], today: date) -> Period | None:
    """« de mars à juillet 2021 »: both months included."""
    year = int(hit.group("year")) * 12
    first, last = year + MONTHS[hit.group("first")] - 1, year + MONTHS[hit.group("last")]
    return Period(first, min(last, _today(today) + 1), first, first, hit.span(), False)


def _last_month(start: str, end: str) -> int:
    """1 when the month of the end counts: it was worked, unless both days are told and it was not completed."""
    first_day, last_day = (_DAY.match(words) for words in (start, end))
    if first_day is None or last_day is None:
        return 1
    begun, ended = (int(found.group(1).replace("er", "")) for found in (first_day, last_day))
    if begun == 1:
        return 1 if ended >= LAST_DAYS else 0
    return 0 if ended >= begun - 1 else -1


def _two_digits(hit: re.Match[str], today: date) -> Period | None:
    start = 1900 + int(hit.group("start"))
    end = int(hit.group("long")) if hit.group("long") else _full_year(int(hit.group("end")))
    return Period(start * 12, min(end * 12, _today(today)), start * 12, start * 12, hit.span(), False)


def _since(hit: re.Match[str], today: date) -> Period | None:
    words = hit.group("start")
    start = (_full_year(int(words)) * 12 + 6, False) if len(words) == 2 else _month_index(words)
    return _open(start, hit.span(), today)


def _since_month(hit: re.Match[str], today: date) -> Period | None:
    month = MONTHS[hit.group("month")] - 1
    this_year = today.year * 12 + month
    last_year = "an dernier" in (hit.group("last") or "") or "annee derniere" in (hit.group("last") or "")
    start = this_year - 12 if this_year > _today(today) or last_year else this_year
    return _open((start, True), hit.span(), today)


def _since_last_year(hit: re.Match[str], today: date) -> Period | None:
    return _open(((today.year - 1) * 12 + 6, False), hit.span(), today)


def _open(start: tuple[int, bool], position: tuple[int, int], today: date) -> Period:
    """A period that goes on; a bare year may have begun in January or in December."""
    index, exact = start
    now = _today(today)
    latest = index if exact else min(index + 5, now)
    return Period(min(index, now), now, latest, index if exact else index - 6, position, True)


def _month_index(words: str) -> tuple[int, bool]:
    """Months since year 0 and whether the month was given; a bare year is placed in its middle (July)."""
    year = int(re.findall(_YEAR, words)[-1])
    months = list(_MONTH_IN.finditer(words))
    if not months:
        return year * 12 + 6, False
    month = months[-1]
    number = MONTHS[month.group("name")] if month.group("name") else int(month.group("number"))
    return (year * 12 + number - 1, True) if 1 <= number <= 12 else (year * 12 + 6, False)


def _full_year(two_digits: int) -> int:
    return 1900 + two_digits if two_digits >= 40 else 2000 + two_digits


def _today(today: date) -> int:
    return today.year * 12 + today.month - 1


_READERS = (
    (_CLOSED, _closed), (_SAME_YEAR, _same_year), (_TWO_DIGITS, _two_digits), (_SINCE, _since), (_SINCE_EVENT, _since), (_SINCE_SHORT_YEAR, _since),
    (_SINCE_MONTH, _since_month), (_SINCE_LAST_YEAR, _since_last_year),
)


def _overlaps(span: tuple[int, int], found: Iterable[Period]) -> bool:
    return any(span[0] < period.position[1] and period.position[0] < span[1] for period in found)
