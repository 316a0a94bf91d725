"""Reads the bare answers to « combien d'années avez-vous travaillé ? »: a figure without its unit, a vague amount, a yes."""

from __future__ import annotations

import re

from bot.admissions.duration_items import LONGEST_MONTHS, add_up, find_lengths
from bot.admissions.durations_vocabulary import UNCOUNTED
from bot.admissions.facts import Experience
from bot.admissions.numbers import read_number

_LONG = re.compile(r"\b(?:toute ma (?:vie|carriere)|ma vie entiere|depuis toujours|un bail|longtemps|des lustres|une eternite|"
    r"pas mal d'annees|"
    r"des annees|de longue date|depuis (?:mes|l'age de) \d\d ans|une paye|beaucoup d'experience|bonne experience|"
    r"grosse experience|"
    r"solide experience|longue experience)\b")
_BARE_FIGURE = re.compile(r"(?<![\d.,/+-])(~?\d{1,2}(?:[.,]5)?)(?=(?: et demie?| 1/2)?(?: (?:(?:ou|a|et)\b|-|/) ?| ?[-/] ?|[ .!?,;]*$|"
    r" (?:je (?:dirais|crois|pense)|"
    r"environ|a peu pres|en tout|au total|facile|minimum|ou plus)\b))")
_SOME_WORK = re.compile(r"^(?:oui|ouais|si|yes|un peu|pas beaucoup|quelques unes|beaucoup|pas mal|j'ai (?:deja )?(?:travaille|"
    r"bosse)|"
    r"petits? (?:boulots?|jobs?)|des petits? (?:boulots?|jobs?))\b|\b(?:jobs? (?:d'ete|etudiants?)|petits boulots|j'ai (?:deja |"
    r"un peu |"
    r"toujours )?(?:travaille|bosse)|je (?:travaille|bosse)|de l'experience|un peu d'experience)\b")
_FILLER = re.compile(r"\b(?:euh+|ben|bah|oui|alors|je dirais|j'ai|j'en ai|j'y suis|environ|en tout|a peu pres|au total|je crois|"
    r"je pense|disons|"
    r"ca fait|peut[- ]etre|"
    r"c'est|bon|donc|moi|hum|non|pas|experience|d'experience)\b|[:!()~]|[,.](?!\d)")
# « 2 étés en job », « 3 saisons »: a number of something else than years.
_NOT_YEARS = re.compile(r"\b(?:\d{1,2}|une?) (?:etes?|hivers?|saisons?|vacances|contrats?|missions?|cdd|"
                        r"remplacements?|jobs?|boulots?|employeurs?|emplois?|postes?)\b")
MOST_YEARS_WHEN_BARE = 50
MOST_WORDS_WHEN_BARE = 8


_BARE_RANGE = re.compile(r"\b(?:entre )?(\d{1,2}) ?(?:et|ou|a|-|/) ?(\d{1,2})\b(?! ?(?:mois|ans|annees|%))")


def read_bare_range(plain: str) -> Experience | None:
    """« je ne sais plus, entre 2 et 4 »: the range in years that stands beside « je ne sais pas »."""
    found = _BARE_RANGE.search(plain)
    if found is None or int(found.group(1)) >= int(found.group(2)):
        return None
    return add_up(find_lengths(f"entre {found.group(1)} et {found.group(2)} ans"))


def read_vague_answer(plain: str, facts: str) -> Experience | None:
    """What « 8 », « 2 ou 3 », « pas mal d'années » or « oui, un peu » answers to « combien d'années avez-vous travaillé ? »."""
    number = None if _NOT_YEARS.search(plain) else read_number(" ".join(_FILLER.sub(" ", plain).split()))
    if number is not None and number > MOST_YEARS_WHEN_BARE:
        return Experience(months=round(min(number, LONGEST_MONTHS)))
    bare = find_lengths(_BARE_FIGURE.sub(r"\1 ans", plain)) if len(plain.split()) <= MOST_WORDS_WHEN_BARE and not find_lengths(plain) else ()
    if len(bare) == 1:
        return add_up(bare)
    if number is not None:
        return Experience(months=round(number * 12))
    kind = next((name for name, pattern in UNCOUNTED if pattern.search(facts)), None)
    if kind is not None:
        return Experience(months=0, uncounted_months=None, uncounted_kind=kind)
    if _LONG.search(facts):
        return Experience(at_least=12, open_ended=True)
    return Experience(at_least=1, open_ended=True) if _SOME_WORK.search(facts) else None
