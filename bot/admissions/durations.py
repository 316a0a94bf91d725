"""Reads how long a person has worked, in calendar months, from what they typed.

Periods add up, overlapping dated ones count once; ages, studies, pauses and what is to come are left out; internships,
volunteering and mandates are remembered apart. Part time counts as full time: months are calendar months.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.admissions.clauses import factual_sentences
from bot.admissions.duration_ages import since_an_age
from bot.admissions.duration_answers import read_bare_range, read_vague_answer
from bot.admissions.duration_items import REACH, Length, add_up, find_lengths, normalised
from bot.admissions.duration_kinds import WORKED, Surroundings, kind_of
from bot.admissions.durations_vocabulary import WORK
from bot.admissions.facts import Experience
from bot.admissions.levels import DO_NOT_KNOW
from bot.admissions.numbers import replace_numbers
from bot.admissions.periods import Period, find_periods
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import REMEMBERED, readable

REPEAT_MARGIN_MONTHS = 12  # « depuis 2019 » and « 7 ans » tell the same job
MOST_LENGTHS = 40  # nobody tells more jobs in one sentence
_BOUNDARY = re.compile(r",|;|\+|\b(?:mais|et|puis|donc|ensuite|apres|avant|avec|sinon|dont|soit|plus(?! (?:de|d'))|ou|j'ai|je)\b")
_MISSING = re.compile(r"\bmanque\b[^,]{0,25}\bpour (?:avoir|faire|atteindre|arriver|completer|totaliser|en avoir)\b")
_HOME = re.compile(r"\bmaisons? de retraite\b")
_AGENCY = re.compile(r"(\b(?:ans|mois|annees|travaill\w+|boss\w+) (?:a|chez|pour|dans)(?: l'agence)? |\b(?:conseill\w+|agente?|"
    r"salariee?)(?: (?:a|"
    r"chez|de|pour))? )(?:france travail|pole emploi|l'anpe)\b")
_NAMED_STUDIES = re.compile(r"\b(certificat|certif|brevet|diplome) d'etudes(?: (?:primaires?|pro\w*|universitaires?|superieures?|"
    r"generales))*")
_TOTAL_BEFORE = re.compile(r"\b(?:soit|donc|c'est[- ]a[- ]dire|cad|ca (?:me |nous )?fait|cela (?:me )?fait|ce qui fait|au total|"
    r"en tout|total\w*|"
    r"=)\s?(?:de |d'|:|en tout |au total |a peu pres |environ |donc |presque |plus de )*$|= ?$")
_TOTAL_AFTER = re.compile(r"^ ?,? ?(?:d'exp\w+ )?(?:pro\w* )?(?:en tout|au total|au final|tout compris|tout confondu|cumulee?s?|"
    r"en cumule|au cumul)")
_PART_BEFORE = re.compile(r"\b(?:dont|y compris|parmi lesquel\w+|incluant|compris)\s(?:\S+ ){0,2}$")
_CORRECTED_BEFORE = re.compile(r"\b(?:non|pardon|plutot|trompee?|erreur|voulais dire|attends|attendez|correction|oups|corrige|"
    r"enfin|ou plutot)\b")
_CORRECTED_AFTER = re.compile(r"^ ?,? ?(?:en fait|plutot|pardon|en realite|exactement en fait)")
_JOINED = re.compile(r"\b(?:et|puis|plus|ensuite|apres|avant|auparavant)\b|\+")
_GENERAL = re.compile(r"^ ?(?:d'|de )(?:exp\w+|carriere|vie active|travail|vie pro\w*|metier|boulot)(?: pro\w*)?\s?(?:[,:(]|dont|"
    r"$)")
# « jamais travaillé en mairie » says nothing of the work done elsewhere.
_THERE = (r"(?! (?:encore )?(?:en|dans|a|au|aux|pour|chez|comme|avec) (?:une? |la |le |l'|les |ce |cette |votre |des )?(?:mairie|collectiv|"
          r"commun|admin|public|secteur|fonction|domaine|metier|secret|service|epci|ccas|territor|etat civil|bureau|poste|elus?\b|municip))")
_JOB = r"(?:emplois?|travail|boulots?|jobs?|tafs?|salaires?|contrats?)"
_NONE = re.compile(
    rf"\b(?:jamais (?:d'|de |eu (?:d'|de |un |le moindre )?)(?:autre |vrai |seul )?{_JOB}|(?:0|zero|pas le moindre|"
    rf"pas un seul) {_JOB}(?! (?:depuis (?!l'ecole|la sortie|toujours|mon |le bac|ma )|en ce|actuel|pour l'instant|"
    r"maintenant|la\b|aujourd))|jamais (?:ete |eu ete )?(?:salariee?|employee?|payee?|remuneree?|embauchee?|declaree?)\b|"
    r"rien (?:travaille|bosse)|"
    r"(?:pas|jamais) une (?:seule )?(?:heure|journee) (?:de travail|travaille\w*)|(?:aucune?|sans) (?:passe|parcours) pro\w*)|"
    r"\bexperiences?(?: pro\w*)?[ ,:]*(?:neant|aucune|zero|0|nulle|non)\b(?! ?(?:an|mois))|"
    r"\b(?:jamais (?:encore )?(?:(?:travaill\w*|bosse)\b" + _THERE + r"|eu (?:d'emploi|de (?:travail|boulot|job)))|(?:aucune?|pas|pas encore|sans|"
    r"zero|0|ni|"
    r"pas la moindre|sans aucune|jamais eu)\s?(?:d'|de |aucune )?(?:experience\w*|vecu pro\w*)(?: pro\w*| de travail)?"
    r"(?! (?:en mairie|en collectiv|dans|en admin|administ|du public|du metier|en secret|de secret|en commun|sur|municip|"
    r"dans ce)))"
)
_NONE_ASKED = re.compile(r"^(?:non+|nope|rien(?: du tout)?|aucune?s?|zero|nada|neant|pas encore|pas du tout|debutante?|jamais|"
    r"pas vraiment|"
    r"0(?: pointe)?|"
    r"que dalle|pas)(?:[ ,.!]+(?:non|rien|aucune|merci|malheureusement|helas|jamais|encore|pour l'instant|du tout|pour le moment|"
    r"je debute|desolee?|"
    r"pas encore))*[ .!]*$|\bje (?:debute|n'ai (?:encore )?jamais)|\b(?:elle|il) debute\b|(?:\b(?:j'|n'|il |elle )?(?:ai|a) |"
    r"^)(?:pas|"
    r"jamais) (?:encore |vraiment |du tout )?"
    r"(?:travaille|bosse|d'experience)\b(?! (?:depuis|en mairie|dans))" + _THERE + r"|\b(?:je sors|(?:elle|il|fille|fils) sort) (?:de l'ecole|"
    r"du lycee|des etudes|"
    r"de terminale)|\bpremier emploi\b|\btoujours (?:ete )?(?:mere|pere|femme|maman|homme|papa) au foyer\b")
_NEVER_HIRED = re.compile(r"\bjamais (?:ete |eu ete )?(?:salariee?|employee?|embauchee?)\b")
_SELF_EMPLOYED = re.compile(r"\b(?:a (?:mon|son) compte|independante?|auto-entrep\w*|micro-entrep\w*|gerante?|artisane?|"
    r"commercante?|en liberal|agricult\w+|patron\w*)\b")
_ALWAYS_WORKED = re.compile(r"\b(?:toujours|pas mal|beaucoup) (?:travaille|bosse)\b|\b(?:travaille|"
    r"bosse)\w* (?:depuis (?:toujours|longtemps|"
    r"des annees|des lustres)|toute ma vie)|"
    r"\btoute ma (?:vie|carriere) (?:a|au|en|dans|chez|comme)\b|\bdepuis (?:toujours|longtemps|des annees) (?:en|a|au|dans|chez|"
    r"comme)\b")


@dataclass(frozen=True)
class _Item:
    span: Length | Period
    kind: str
    total: bool
    part: bool
    corrects: bool
    joined: bool
    general: bool


@lru_cache(maxsize=REMEMBERED)
def read_experience(text: str, asked: bool = False, today: date | None = None, *, about_other: bool | None = None) -> Experience | None:
    """The paid experience that a text states, in calendar months with its bounds.

    `today` closes « depuis 2019 » (without it, dates that go on are not read). When `asked`, a bare « 8 » is
    8 years, « non » is 0 and « je ne sais pas » is `Experience(unknown=True)`. None when nothing is said.

    Source: Prérequis à l'entrée en formation (expérience professionnelle de 3 ans, in any field).
    """
    plain = normalised(_as_workplaces(replace_numbers(readable(text))))
    other = speaks_for_someone_else(plain) if about_other is None else about_other
    sentences = factual_sentences(plain, asked=asked, about_other=other)
    told = since_an_age(" ".join(sentences), asked) or next((found for found in map(_all_but, sentences) if found), None)
    if told is not None:
        return told
    items = _kept([item for sentence in sentences for item in _items(sentence, asked, today or date.max)])
    worked = [item.span for item in items if item.kind == WORKED]
    remembered = [item for item in items if item.kind != WORKED]
    if worked:
        return _with_remembered(add_up(worked), remembered)
    return _without_length(plain, sentences, remembered, asked)


def _all_but(sentence: str) -> Experience | None:
    """« Il me manque 6 mois pour faire les 3 ans » is two years and a half."""
    if not _MISSING.search(sentence):
        return None
    lengths = find_lengths(sentence)
    if len(lengths) != 2 or lengths[0].months > lengths[1].months:
        return None
    return Experience(months=round(lengths[1].months - lengths[0].months))


def _as_workplaces(plain: str) -> str:
    """« 6 ans à France Travail », « 10 ans en maison de retraite »: places of work whose names sound like a pause."""
    return _NAMED_STUDIES.sub(r"\1", _HOME.sub("ehpad", _AGENCY.sub(r"\1bureau", plain)))


def _items(sentence: str, asked: bool, today: date) -> list[_Item]:
    """The lengths of one sentence, each with what it measures; those that are no experience are left out."""
    periods = find_periods(sentence, today, asked) if today != date.max else ()
    spans: list[Length | Period] = [*periods, *find_lengths(sentence, [period.position for period in periods])]
    spans = sorted(spans, key=lambda span: span.position)[:MOST_LENGTHS]
    at_work = WORK.search(sentence) is not None
    items = []
    for index, span in enumerate(spans):
        words = _surroundings(sentence, spans, index, at_work)
        kind = kind_of(words, asked)
        if kind is not None:
            items.append(_item(span, kind, words, sentence, spans[index - 1].position[1] if index else None))
    return _without_stray_ages(items, sentence)


def _surroundings(sentence: str, spans: Sequence[Length | Period], index: int, at_work: bool) -> Surroundings:
    span = spans[index]
    start, end = span.position
    left = _cut_left(sentence, spans[index - 1].position[1], start) if index else 0
    right = _cut_left(sentence, end, spans[index + 1].position[0]) if index + 1 < len(spans) else len(sentence)
    before, after = sentence[left:start], sentence[end:right]
    if isinstance(span, Period):
        return Surroundings(before, after, at_work, True, span.is_open, False, 0)
    return Surroundings(before, after, at_work, False, False, span.in_years, span.amount)


def _cut_left(sentence: str, start: int, end: int) -> int:
    """Between two lengths, where the words of the second begin: at the last boundary, else at its start."""
    edges = [start + found.start() for found in _BOUNDARY.finditer(sentence[start:end])]
    return edges[-1] if edges else end


def _item(span: Length | Period, kind: str, words: Surroundings, sentence: str, previous_end: int | None) -> _Item:
    start = span.position[0]
    gap = "" if previous_end is None else sentence[previous_end:start]
    before = sentence[max(0, start - REACH):start]
    return _Item(
        span, kind,
        total=_TOTAL_AFTER.match(words.after) is not None or (previous_end is not None and _TOTAL_BEFORE.search(gap) is not None),
        part=_PART_BEFORE.search(before) is not None,
        corrects=(_CORRECTED_BEFORE.search(before if previous_end is None else gap) or _CORRECTED_AFTER.match(words.after)) is not None,
        joined=_JOINED.search(gap) is not None,
        general=_GENERAL.match(words.after) is not None,
    )


def _without_stray_ages(items: list[_Item], sentence: str) -> list[_Item]:
    """« 42 ans, bac pro, 8 ans de caisse »: the bare number of years beside a real length is an age."""
    if len(items) < 2:
        return items
    return [item for item in items if not (
        isinstance(item.span, Length) and item.span.in_years and item.span.amount > 17
        and re.match(r"\s*(?:,|$|et (?:j'ai|"
            r"je))", sentence[item.span.position[1]:]) and sentence[:item.span.position[0]].rstrip()[-1:] in ("", ","))]


def _kept(items: list[_Item]) -> list[_Item]:
    """After corrections, totals and restatements: the lengths to add up."""
    kept: list[_Item] = []
    for item in items:
        if item.part and (item.kind == WORKED or not _take_out(item, kept)):
            continue
        if item.total and _sums_up_internships(item, kept):
            continue
        if item.total or item.corrects:
            kept = [other for other in kept if other.kind != item.kind]
        if not _repeats(item, kept):
            kept.append(item)
    return _without_detail(kept)


def _sums_up_internships(total: _Item, kept: list[_Item]) -> bool:
    """« 2 ans de travail et 18 mois de stage, ça fait 3 ans et demi »: the sum counts what must not count."""
    if all(item.kind == WORKED for item in kept):
        return False
    figures = [item.span.months if isinstance(item.span, Length) else item.span.end - item.span.start for item in (*kept, total)]
    return abs(sum(figures[:-1]) - figures[-1]) <= 1


def _take_out(part: _Item, kept: list[_Item]) -> bool:
    """« 4 ans dont 2 de stage »: what does not count leaves the length it is part of. False when there is none such."""
    for index, whole in enumerate(kept):
        if whole.kind == WORKED and isinstance(whole.span, Length) and isinstance(part.span, Length) and part.span.months < whole.span.months:
            kept[index] = replace(whole, span=whole.span.minus(part.span.months))
            return True
    return False


def _repeats(item: _Item, kept: list[_Item]) -> bool:
    """« secrétaire depuis 2019, 7 ans d'expérience »: a length that says an open period again."""
    for other in kept:
        dated, length = (item.span, other.span) if isinstance(item.span, Period) else (other.span, item.span)
        if not isinstance(dated, Period) or not isinstance(length, Length) or not dated.is_open or item.joined:
            continue
        if abs((dated.end - dated.start) - length.months) <= REPEAT_MARGIN_MONTHS:
            return True
    return False


def _without_detail(items: list[_Item]) -> list[_Item]:
    """« 10 ans d'expérience : 6 en mairie, 4 en usine »: a general figure followed by its detail counts once."""
    if len(items) < 2 or not items[0].general or items[1].joined:
        return items
    rest = [item.span for item in items[1:] if item.kind == WORKED]
    detail = add_up(rest).months if rest else 0
    first = items[0].span
    if isinstance(first, Length) and detail is not None and 0 < detail <= first.months + REPEAT_MARGIN_MONTHS:
        return [items[0], *(item for item in items[1:] if item.kind != WORKED)]
    return items


def _with_remembered(experience: Experience, remembered: list[_Item]) -> Experience:
    if not remembered:
        return experience
    total = add_up([item.span for item in remembered])
    return replace(experience, uncounted_months=total.months, uncounted_kind=remembered[0].kind)


def _without_length(plain: str, sentences: list[str], remembered: list[_Item], asked: bool) -> Experience | None:
    """What is said of experience when no length of paid work is."""
    facts = " ; ".join(sentences)
    none = _NONE.search(facts) is not None and not (_SELF_EMPLOYED.search(facts) and _NEVER_HIRED.search(facts))
    if remembered:
        return _with_remembered(Experience(months=0 if asked or none else None), remembered)
    if asked and DO_NOT_KNOW.search(plain):
        return read_bare_range(plain) or Experience(unknown=True)
    if _ALWAYS_WORKED.search(facts) and not none:
        return Experience(at_least=12, open_ended=True)
    if none or (asked and _NONE_ASKED.search(facts)):
        return Experience(months=0)
    return read_vague_answer(plain, facts) if asked else None
