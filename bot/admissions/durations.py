"""Reads how long a person has worked, in calendar months, from what they typed.

Periods add up, overlapping dated ones count once; ages, studies, pauses and what is to come are left out; internships,
volunteering and mandates are remembered apart. Part time counts as full time: months are calendar months.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.admissions.clauses import factual_sentences
from bot.admissions.duration_items import LONGEST_MONTHS, Length, find_lengths, without_adjectives
from bot.admissions.duration_kinds import WORKED, Surroundings, kind_of
from bot.admissions.durations_vocabulary import UNCOUNTED
from bot.admissions.facts import Experience
from bot.admissions.levels import DO_NOT_KNOW
from bot.admissions.numbers import read_number, replace_numbers
from bot.admissions.periods import Period, find_periods, months_covered
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import readable

MOST_YEARS_WHEN_BARE = 50
_BOUNDARY = re.compile(r",|;|\+|\b(?:mais|et|puis|donc|ensuite|apres|avant|avec|sinon|dont|soit|plus(?! (?:de|d'))|ou)\b")
_MISSING = re.compile(r"\bmanque\b[^,]{0,25}\bpour (?:avoir|faire|atteindre|arriver|completer|totaliser|en avoir)\b")
_SINCE_AGE = re.compile(r"\b(?:travaill\w+|boss\w+|bosse|dans la vie active|salarie\w*)[^,]{0,30}\bdepuis (?:que j'ai|que j'avais|mes|l'age de|l'age) (\d\d)(?: ans)?")
_BETWEEN_AGES = re.compile(r"\b(?:travaill\w+|boss\w+|salarie\w*)\b[^,]{0,30}\b(?:de|entre) mes (\d\d)(?: ans)? (?:a|et|jusqu'a) (?:mes )?(\d\d)\b")
_AGE_NOW = re.compile(r"\bj'(?:ai|en ai)(?: maintenant| aujourd'hui| bientot)? (\d\d)\b(?! (?:ans )?(?:d'exp|de (?:metier|carriere|boite)))")
_TOTAL_BEFORE = re.compile(r"\b(?:soit|donc|c'est[- ]a[- ]dire|cad|ca (?:me |nous )?fait|cela (?:me )?fait|ce qui fait|au total|en tout|total\w*|=)\s?(?:de |d'|:|en tout |au total |a peu pres |environ |donc |presque |plus de )*$|= ?$")
_TOTAL_AFTER = re.compile(r"^ ?,? ?(?:d'exp\w+ )?(?:pro\w* )?(?:en tout|au total|au final|tout compris|tout confondu|cumulee?s?|en cumule|au cumul)")
_PART_BEFORE = re.compile(r"\b(?:dont|y compris|parmi lesquel\w+|incluant|compris)\s(?:\S+ ){0,2}$")
_CORRECTED_BEFORE = re.compile(r"\b(?:non|pardon|plutot|trompee?|erreur|voulais dire|attends|attendez|correction|oups|corrige|enfin|ou plutot)\b")
_CORRECTED_AFTER = re.compile(r"^ ?,? ?(?:en fait|plutot|pardon|en realite|exactement en fait)")
_JOINED = re.compile(r"\b(?:et|puis|plus|ensuite|apres|avant|auparavant)\b|\+")
_GENERAL = re.compile(r"^ ?(?:d'|de )(?:exp\w+|carriere|vie active|travail|vie pro\w*|metier|boulot)(?: pro\w*)?\s?(?:[,:(]|dont|$)")
_NONE = re.compile(
    r"\b(?:jamais (?:encore )?(?:travaill\w*|bosse|eu (?:d'emploi|de (?:travail|boulot|job)))|(?:aucune?|pas|pas encore|sans|zero|0|ni|pas la moindre|sans aucune|jamais eu)\s?(?:d'|de |aucune )?(?:experience\w*|vecu pro\w*)(?: pro\w*| de travail)?"
    r"(?! (?:en mairie|en collectiv|dans|en admin|administ|du public|du metier|en secret|de secret|en commun|sur|municip|dans ce)))"
)
_NONE_ASKED = re.compile(r"^(?:non+|nope|rien(?: du tout)?|aucune?s?|zero|nada|neant|pas encore|pas du tout|debutante?|jamais|pas vraiment|0|que dalle|pas)(?:[ ,.!]+(?:non|rien|aucune|merci|malheureusement|helas|jamais|encore|pour l'instant|du tout|pour le moment|je debute|desolee?|pas encore))*[ .!]*$|\bje (?:debute|n'ai (?:encore )?jamais|n'ai pas (?:encore )?(?:travaille|d'experience|bosse))|\bje sors (?:de l'ecole|du lycee|des etudes|de terminale)|\bpremier emploi\b")
_LONG = re.compile(r"\b(?:toute ma (?:vie|carriere)|ma vie entiere|depuis toujours|un bail|longtemps|des lustres|une eternite|pas mal d'annees|des annees|de longue date|depuis (?:mes|l'age de) \d\d ans|une paye|beaucoup d'experience|bonne experience|grosse experience|solide experience|longue experience)\b")
_SOME_WORK = re.compile(r"^(?:oui|ouais|si|yes|un peu|pas beaucoup|quelques unes|beaucoup|pas mal|j'ai (?:deja )?(?:travaille|bosse)|petits? (?:boulots?|jobs?)|des petits? (?:boulots?|jobs?))\b|\b(?:jobs? (?:d'ete|etudiants?)|petits boulots|j'ai (?:deja |un peu |toujours )?(?:travaille|bosse)|je (?:travaille|bosse)|de l'experience|un peu d'experience)\b")
_FILLER = re.compile(r"\b(?:euh+|ben|bah|oui|alors|je dirais|j'ai|environ|en tout|a peu pres|au total|je crois|je pense|disons|ca fait|peut[- ]etre|c'est|bon|donc|moi|hum|non|pas|experience|d'experience)\b|[:!()~]|[,.](?!\d)")


@dataclass(frozen=True)
class _Item:
    span: Length | Period
    kind: str
    total: bool
    part: bool
    corrects: bool
    joined: bool
    general: bool


def read_experience(text: str, asked: bool = False, today: date | None = None, *, about_other: bool | None = None) -> Experience | None:
    """The paid experience that a text states, in calendar months with its bounds.

    `today` closes « depuis 2019 » (without it, dates that go on are not read). When `asked`, a bare « 8 » is
    8 years, « non » is 0 and « je ne sais pas » is `Experience(unknown=True)`. None when nothing is said.

    Source: Prérequis à l'entrée en formation (expérience professionnelle de 3 ans, in any field).
    """
    plain = without_adjectives(replace_numbers(readable(text)))
    other = speaks_for_someone_else(plain) if about_other is None else about_other
    sentences = factual_sentences(plain, asked=asked, about_other=other)
    told = _since_an_age(" ".join(sentences)) or next((found for found in map(_all_but, sentences) if found), None)
    if told is not None:
        return told
    items = _kept([item for sentence in sentences for item in _items(sentence, asked, today or date.max)])
    worked = [item.span for item in items if item.kind == WORKED]
    remembered = [item for item in items if item.kind != WORKED]
    if worked:
        return _with_remembered(_add_up(worked), remembered)
    return _without_length(plain, sentences, remembered, asked)


def _all_but(sentence: str) -> Experience | None:
    """« Il me manque 6 mois pour faire les 3 ans » is two years and a half."""
    if not _MISSING.search(sentence):
        return None
    lengths = find_lengths(sentence)
    if len(lengths) != 2 or lengths[0].months > lengths[1].months:
        return None
    return Experience(months=round(lengths[1].months - lengths[0].months))


def _since_an_age(facts: str) -> Experience | None:
    """« J'ai 52 ans et je bosse depuis mes 18 ans » is about 34 years; « de mes 18 à mes 25 ans » is 7."""
    between = _BETWEEN_AGES.search(facts)
    if between is not None and int(between.group(1)) < int(between.group(2)):
        return Experience(months=(int(between.group(2)) - int(between.group(1))) * 12)
    begun = _SINCE_AGE.search(facts)
    ages = [int(age) for age in _AGE_NOW.findall(_SINCE_AGE.sub(" ", facts))] if begun else []
    if begun is None or not ages or max(ages) <= int(begun.group(1)):
        return None
    months = (max(ages) - int(begun.group(1))) * 12
    return Experience(months, months - 12, months + 12)


def _items(sentence: str, asked: bool, today: date) -> list[_Item]:
    """The lengths of one sentence, each with what it measures; those that are no experience are left out."""
    periods = find_periods(sentence, today, asked) if today != date.max else ()
    spans: list[Length | Period] = [*periods, *find_lengths(sentence, [period.position for period in periods])]
    spans.sort(key=lambda span: span.position)
    items = []
    for index, span in enumerate(spans):
        words = _surroundings(sentence, spans, index)
        kind = kind_of(words, asked)
        if kind is not None:
            items.append(_item(span, kind, words, sentence, spans[index - 1].position[1] if index else None))
    return _without_stray_ages(items, sentence)


def _surroundings(sentence: str, spans: Sequence[Length | Period], index: int) -> Surroundings:
    span = spans[index]
    start, end = span.position
    left = _cut_left(sentence, spans[index - 1].position[1], start) if index else 0
    right = _cut_left(sentence, end, spans[index + 1].position[0]) if index + 1 < len(spans) else len(sentence)
    dated = isinstance(span, Period)
    return Surroundings(sentence[left:start], sentence[end:right], sentence, dated, dated and span.is_open,
                        not dated and span.in_years, 0 if dated else span.amount)


def _cut_left(sentence: str, start: int, end: int) -> int:
    """Between two lengths, where the words of the second begin: at the last boundary, else at its start."""
    edges = [start + found.start() for found in _BOUNDARY.finditer(sentence[start:end])]
    return edges[-1] if edges else end


def _item(span: Length | Period, kind: str, words: Surroundings, sentence: str, previous_end: int | None) -> _Item:
    gap = "" if previous_end is None else sentence[previous_end:span.position[0]]
    return _Item(
        span, kind,
        total=_TOTAL_AFTER.match(words.after) is not None or (previous_end is not None and _TOTAL_BEFORE.search(gap) is not None),
        part=_PART_BEFORE.search(sentence[:span.position[0]]) is not None,
        corrects=(_CORRECTED_BEFORE.search(sentence[:span.position[0]] if previous_end is None else gap) or _CORRECTED_AFTER.match(words.after)) is not None,
        joined=_JOINED.search(gap) is not None,
        general=_GENERAL.match(words.after) is not None,
    )


def _without_stray_ages(items: list[_Item], sentence: str) -> list[_Item]:
    """« 42 ans, bac pro, 8 ans de caisse »: the bare number of years beside a real length is an age."""
    if len(items) < 2:
        return items
    return [item for item in items if not (
        isinstance(item.span, Length) and item.span.in_years and item.span.amount > 17
        and re.match(r"\s*(?:,|$|et (?:j'ai|je))", sentence[item.span.position[1]:]) and not sentence[:item.span.position[0]].strip(" ,").rsplit(",", 1)[-1].strip())]


def _kept(items: list[_Item]) -> list[_Item]:
    """After corrections, totals and restatements: the lengths to add up."""
    kept: list[_Item] = []
    for item in items:
        if item.part:
            continue
        if item.total or item.corrects:
            kept = [other for other in kept if other.kind != item.kind]
        if not _repeats(item, kept):
            kept.append(item)
    return _without_detail(kept)


def _repeats(item: _Item, kept: list[_Item]) -> bool:
    """« secrétaire depuis 2019, 7 ans d'expérience »: a length that says an open period again."""
    for other in kept:
        dated, length = (item.span, other.span) if isinstance(item.span, Period) else (other.span, item.span)
        if isinstance(dated, Period) and isinstance(length, Length) and dated.is_open and not item.joined:
            if abs((dated.end - dated.start) - length.months) <= 12:
                return True
    return False


def _without_detail(items: list[_Item]) -> list[_Item]:
    """« 10 ans d'expérience : 6 en mairie, 4 en usine »: a general figure followed by its detail counts once."""
    if len(items) < 2 or not items[0].general or any(item.joined for item in items[1:2]):
        return items
    rest = [item for item in items[1:] if item.kind == WORKED]
    detail = _add_up([item.span for item in rest]).months if rest else 0
    first = items[0].span
    if isinstance(first, Length) and detail is not None and 0 < detail <= first.months + 12:
        return [items[0], *(item for item in items[1:] if item.kind != WORKED)]
    return items


def _add_up(spans: Sequence[Length | Period]) -> Experience:
    lengths = [span for span in spans if isinstance(span, Length)]
    periods = [span for span in spans if isinstance(span, Period)]
    months = sum(length.months for length in lengths) + months_covered((p.start, p.end) for p in periods)
    least = sum(length.least for length in lengths) + months_covered((p.latest_start, p.end) for p in periods)
    most = sum(length.most or 0 for length in lengths) + months_covered((p.earliest_start, p.end) for p in periods)
    figures = [min(LONGEST_MONTHS, round(figure)) for figure in (months, least, most)]
    is_open = any(length.most is None for length in lengths)
    exact = not is_open and figures[0] == figures[1] == figures[2]
    return Experience(figures[0], None if exact else figures[1], None if exact or is_open else figures[2], is_open)


def _with_remembered(experience: Experience, remembered: list[_Item]) -> Experience:
    if not remembered:
        return experience
    total = _add_up([item.span for item in remembered])
    return replace(experience, uncounted_months=total.months, uncounted_kind=remembered[0].kind)


def _without_length(plain: str, sentences: list[str], remembered: list[_Item], asked: bool) -> Experience | None:
    """What is said of experience when no length of paid work is."""
    facts = " ; ".join(sentences)
    if remembered:
        return _with_remembered(Experience(months=0 if asked or _NONE.search(facts) else None), remembered)
    if asked and DO_NOT_KNOW.search(plain):
        return Experience(unknown=True)
    if _NONE.search(facts) or (asked and _NONE_ASKED.search(facts)):
        return Experience(months=0)
    return _vague(plain, facts) if asked else None


def _vague(plain: str, facts: str) -> Experience | None:
    number = read_number(" ".join(_FILLER.sub(" ", plain).split()))
    if number is not None:
        return Experience(months=round(number * 12 if number <= MOST_YEARS_WHEN_BARE else min(number, LONGEST_MONTHS)))
    kind = next((name for name, pattern in UNCOUNTED if pattern.search(facts)), None)
    if kind is not None:
        return Experience(months=0, uncounted_months=None, uncounted_kind=kind)
    if _LONG.search(facts):
        return Experience(at_least=12, open_ended=True)
    return Experience(at_least=1, open_ended=True) if _SOME_WORK.search(facts) else None
