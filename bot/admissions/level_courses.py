"""What each family of studies is worth: years of licence, BUT, master, BTS, university, schools, nursing.

Two validated years without the diploma, and years whose outcome was not told, are marked for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.admissions.facts import NO_DIPLOMA_LEVEL, Diploma
from bot.admissions.level_mentions import Mention
from bot.admissions.level_standings import Standing
from bot.admissions.titles_vocabulary import TITLES

BAC_LEVEL = 4
STOPPED_REACH = 30
FIRST_YEAR_OF_NURSES_AT_LEVEL_6 = 2012
FIRST_YEAR_OF_CARERS_AT_LEVEL_4 = 2021
IMPLIED_BAC = Diploma(BAC_LEVEL, "bac")
TWO_YEARS = Diploma(BAC_LEVEL, "bac", two_years_validated=True)
YEARS_NOT_TOLD = Diploma(BAC_LEVEL, "bac", level_unknown=True)

_ORDINAL = {"1": 1, "1ere": 1, "1re": 1, "premiere": 1, "2": 2, "2e": 2, "2eme": 2, "2nde": 2, "deuxieme": 2, "seconde": 2,
            "3": 3, "3e": 3, "3eme": 3, "troisieme": 3, "derniere": 3, "dernieres": 3}
_YEAR = r"(1ere|1re|premiere|2e|2eme|2nde|deuxieme|seconde|3e|3eme|troisieme|derniere|[123])"
_YEAR_LEFT = re.compile(rf"\b{_YEAR} annees? (?:validee?s? |reussie?s? )?(?:(?:de|du|en|a|la|ma|mon|un|une|dans)\s+|[dl]'|d'un |d'une )*$")
_COUNT_LEFT = re.compile(r"\b(un|une|1|2|3|4) (?:ans?|annees?|premieres annees|semestres?) (?:validees? |reussies? |complet\w* |"
    r"entieres? )?(?:(?:de|du|en|a|la|ma|mon|un|une|dans)\s+|[dl]')*$")
_FIRST_YEARS = re.compile(r"\b(?:2|3|deux) (?:premieres )?annees?\b")
_YEAR_RIGHT = re.compile(rf"^[^,;]{{0,30}}?(?:, ?)?(?:\ben |\(|\ba |\bla |\bma |\b){_YEAR} annee|^ ?([123])\b(?! ?(?:ans?|mois|enfants?|fois|"
    rf"annees))|^[^,;]{{0,25}}?\bniveau ([123])\b|^ ?(iii|ii|i)\b")
_TWO_YEARS_VALIDATED = re.compile(r"\b(?:2|deux) (?:premieres )?annees? (?:\S+ ){0,3}?valid\w+")
# « j'ai arrêté en L2, j'ai validé ma L1 seulement »: what was validated is the first year, not the second.
_FIRST_YEAR_VALIDATED = re.compile(r"\b(?:valid|obten|reuss)\w+ (?:que |seulement |juste |uniquement )*"
                                   r"(?:ma |la |l'|sa |une |un )?(?:(?:l ?1|1ere annee|1re annee|"
                                   r"premiere annee|annee|1 an\b|1 annee|but ?1)(?: (?:seulement|uniquement))?)"
                                   r"|\b(?:valid|obten|reuss)\w+(?: (?:que|seulement|juste|uniquement))*(?: (?:ma|la|le|mon|un|une))? *$")
_VALIDATED = re.compile(r"\b(?:valide\w*|obtenu\w*|reussi\w*|acquis\w*|complete?s?|eue?)\b")
_NOT_VALIDATED = re.compile(r"\b(?:pas|non|jamais|sans|rien)\b[^,]{0,25}\b(?:valid\w+|obten\w+|reussi\w*|diplom\w+|eu|termin\w+|fini\w*)\b|"
    r"\brate\w*|\becho\w+|\bredoubl\w+|\babandonn\w+|\bpartiel\w+")
_STOPPED = re.compile(r"\b(?:laiss\w+ tomber|arret\w+|abandon\w+|stopp\w+|quitt\w+|interromp\w+|lach\w+)\b")
_YEARS_AGO = re.compile(r"\b(?:19[5-9]\d|20[0-2]\d)\b")
_TITLES = tuple((re.compile(pattern), level, label) for pattern, level, label in TITLES)
_SENIORITY = re.compile(r"\b(?:depuis|ca fait) (?:plus de )?(\d{1,2}) ans")


def read_licence(mention: Mention, standing: Standing) -> Diploma:
    """L1 and L2 are no diploma; two validated years are marked; an L3 that is not finished supposes them."""
    year, attempted = year_of_study(mention), standing is not Standing.OBTAINED
    label = mention.name.label
    count = _COUNT_LEFT.search(mention.before)
    around = _FIRST_YEAR_VALIDATED.sub(" ", mention.before + mention.after)
    validated = _VALIDATED.search(around) is not None and not _NOT_VALIDATED.search(around)
    if year is None and count is not None:
        year = {"un": 1, "une": 1}.get(count.group(1)) or int(count.group(1))
        if year >= 2 and not validated:
            return IMPLIED_BAC if attempted or _NOT_VALIDATED.search(around) or _STOPPED.search(around) else YEARS_NOT_TOLD
        return TWO_YEARS if year >= 2 else IMPLIED_BAC
    if year is None:
        return IMPLIED_BAC if attempted else Diploma(6, label)
    if year == 3:
        return TWO_YEARS if attempted else Diploma(6, label)
    if year == 2 and standing is Standing.IN_PROGRESS:
        return IMPLIED_BAC
    just_before = mention.sentence[max(0, mention.start - STOPPED_REACH):mention.start]  # « j'ai arrêté la licence en L2 »
    stopped = attempted or _STOPPED.search(around + just_before) is not None or _NOT_VALIDATED.search(around) is not None
    return TWO_YEARS if year == 2 and (validated or not stopped) and not _NOT_VALIDATED.search(around) else IMPLIED_BAC


def _master(mention: Mention, standing: Standing) -> Diploma:
    year = year_of_study(mention)
    one_year = year == 1 or _COUNT_LEFT.search(mention.before) is not None
    return Diploma(7, "master") if standing is Standing.OBTAINED and not one_year else Diploma(6, "licence")


def _first_master_year(mention: Mention, standing: Standing) -> Diploma:
    return Diploma(6, "master 1" if standing is Standing.OBTAINED else "licence")


def _short(mention: Mention, standing: Standing) -> Diploma:
    """BTS, DUT, DEUG: a year of them is not the diploma, unless the last one was validated."""
    around = mention.before + mention.after
    partial = year_of_study(mention) is not None or _COUNT_LEFT.search(mention.before) is not None
    finished = _VALIDATED.search(mention.after) is not None and not _NOT_VALIDATED.search(around)
    if standing is Standing.OBTAINED and (not partial or (finished and year_of_study(mention) != 1)):
        return Diploma(5, mention.name.label)
    two_years = _TWO_YEARS_VALIDATED.search(mention.sentence)
    return TWO_YEARS if two_years and not _NOT_VALIDATED.search(two_years.group()) else IMPLIED_BAC


def _ects(mention: Mention, standing: Standing) -> Diploma | None:
    return TWO_YEARS if standing is Standing.OBTAINED else IMPLIED_BAC


def _prepa(mention: Mention, standing: Standing) -> Diploma:
    around = mention.before + mention.after
    two_years = re.search(r"\b(?:2|deux) (?:ans|annees)\b|valide|2e annee", around) is not None
    return TWO_YEARS if two_years and not _NOT_VALIDATED.search(around) else IMPLIED_BAC


def _faculty(mention: Mention, standing: Standing) -> Diploma:
    """Years of university without a diploma's name: two validated are marked, a bare count cannot be told."""
    around = mention.before + mention.after + mention.later
    several = _FIRST_YEARS.search(around) or re.search(r"\b(?:2|3|4|5|quelques|plusieurs) (?:ans|annees)\b", around)
    if several is None or standing is not Standing.OBTAINED or _NOT_VALIDATED.search(around) or _STOPPED.search(around):
        validated_two = re.search(r"\b(?:2|deux) (?:premieres )?annees? (?:\S+ ){0,4}?valid", around) and not _NOT_VALIDATED.search(around)
        return TWO_YEARS if validated_two else IMPLIED_BAC
    return TWO_YEARS if _VALIDATED.search(around) else YEARS_NOT_TOLD


def _licence_pro(mention: Mention, standing: Standing) -> Diploma:
    """Nobody enters it without two years of higher education, but these may have given no diploma."""
    return Diploma(6, mention.name.label) if standing is Standing.OBTAINED else TWO_YEARS


def _final_year(mention: Mention, standing: Standing) -> Diploma | None:
    """The last year of lycée without the bac: the wording of the record leaves room, and says so."""
    return Diploma(NO_DIPLOMA_LEVEL, without_diploma=True)


def _generic(mention: Mention, standing: Standing) -> Diploma | None:
    return None


def _school(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return IMPLIED_BAC
    graded = re.search(r"grade (?:de )?master|bac ?\+ ?5|niveau 7|master\b|programme grande ecole", mention.sentence)
    return Diploma(7, mention.name.label) if graded else Diploma(label=mention.name.label, level_unknown=True)


def _named_title(mention: Mention, standing: Standing) -> Diploma | None:
    """« titre professionnel gestionnaire de paie »: its level by its name; not obtained, it tells nothing of the diploma before."""
    if standing is not Standing.OBTAINED:
        return None
    level, label = next((level, label) for pattern, level, label in _TITLES if pattern.search(mention.words))
    return Diploma(level, f"titre professionnel {label}" if " de niveau " not in label else "titre professionnel")


def _nurse(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return IMPLIED_BAC
    return Diploma(5 if _first_year(mention) < FIRST_YEAR_OF_NURSES_AT_LEVEL_6 else 6, mention.name.label)


def _carer(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return Diploma(NO_DIPLOMA_LEVEL)
    seniority = _SENIORITY.search(mention.sentence)
    old = _first_year(mention) < FIRST_YEAR_OF_CARERS_AT_LEVEL_4 or (seniority is not None and int(seniority.group(1)) > 5)
    return Diploma(3 if old else 4, mention.name.label)


def year_of_study(mention: Mention) -> int | None:
    """1, 2 or 3 when the words name a year of the course (« L2 », « 2e année de licence »)."""
    inside = re.search(r"[123]$", mention.words)
    if inside is not None and mention.name.kind in ("licence", "but", "master"):
        return int(inside.group())
    left = _YEAR_LEFT.search(mention.before)
    if left is not None:
        return _ORDINAL[left.group(1)]
    right = _YEAR_RIGHT.search(mention.after)
    if right is None:
        return None
    roman = {"i": 1, "ii": 2, "iii": 3}
    return _ORDINAL.get(right.group(1) or "") or roman.get(right.group(4) or "") or int(right.group(2) or right.group(3))


def _first_year(mention: Mention) -> int:
    return min((int(year) for year in _YEARS_AGO.findall(mention.sentence)), default=9999)


COURSES: dict[str, Callable[[Mention, Standing], Diploma | None]] = {
    "licence": read_licence, "but": read_licence, "master": _master, "master1": _first_master_year, "short": _short, "ects": _ects, "prepa": _prepa,
    "faculty": _faculty, "licence_pro": _licence_pro, "final_year": _final_year, "generic": _generic,
    "named_title": _named_title, "school": _school, "nurse": _nurse, "carer": _carer,
}
