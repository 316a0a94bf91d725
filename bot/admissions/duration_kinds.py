"""Tells what a length of time measures, from the words around it: paid work, something remembered, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.admissions.durations_vocabulary import (
    AGE_AFTER, AGE_BEFORE, AGO_ONLY, AT_SCHOOL_AS_STAFF, COUNTABLE_AFTER, FUTURE_BEFORE, HAVE_AGE, HOBBY_AFTER, PAID_IN_ASSOCIATION, PAUSE, RULE_AFTER, RULE_BEFORE,
    SINCE_WORKING_AFTER, STUDY_AFTER, STUDYING, UNCOUNTED, WORK,
)

WORKED = "work"
YOUNGEST_WORKER_AGE = 15
_PAUSE_NEXT = re.compile(r"^ ?(?:de |d'|du |des |sans |au |aux |en |a |a la |a l'|passee?s? |ou j'etais |comme |pour )?(?:\w+ )?(?:\w+ )?$")
_SINCE_END = re.compile(r"\b(?:depuis|pendant|durant|ca fait|cela fait|voila|de|en)\s?(?:\S+ )?$")
_AFTER_END = re.compile(r"\b(?:apres|suite a|au bout de|avec|ayant)\s?(?:\S+ )?$")
_EXPERIENCE_NEXT = re.compile(r"^ ?(?:d'|de |en )?(?:exp\w*|travail\w*|metier|carriere|anciennete|boulot|service)")
_BAC_PLUS_BEFORE = re.compile(r"\bbac ?(?:\+|plus) ?$")
_WITHOUT_PAUSE = re.compile(r"^ ?,? ?(?:sans|non[- ]?stop|d'affilee|continu)\s?(?:aucune? |la moindre )?(?:interruption|coupure|pause|arret\w*|discontinuer)?\b(?! (?:emploi|travail|activite|rien|bosser))")
_DIPLOMA_DATE = re.compile(r"\b(?:bac|bts|dut|cap|bep|licence|master|deug|diplome|brevet|titre)\b(?: \w+){0,4}? $")
_SINCE_AGE = re.compile(r"\bdepuis (?:l'age de |mes )$")


@dataclass(frozen=True)
class Surroundings:
    """The words around one length: its own piece of the sentence, cut at the neighbouring lengths."""

    before: str
    after: str
    sentence: str
    is_date: bool
    is_open: bool
    in_years: bool
    amount: float


def kind_of(words: Surroundings, asked: bool) -> str | None:
    """WORKED, the French name of what is remembered but not counted, or None when it is no experience."""
    if _is_no_experience(words, asked):
        return None
    uncounted = _uncounted(words)
    if uncounted is not None:
        return uncounted
    if asked or _speaks_of_work(words):
        return WORKED
    return None


def _is_no_experience(words: Surroundings, asked: bool) -> bool:
    before, after = words.before, words.after
    if not words.is_date and (_is_age(words, asked) or _is_elsewhere_in_time(words)):
        return True
    if _BAC_PLUS_BEFORE.search(before) and not (_EXPERIENCE_NEXT.match(after) or COUNTABLE_AFTER.match(after)):
        return True
    if RULE_AFTER.match(after) or (RULE_BEFORE.search(before) and re.search(r"\b(?:vos|requiert|demandez|exige|demande|faut|fallait|condition)\w*(?: les)? ?$", before)):
        return True
    if STUDY_AFTER.match(after) and not AT_SCHOOL_AS_STAFF.search(after):
        return True
    if words.is_date and words.is_open and _DIPLOMA_DATE.search(before) and not WORK.search(after.split(",")[0]) and not WORK.search(before.rsplit("j'ai", 1)[-1]):
        return True
    return HOBBY_AFTER.match(after) is not None or _is_pause(words) or _is_study(words)


def _is_elsewhere_in_time(words: Surroundings) -> bool:
    """« dans 2 ans », « il y a 3 ans »; but « il y a 5 ans que je travaille ici » is experience."""
    if SINCE_WORKING_AFTER.match(words.after) and not PAUSE.search(words.after[:45]):
        return False
    if re.search(r"\bavant ?$", words.before):
        return not COUNTABLE_AFTER.match(words.after)
    return FUTURE_BEFORE.search(words.before) is not None or AGO_ONLY.search(words.before) is not None


def _is_age(words: Surroundings, asked: bool) -> bool:
    if not words.in_years or words.amount != int(words.amount):
        return False
    if _EXPERIENCE_NEXT.match(words.after):
        return False
    if _SINCE_AGE.search(words.before):
        return True
    if AGE_BEFORE.search(words.before):
        return not (words.before.endswith(" a ") and COUNTABLE_AFTER.match(words.after))
    have = HAVE_AGE.search(words.before) is not None and not COUNTABLE_AFTER.match(words.after)
    if have:
        return words.amount > YOUNGEST_WORKER_AGE or not asked
    alone = not words.before.strip(" ,") and (not words.after.strip(" ,.") or AGE_AFTER.match(words.after) is not None)
    return alone and words.amount > YOUNGEST_WORKER_AGE and not COUNTABLE_AFTER.match(words.after) and not asked


def _is_pause(words: Surroundings) -> bool:
    """Unemployment, leave, children, retirement: « au chômage depuis 2 ans », « 8 ans d'arrêt »."""
    if _WITHOUT_PAUSE.match(words.after):
        return False
    near = words.after.split(",")[0][:60]
    found = PAUSE.search(near)
    if found is not None and _PAUSE_NEXT.match(near[:found.start()]):
        return True
    if _AFTER_END.search(words.before):
        return False
    since = words.is_open or _SINCE_END.search(words.before) is not None
    if not since:
        return False
    earlier = words.before.rsplit(",", 1)[-1]
    begun = PAUSE.search(earlier) is not None and not re.search(r"\b(?:travaille|bosse|exerce)\b(?! pas| plus)", earlier)
    later = found is not None and re.match(r"^ ?(?:que |k |qu')?(?:maintenant )?(?:je |j'|elle |il )", near) is not None
    return begun or later


def _is_study(words: Surroundings) -> bool:
    near = words.before.rsplit(",", 1)[-1] + words.after.split(",")[0][:40]
    return STUDYING.search(near) is not None and not re.search(r"\b(?:travaill\w+|boss\w+|alternance|apprenti\w*|jobs?|salari\w*|cdi|cdd|en tant que|comme|agent|secretaire)\b", near)


def _uncounted(words: Surroundings) -> str | None:
    piece = words.before + " " + words.after[:70]
    for kind, pattern in UNCOUNTED:
        if pattern.search(piece) and not (kind == "bénévolat" and PAID_IN_ASSOCIATION.search(piece)):
            return kind
    return None


def _speaks_of_work(words: Surroundings) -> bool:
    if COUNTABLE_AFTER.match(words.after) and (not words.is_date or not words.is_open):
        return True
    return WORK.search(words.before) is not None or WORK.search(words.after) is not None or WORK.search(words.sentence) is not None
