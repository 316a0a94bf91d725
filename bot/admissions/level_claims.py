"""What one diploma named in a text is worth: its level, the level before it, or a marker that a person must look.

The rules: failed, left or in progress counts as the diploma before; two validated years of higher education are
marked; a name whose level cannot be told is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.admissions.facts import NO_DIPLOMA_LEVEL, Diploma
from bot.admissions.foreign import is_foreign, is_only_a_place
from bot.admissions.level_courses import BAC_LEVEL, COURSES, IMPLIED_BAC, TWO_YEARS, YEARS_NOT_TOLD, read_licence, year_of_study
from bot.admissions.level_mentions import Mention
from bot.admissions.level_standings import Standing
from bot.admissions.levels_vocabulary import BAC_PLUS_LEVELS, ROMAN_LEVELS

UNNAMED_FOREIGN = "diplôme étranger"
_DIPLOMA_WORDS = re.compile(r"\b(?:diplom\w+|titulaire|deas|as-diplome|deap|obtenu|j'ai (?:le|mon|un|une)|certifi\w+)\b")
_STATE_DIPLOMA = re.compile(r"\b(?:j'ai|a|avec|titulaire d\w+|possede|obtenu) (?:bien )?(?:le |mon |son |un )?diplome d'etat\b")
_FACULTY_STUDY = re.compile(r"\b(?:etud\w+|fait|arret\w+|annees?|ans?|suis|inscrit\w*|en|commence|quitte|abandonn\w*|alle\w*|"
    r"passe\w*|rate\w*|loupe\w*|echou\w*|"
    r"validee?s?)\b")
_WITHOUT_ITS_DIPLOMA = re.compile(r"^ ?\d? ?,? ?(?:mais )?sans (?:avoir )?(?:eu |obtenu |valide )?(?:le |mon |de |son )?diplome\b")
_APPOSITION = re.compile(r" [a-z]+(?: [a-z]+)?[ ,:]*(?:le|la|un|une|l'|mon|ma|de|du|d'un|d'une|soit|a savoir|c'est|niveau|"
    r"equivalent\w* (?:au|du))?[ ']*")
_APPOSED = re.compile(r"[ ,:]+(?:c'est |mais |qui est )?(?:un |une |mon )?")
_IN_FRANCE = re.compile(r"\b(?:en france|francaise?s?)\b")
_AS_STAFF = re.compile(r"^(?: \S+){0,3} ?(?:comme|en tant que|au secretariat|a l'accueil)\b")
_WORKPLACE = re.compile(r"\b(?:travaill\w*|bosse\w*|secretaire|agent|poste|mairie|employe\w*|cdi|cdd|contrat)\b")


@dataclass(frozen=True)
class Claim:
    """One diploma that counts; `in_france` says that the words place it there.

    `is_implied`: a bac that nobody named, behind higher studies failed, left or going on.
    """

    diploma: Diploma
    in_france: bool = False
    is_implied: bool = False


def claim_of(mention: Mention, standing: Standing, asked: bool, told_abroad: bool = False) -> Claim | None:
    """What the mention is worth, or None when it states no fact about a diploma held.

    `told_abroad` says that the words beside it name another country's diploma (`named_beside_a_foreign_one`).
    """
    if standing is Standing.NO_FACT or not _is_about_a_diploma(mention, standing, asked):
        return None
    place = _place_words(re.sub(r"^ ?\d\b", "", mention.after))
    in_france = re.search(r"\b(?:en france|francaise?s?)\b", place.split(" et ")[0]) is not None
    if told_abroad or mention.name.kind == "foreign" or is_foreign(mention.words, _near(mention.before), place):
        return None if standing is Standing.DENIED else Claim(Diploma(foreign=True, label=_foreign_label(mention)))
    diploma = _worth(mention, standing)
    if diploma is None:
        return None
    names_no_bac = mention.name.kind not in ("bac", "final_year") and mention.name.level != BAC_LEVEL
    return Claim(diploma, in_france, is_implied=names_no_bac and diploma == IMPLIED_BAC)


def named_beside_a_foreign_one(named: list[Mention]) -> list[Mention]:
    """« un diplôme marocain (baccalauréat) », « le bac, un diplôme malien »: the name and its country are told apart."""
    found = []
    for first, second in pairwise(named):
        gap = first.sentence[first.end:second.start]
        if first.name.kind == "generic" and is_foreign(first.words, first.before, gap) and _APPOSITION.fullmatch(gap):
            found += [] if _IN_FRANCE.search(second.after.split(",")[0]) else [second]
        elif second.name.kind == "generic" and _APPOSED.fullmatch(gap) and is_foreign(second.words, "", second.after):
            found.append(first)
    return found


def _is_about_a_diploma(mention: Mention, standing: Standing, asked: bool) -> bool:
    """Leaves out jobs and places that only sound like studies, unless a diploma was asked for."""
    kind, around = mention.name.kind, mention.before + mention.after
    if kind in ("job", "certificate"):
        return asked
    if kind == "carer":
        nearby = mention.sentence[max(0, mention.start - 30):mention.end + 30]
        told = _DIPLOMA_WORDS.search(nearby) or _STATE_DIPLOMA.search(mention.sentence)
        return asked or told is not None or standing is not Standing.OBTAINED
    if kind == "faculty":
        return standing is not Standing.DENIED and (asked or _FACULTY_STUDY.search(around) is not None) and not (
            _WORKPLACE.search(mention.before) or _AS_STAFF.match(mention.after))
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
    special = COURSES.get(name.kind)
    if special is not None:
        return special(mention, standing)
    if not obtained and name.level is None and not name.before:
        return None
    if not obtained:
        return Diploma(name.before, _label_of(name.before), without_diploma=name.kind == "bac")
    return Diploma(name.level, name.label) if name.level is not None else Diploma(label=name.label, level_unknown=True)


def _level_only(mention: Mention) -> Diploma | None:
    """« niveau bac » is a level 4 without the diploma; « niveau BTS » is a BTS not obtained, so a bac."""
    name = mention.name
    if name.kind in ("bac", "final_year"):
        return Diploma(BAC_LEVEL, "niveau bac", without_diploma=True)
    if name.kind == "licence":
        return YEARS_NOT_TOLD if year_of_study(mention) is None else read_licence(mention, Standing.OBTAINED)
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
        return IMPLIED_BAC if years == 1 else TWO_YEARS if years == 2 else YEARS_NOT_TOLD
    if years >= 2 and _WITHOUT_ITS_DIPLOMA.search(mention.sentence[mention.end:]):
        return YEARS_NOT_TOLD
    if standing is not Standing.OBTAINED:
        return IMPLIED_BAC if years <= 3 else Diploma(6, "licence")
    return Diploma(BAC_PLUS_LEVELS[years], f"bac+{years}" if years > 1 else "bac")


def _near(before: str) -> str:
    """The words before the mention that belong to it: not beyond the last comma."""
    return before.rsplit(",", 1)[-1]


def _place_words(after: str) -> str:
    """The words after the mention that may say where it was obtained: « licence, obtenue au Maroc », « licence (Maroc) »."""
    first, _, rest = after.partition(",")
    following = rest.split(",")[0]
    goes_on = re.match(r" ?(?:mais |et |que j'ai |qui |je l'ai )*(?:il est|elle est|obtenu|passe|fait|delivre|eue?\b|valide|"
        r"acquis|c'(?:est|etait) (?:au|aux|en|a|de|du)\b|pas francais|"
        r"etranger)", following) or is_only_a_place(following)
    return f"{first},{following}" if goes_on or (not first.strip() and len(following.split()) <= 3) or (
        len(first.split()) <= 3 and len(following.split()) == 1) else first


def _foreign_label(mention: Mention) -> str:
    name = mention.name.label or (f"bac+{mention.scale}" if mention.name.kind == "bac_plus" else UNNAMED_FOREIGN)
    return UNNAMED_FOREIGN if name in ("diplôme", UNNAMED_FOREIGN) else f"{name} (étranger)"


def _label_of(level: int) -> str | None:
    return {3: "CAP", 4: "bac", 5: "bac+2", 6: "licence", 7: "master"}.get(level)
