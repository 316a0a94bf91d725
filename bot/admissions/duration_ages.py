"""Reads a length of work told by ages: « je bosse depuis mes 18 ans, j'en ai 52 », « de mes 18 à mes 25 ans »."""

from __future__ import annotations

import re

from bot.admissions.facts import Experience

_SINCE_AGE = re.compile(r"\b(?:travaill\w+|boss\w+|bosse|dans la vie active|salarie\w*)[^,]{0,30}\bdepuis (?:que j'ai|que j'avais|mes|l'age de|"
    r"l'age) (\d\d)(?: ans)?")
_BETWEEN_AGES = re.compile(r"\b(?:travaill\w+|boss\w+|salarie\w*)\b[^,]{0,30}\b(?:de|entre) mes (\d\d)(?: ans)? (?:a|et|jusqu'a) (?:mes )?(\d\d)\b")
_BETWEEN_AGES_ONLY = re.compile(r"^(?:oui )?(?:de|entre) mes (\d\d)(?: ans)? (?:a|et|jusqu'a) (?:mes )?(\d\d)\b")
_STARTED_AT = re.compile(r"\b(?:commence|debute)(?: a (?:travailler|bosser)| le travail| ma carriere)? a (\d\d)(?: ans|$|,| et)")
_LEFT_SCHOOL_AT = re.compile(r"\b(?:arrete|quitte) (?:l'ecole|le lycee|les etudes|mes etudes) a (\d\d) ans (?:et |, ?)+(?:depuis|"
    r"j'ai toujours) (?:je )?(?:travaill|boss)")
_AGE_NOW = re.compile(r"\bj'(?:ai|en ai)(?: maintenant| aujourd'hui| bientot)? (\d\d)\b(?! (?:ans )?(?:d'exp|de (?:metier|carriere|boite)))")


def since_an_age(facts: str, asked: bool) -> Experience | None:
    """« J'ai 52 ans et je bosse depuis mes 18 ans » is about 34 years; « de mes 18 à mes 25 ans » is 7."""
    between = _BETWEEN_AGES.search(facts) or (_BETWEEN_AGES_ONLY.match(facts) if asked else None)
    if between is not None and int(between.group(1)) < int(between.group(2)):
        return Experience(months=(int(between.group(2)) - int(between.group(1))) * 12)
    begun = _SINCE_AGE.search(facts) or _LEFT_SCHOOL_AT.search(facts) or (_STARTED_AT.search(facts) if asked else None)
    ages = [int(age) for age in _AGE_NOW.findall(facts.replace(begun.group(), " "))] if begun else []
    if begun is None or not ages or max(ages) <= int(begun.group(1)):
        return None
    months = (max(ages) - int(begun.group(1))) * 12
    return Experience(months, months - 12, months + 12)
