"""What one diploma named in a text is worth: its level, the level before it, or a marker that a person must look.

The rules: failed, left or in progress counts as the diploma before; two validated years of higher education are
marked; a name whose level cannot be told is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.admissions.facts import NO_DIPLOMA_LEVEL, Diploma
from bot.admissions.foreign import is_foreign
from bot.admissions.level_mentions import Mention, Standing
from bot.admissions.levels_vocabulary import BAC_PLUS_LEVELS, ROMAN_LEVELS

BAC_LEVEL = 4
FIRST_YEAR_OF_NURSES_AT_LEVEL_6 = 2012
FIRST_YEAR_OF_CARERS_AT_LEVEL_4 = 2021
_IMPLIED_BAC = Diploma(BAC_LEVEL, "bac")
_TWO_YEARS = Diploma(BAC_LEVEL, "bac", two_years_validated=True)
_YEARS_NOT_TOLD = Diploma(BAC_LEVEL, "bac", level_unknown=True)

_ORDINAL = {"1": 1, "1ere": 1, "1re": 1, "premiere": 1, "2": 2, "2e": 2, "2eme": 2, "2nde": 2, "deuxieme": 2, "seconde": 2,
            "3": 3, "3e": 3, "3eme": 3, "troisieme": 3, "derniere": 3, "dernieres": 3}
_YEAR = r"(1ere|1re|premiere|2e|2eme|2nde|deuxieme|seconde|3e|3eme|troisieme|derniere|[123])"
_YEAR_LEFT = re.compile(rf"\b{_YEAR} annees? (?:validee?s? |reussie?s? )?(?:(?:de|du|en|a|la|ma|mon|un|une|dans)\s+|[dl]'|d'un |d'une )*$")
_COUNT_LEFT = re.compile(r"\b(un|une|1|2|3|4) (?:ans?|annees?|premieres annees|semestres?) (?:validees? |reussies? |complet\w* |entieres? )?(?:(?:de|du|en|a|la|ma|mon|un|une|dans)\s+|[dl]')*$")
_FIRST_YEARS = re.compile(r"\b(?:2|3|deux) (?:premieres )?annees?\b")
_YEAR_RIGHT = re.compile(rf"^[^,;]{{0,30}}?(?:, ?)?(?:\ben |\(|\ba |\bla |\bma |\b){_YEAR} annee|^ ?([123])\b(?! ?(?:ans?|mois|enfants?|fois|annees))|^[^,;]{{0,25}}?\bniveau ([123])\b|^ ?(iii|ii|i)\b")
_COUNT_RIGHT = re.compile(r"\b(?:pendant |durant )?(un|une|1|2|3) (?:ans?|annees?)\b")
_VALIDATED = re.compile(r"\b(?:valide\w*|obtenu\w*|reussi\w*|acquis\w*|complete?s?|eue?)\b")
_NOT_VALIDATED = re.compile(r"\b(?:pas|non|jamais|sans|rien)\b[^,]{0,25}\b(?:valid\w+|obten\w+|reussi\w*|diplom\w+|eu|termin\w+|fini\w*)\b|\brate\w*|\becho\w+|\bredoubl\w+|\babandonn\w+")
_STOPPED = re.compile(r"\b(?:arret\w+|abandon\w+|stopp\w+|quitt\w+|interromp\w+|lach\w+)\b")
_DIPLOMA_WORDS = re.compile(r"\b(?:diplom\w+|titulaire|deas|as-diplome|deap|obtenu|j'ai (?:le|mon|un|une)|certifi\w+)\b")
_FACULTY_STUDY = re.compile(r"\b(?:etud\w+|fait|arret\w+|annees?|ans?|suis|inscrit\w*|en|commence|quitte|abandonn\w*|alle\w*|passe\w*|raté|rate|validee?s?)\b")
_WORKPLACE = re.compile(r"\b(?:travaill\w*|bosse\w*|secretaire|agent|poste|mairie|employe\w*|cdi|cdd|contrat)\b")
_YEARS_AGO = re.compile(r"\b(?:19[5-9]\d|20[0-2]\d)\b")
_SENIORITY = re.compile(r"\b(?:depuis|ca fait) (?:plus de )?(\d{1,2}) ans")


@dataclass(frozen=True)
class Claim:
    """One diploma that counts. `named` tells a diploma's name from a bare level; `in_france` that a French place is named."""

    diploma: Diploma
    named: bool = True
    in_france: bool = False


def claim_of(mention: Mention, standing: Standing, asked: bool) -> Claim | None:
    """What the mention is worth, or None when it states no fact about a diploma held."""
    if standing is Standing.NO_FACT or not _is_about_a_diploma(mention, standing, asked):
        return None
    in_france = re.search(r"\b(?:en france|francaise?s?)\b", mention.words + mention.after) is not None
    if mention.name.kind == "foreign" or is_foreign(mention.words, _near(mention.before), mention.after.split(",")[0]):
        return None if standing is Standing.DENIED else Claim(Diploma(foreign=True, label=_foreign_label(mention)))
    diploma = _worth(mention, standing)
    return None if diploma is None else Claim(diploma, in_france=in_france)


def _is_about_a_diploma(mention: Mention, standing: Standing, asked: bool) -> bool:
    """Leaves out jobs and places that only sound like studies, unless a diploma was asked for."""
    kind, around = mention.name.kind, mention.before + mention.after
    if kind in ("job", "certificate"):
        return asked
    if kind == "carer":
        return asked or _DIPLOMA_WORDS.search(mention.before + mention.words + mention.after[:30]) is not None or standing is not Standing.OBTAINED
    if kind == "faculty":
        return standing is not Standing.DENIED and (asked or _FACULTY_STUDY.search(around) is not None) and not _WORKPLACE.search(mention.before)
    return True


def _worth(mention: Mention, standing: Standing) -> Diploma | None:
    name = mention.name
    if name.kind in ("bac_plus", "title"):
        return _numbered(mention, standing)
    if standing is Standing.DENIED:
        return Diploma(NO_DIPLOMA_LEVEL) if name.level is not None and name.level <= BAC_LEVEL else None
    if standing is Standing.LEVEL_ONLY:
        return _level_only(mention)
    if standing is Standing.EQUIVALENT:
        return Diploma(label=name.label, level_unknown=True)
    obtained = standing is Standing.OBTAINED
    special = _SPECIAL.get(name.kind)
    if special is not None:
        return special(mention, standing)
    if not obtained:
        return Diploma(name.before, _label_of(name.before))
    return Diploma(name.level, name.label) if name.level is not None else Diploma(label=name.label, level_unknown=True)


def _level_only(mention: Mention) -> Diploma | None:
    """« niveau bac » is a level 4 without the diploma; « niveau BTS » is a BTS not obtained, so a bac."""
    name = mention.name
    if name.kind in ("bac", "final_year"):
        return Diploma(BAC_LEVEL, "niveau bac", without_diploma=True)
    if name.kind == "licence":
        return _YEARS_NOT_TOLD if _year_of_study(mention) is None else _licence(mention, Standing.OBTAINED)
    if name.kind in ("brevet", "generic") or name.level is None:
        return Diploma(NO_DIPLOMA_LEVEL) if name.kind == "brevet" else None
    return Diploma(name.before, _label_of(name.before))


def _numbered(mention: Mention, standing: Standing) -> Diploma | None:
    numeral = mention.scale or "0"
    if mention.name.kind == "title":
        if standing is not Standing.OBTAINED:
            return None
        level = ROMAN_LEVELS[numeral] if numeral in ROMAN_LEVELS else int(numeral)
        return Diploma(level if level >= 3 else NO_DIPLOMA_LEVEL, mention.name.label)
    years = int(numeral)
    if standing is Standing.DENIED:
        return None
    if standing in (Standing.LEVEL_ONLY, Standing.EQUIVALENT):
        return _IMPLIED_BAC if years == 1 else _TWO_YEARS if years == 2 else _YEARS_NOT_TOLD
    if standing is not Standing.OBTAINED:
        return _IMPLIED_BAC if years <= 3 else Diploma(6, "licence")
    return Diploma(BAC_PLUS_LEVELS[years], f"bac+{years}" if years > 1 else "bac")


def _licence(mention: Mention, standing: Standing) -> Diploma:
    """L1 and L2 are no diploma; two validated years are marked; an L3 that is not finished supposes them."""
    year, attempted = _year_of_study(mention), standing is not Standing.OBTAINED
    label = mention.name.label
    count = _COUNT_LEFT.search(mention.before)
    around = mention.before + mention.after
    validated = _VALIDATED.search(around) is not None and not _NOT_VALIDATED.search(around)
    if year is None and count is not None:
        year = {"un": 1, "une": 1}.get(count.group(1)) or int(count.group(1))
        if year >= 2 and not validated:
            return _IMPLIED_BAC if attempted or _NOT_VALIDATED.search(around) or _STOPPED.search(around) else _YEARS_NOT_TOLD
        return _TWO_YEARS if year >= 2 else _IMPLIED_BAC
    if year is None:
        return _IMPLIED_BAC if attempted else Diploma(6, label)
    if year == 3:
        return _TWO_YEARS if attempted else Diploma(6, label)
    stopped = attempted or _STOPPED.search(around) is not None or _NOT_VALIDATED.search(around) is not None
    return _TWO_YEARS if year == 2 and (validated or not stopped) and not _NOT_VALIDATED.search(around) else _IMPLIED_BAC


def _master(mention: Mention, standing: Standing) -> Diploma:
    year = _year_of_study(mention)
    one_year = year == 1 or _COUNT_LEFT.search(mention.before) is not None
    return Diploma(7, "master") if standing is Standing.OBTAINED and not one_year else Diploma(6, "licence")


def _first_master_year(mention: Mention, standing: Standing) -> Diploma:
    return Diploma(6, "master 1" if standing is Standing.OBTAINED else "licence")


def _short(mention: Mention, standing: Standing) -> Diploma:
    """BTS, DUT, DEUG: a year of them is not the diploma, unless the last one was validated."""
    around = mention.before + mention.after
    partial = _year_of_study(mention) is not None or _COUNT_LEFT.search(mention.before) is not None
    finished = _VALIDATED.search(mention.after) is not None and not _NOT_VALIDATED.search(around)
    if standing is Standing.OBTAINED and (not partial or (finished and _year_of_study(mention) != 1)):
        return Diploma(5, mention.name.label)
    return _IMPLIED_BAC


def _ects(mention: Mention, standing: Standing) -> Diploma | None:
    return _TWO_YEARS if standing is Standing.OBTAINED else _IMPLIED_BAC


def _prepa(mention: Mention, standing: Standing) -> Diploma:
    around = mention.before + mention.after
    two_years = re.search(r"\b(?:2|deux) (?:ans|annees)\b|valide|2e annee", around) is not None
    return _TWO_YEARS if two_years and not _NOT_VALIDATED.search(around) else _IMPLIED_BAC


def _faculty(mention: Mention, standing: Standing) -> Diploma:
    """Years of university without a diploma's name: two validated are marked, a bare count cannot be told."""
    around = mention.before + mention.after + mention.later
    several = _FIRST_YEARS.search(around) or re.search(r"\b(?:2|3|4|5|quelques|plusieurs) (?:ans|annees)\b", around)
    if several is None or standing is not Standing.OBTAINED or _NOT_VALIDATED.search(around) or _STOPPED.search(around):
        validated_two = re.search(r"\b(?:2|deux) (?:premieres )?annees? (?:\S+ ){0,4}?valid", around) and not _NOT_VALIDATED.search(around)
        return _TWO_YEARS if validated_two else _IMPLIED_BAC
    return _TWO_YEARS if _VALIDATED.search(around) else _YEARS_NOT_TOLD


def _licence_pro(mention: Mention, standing: Standing) -> Diploma:
    """Nobody enters it without two years of higher education, but these may have given no diploma."""
    return Diploma(6, mention.name.label) if standing is Standing.OBTAINED else _TWO_YEARS


def _final_year(mention: Mention, standing: Standing) -> Diploma | None:
    return Diploma(NO_DIPLOMA_LEVEL)


def _generic(mention: Mention, standing: Standing) -> Diploma | None:
    return None


def _school(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return _IMPLIED_BAC
    graded = re.search(r"grade (?:de )?master|bac ?\+ ?5|niveau 7|master\b|programme grande ecole", mention.sentence)
    return Diploma(7, mention.name.label) if graded else Diploma(label=mention.name.label, level_unknown=True)


def _nurse(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return _IMPLIED_BAC
    return Diploma(5 if _first_year(mention) < FIRST_YEAR_OF_NURSES_AT_LEVEL_6 else 6, mention.name.label)


def _carer(mention: Mention, standing: Standing) -> Diploma:
    if standing is not Standing.OBTAINED:
        return Diploma(NO_DIPLOMA_LEVEL)
    seniority = _SENIORITY.search(mention.sentence)
    old = _first_year(mention) < FIRST_YEAR_OF_CARERS_AT_LEVEL_4 or (seniority is not None and int(seniority.group(1)) > 5)
    return Diploma(3 if old else 4, mention.name.label)


def _year_of_study(mention: Mention) -> int | None:
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


def _near(before: str) -> str:
    """The words before the mention that belong to it: not beyond the last comma."""
    return before.rsplit(",", 1)[-1]


def _foreign_label(mention: Mention) -> str:
    name = mention.name.label
    return name if name in ("diplôme étranger", "diplôme") and name != "diplôme" else f"{name} (étranger)"


def _label_of(level: int) -> str | None:
    return {3: "CAP", 4: "bac", 5: "bac+2", 6: "licence", 7: "master"}.get(level)


_SPECIAL = {
    "licence": _licence, "but": _licence, "master": _master, "master1": _first_master_year, "short": _short, "ects": _ects, "prepa": _prepa,
    "faculty": _faculty, "licence_pro": _licence_pro, "final_year": _final_year, "generic": _generic, "school": _school, "nurse": _nurse, "carer": _carer,
}
