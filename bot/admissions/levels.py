"""Reads the highest French diploma that a person holds from what they typed.

A diploma failed, left or being prepared counts as the one before it; with several, the highest French one counts;
what the name alone cannot tell is marked, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.admissions.clauses import factual_sentences
from bot.admissions.facts import NO_DIPLOMA_LEVEL, Ambiguity, Diploma
from bot.admissions.foreign import is_foreign, studied_abroad
from bot.admissions.level_claims import Claim, claim_of, named_beside_a_foreign_one
from bot.admissions.level_courses import YEARS_NOT_TOLD
from bot.admissions.level_mentions import Mention, find_mentions
from bot.admissions.level_standings import Standing, is_stated_as_obtained, standing_of
from bot.admissions.levels_vocabulary import LEVEL_LABELS, ROMAN_LEVELS
from bot.admissions.numbers import replace_numbers
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import REMEMBERED, readable

HIGHER_EDUCATION_LEVEL = 5
_NO_DIPLOMA = re.compile(
    r"\bautodidacte\b|\b(?:aucun|sans|pas (?:de|d'|le moindre|un seul|eu de)|zero|0|ni|jamais eu (?:de|d'|aucun)|pas eu (?:de|"
    r"le moindre)|"
    r"sans aucun) ?diplome\b"
    r"(?! (?:superieur|universitaire|apres|post|bac|plus|dans|a part|sauf|hormis|hors|que|autre|d'|de |du |en |au[- ]dela|"
    r"etranger|reconnu))"
    r"|\b(?:pas|non|jamais ete) diplomee?\b|\bje n'ai rien eu\b|\bdiplome ?: ?(?:aucun|neant)\b|\bpas fait d'etudes(?! (?:sup|"
    r"apres|post|univ|"
    r"long))|\bjamais (?:ete|alle\w*) (?:a l'ecole|au lycee)"
)
_LEFT_SCHOOL = re.compile(
    r"\b(?:arret\w+|quitt\w+|sorti\w*|stopp\w+|jusqu'(?:a|en|au)|niveau|classe de|lache|scolarise\w*|"
    r"decroche)\b[^,;]{0,40}?\b(?:3e(?:me)?|"
    r"4e(?:me)?|5e(?:me)?|6e(?:me)?|troisieme|quatrieme|cinquieme|sixieme|seconde|2nde|premiere|1ere|1re|college|cm2)\b"
    r"(?! annees?)|\b(?:quitte|arrete) (?:l'ecole|le college|le lycee|les etudes|mes etudes) (?:a|vers) 1[3-7] ans"
)
_SCHOOL_YEAR = re.compile(r"^(?:la |en |classe de |fin de |niveau )*(?:3e(?:me)?|4e(?:me)?|troisieme|quatrieme|seconde|2nde|"
    r"premiere|1ere|college|"
    r"primaire)(?: \w+){0,2}[ .!]*$")
_NOTHING = re.compile(r"^(?:non |ben |bah |euh |je n'ai |j'ai |ai )*(?:rien(?: du tout)?|0|(?:je n'|j')en ai (?:pas|aucun)|"
    r"aucune?s?|neant|"
    r"pas de diplome|zero|pas|nada|que dalle|walou|nothing|sans)(?: (?:malheureusement|helas|pour l'instant|en fait|merci|"
    r"du tout))*[ .!]*$")
DO_NOT_KNOW = re.compile(
    r"\b(?:je (?:ne )?(?:sais|me souviens|me rappelle) (?:plus|pas)|(?:aucune|pas d'|pas la moindre) idee|j'en sais rien|"
    r"je sais p(?:as|lus)|"
    r"sais pas|aucun souvenir|jsp|je l'ignore|no idea|je suis pas sure?|je ne suis pas sure?)\b|^ ?[?]+ ?$"
)
_CORRECTION = re.compile(r"\b(?:non|pardon|plutot|je me (?:suis )?trompee?|erreur|je voulais dire|enfin non|correction|oups|"
    r"je corrige)\b")
_READINGS = {
    4: (Diploma(4, "bac"), Diploma(6, "bac+4")), 3: (Diploma(5, "BTS"), Diploma(3, "CAP")),
    2: (Diploma(6, "licence"), Diploma(0, "brevet")), 1: (Diploma(7, "master"), Diploma(0, "brevet")),
}
_RECOGNISED = re.compile(r"\b(?:reconnue?|equival\w*|compar\w*|enic|naric|correspond\w*|evaluee?)\b")
_SOME_DIPLOMA = re.compile(r"^(?:(?:j'ai|oui|une?|le|mon|c'est|je suis|alors|euh) )*(?:diplomee?|certificat|titre) (?:de|d'|du|"
    r"en|maison|"
    r"prive)(?! ?niveau)")
_LICENCE_TO_DRIVE = re.compile(r"\bpermis\b")
_OLD_SCALE = re.compile(r"\bniveau [1-5] (?:de l')?ancien|\banciens? ?(?:niveau|nomenclature|systeme)|ancienne (?:nomenclature|"
    r"echelle|"
    r"classification)|anciennement")
_MOST_OF_A_MENTION = 4
_OLD_DIGITS = {"5": "v", "4": "iv", "3": "iii", "2": "ii", "1": "i"}
_ABOUT_TITLE = re.compile(r"\b(?:votre|ce|cette|le|la|les|un poste|des postes|une formation|formation|poste|emploi|offre|"
    r"concours|"
    r"categorie)\s+(?:formation |titre |diplome |certification |poste )?(?:est |c'est |de |au |du |d'un )*$")


@dataclass(frozen=True)
class _Reading:
    claims: tuple[Claim, ...]
    ambiguity: Ambiguity | None


@lru_cache(maxsize=REMEMBERED)
def read_diploma(text: str, asked: bool = False, *, about_other: bool | None = None) -> Diploma | Ambiguity | None:
    """The diploma that counts among all those the person claims.

    `asked` is True when the assistant has just asked for it; `about_other` when the message asks for
    somebody else (read from the text itself when None). Returns None when the text states no diploma, `Diploma(level_unknown=True)` for « je ne
    sais pas » when asked, and an Ambiguity when it must be asked back which of two levels is meant.

    Source: Prérequis à l'entrée en formation (niveau 5, or niveau bac with experience).
    """
    plain = replace_numbers(readable(text))
    other = speaks_for_someone_else(plain) if about_other is None else about_other
    sentences = factual_sentences(plain, asked=asked, about_other=other)
    reading = _read(sentences, asked)
    claims = list(reading.claims) + list(_school_claims(sentences))
    best = _combine(claims, abroad=any(studied_abroad(sentence) for sentence in sentences))
    if reading.ambiguity is not None and not _decides(best):
        return reading.ambiguity
    if best is None and asked:
        return _answer_without_name(plain, sentences)
    return best


def _read(sentences: list[str], asked: bool) -> _Reading:
    claims: list[Claim] = []
    ambiguity: Ambiguity | None = None
    for index, sentence in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else ""
        mentions = _after_correction(find_mentions(sentence, following))
        named = [mention for mention in mentions if mention.name.kind != "scale"]
        either = _either_or(named, sentence)
        outcomes = [(mention, _read_scale(mention, mentions, sentence)) for mention in _scales(mentions)]
        doubtful = [_titled(mention, mentions) or _neighbour(mention, mentions) for mention, outcome in outcomes
                    if isinstance(outcome, Ambiguity) or (outcome is not None and _titled(mention, mentions) is not None)]
        standings = [(mention, standing_of(mention)) for mention in named if mention not in doubtful]
        abroad = named_beside_a_foreign_one(named)
        read = [claim for mention, standing in _without_denied(standings) if (claim := claim_of(mention, standing, asked, mention in abroad))]
        for _, outcome in outcomes:
            if isinstance(outcome, Ambiguity):
                either = either or outcome
            elif outcome is not None:
                read.append(outcome)
        if claims and read and _CORRECTION.match(sentence):
            claims = []
        claims, ambiguity = claims + read, ambiguity or either
    return _Reading(tuple(claims), ambiguity)


def _without_denied(standings: list[tuple[Mention, Standing]]) -> list[tuple[Mention, Standing]]:
    """« BEP puis bac pro, le bac pro je ne l'ai pas eu »: the second mention tells how the first one stands."""
    lost = {mention.words for mention, standing in standings if standing in (Standing.ATTEMPTED, Standing.DENIED)}
    failed_bac = any(standing is Standing.ATTEMPTED and mention.name.kind == "bac" for mention, standing in standings)
    return [(mention, standing) for mention, standing in standings
            if (standing is not Standing.OBTAINED or mention.words not in lost or is_stated_as_obtained(mention))
            and not (standing is Standing.LEVEL_ONLY and failed_bac and mention.name.kind in ("bac", "final_year"))]


def _after_correction(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """« un BTS, enfin non un bac pro »: what precedes the correction is withdrawn."""
    for index in range(len(mentions) - 1, 0, -1):
        gap = mentions[index].sentence[mentions[index - 1].end:mentions[index].start]
        if _CORRECTION.search(gap) and not re.search(r"\bnon (?:obtenu|valide|termine|fini)", gap):
            return mentions[index:]
    return mentions


def _either_or(named: list[Mention], sentence: str) -> Ambiguity | None:
    """« un BTS ou un CAP je sais plus »: two diplomas of different levels joined by « ou »."""
    for first, second in pairwise(named):
        gap = sentence[first.end:second.start]
        levels = first.name.level, second.name.level
        if None not in levels and levels[0] != levels[1] and re.fullmatch(r" ou (?:bien |peut-etre )?(?:un |une |le |"
            r"mon )?", gap):
            return Ambiguity(f"{first.name.label} ou {second.name.label}",
                             (Diploma(levels[0], first.name.label), Diploma(levels[1], second.name.label)))
    return None


def _read_scale(mention: Mention, mentions: tuple[Mention, ...], sentence: str) -> Claim | Ambiguity | None:
    """What « niveau N » adds: Roman numerals are the old scale, Arabic ones the 2019 scale."""
    if _recognised_abroad(mentions, sentence):
        return None
    if _ABOUT_TITLE.search(sentence[:mention.start]) or standing_of(mention) in (Standing.DENIED, Standing.NO_FACT, Standing.ATTEMPTED):
        return None
    numeral = mention.scale or ""
    if _OLD_SCALE.search(sentence) and numeral in _OLD_DIGITS and len(_scales(mentions)) == 1:
        numeral = _OLD_DIGITS[numeral]
    if numeral in ROMAN_LEVELS:
        return Claim(Diploma(ROMAN_LEVELS[numeral], f"niveau {numeral.upper()}"))
    level = int(numeral)
    titled = _titled(mention, mentions)
    if titled is not None:
        return Claim(Diploma(level if level >= 3 else NO_DIPLOMA_LEVEL, titled.name.label))
    neighbour = _neighbour(mention, mentions)
    if neighbour is not None and neighbour.name.level is not None:
        return _compare(neighbour, level)
    if any(ROMAN_LEVELS.get(other.scale or "") == level for other in mentions):
        return Claim(Diploma(level, f"niveau {level}"))
    if level >= HIGHER_EDUCATION_LEVEL:
        return Claim(Diploma(level, f"niveau {level}"))
    if any(other.name.level == level and other.name.kind != "scale" for other in mentions):
        return None
    return Ambiguity(f"niveau {level}", _READINGS[level])


def _recognised_abroad(mentions: tuple[Mention, ...], sentence: str) -> bool:
    """« diplôme tunisien reconnu niveau 6 »: the level that another country's diploma is compared with is no French diploma."""
    return _RECOGNISED.search(sentence) is not None and any(
        is_foreign(other.words, other.before, other.after) for other in mentions if other.name.kind != "scale")


def _titled(mention: Mention, mentions: tuple[Mention, ...]) -> Mention | None:
    """The title without a level of its own that « niveau N » belongs to: « titre professionnel d'assistante (niveau 4) »."""
    before = [
        other
        for other in mentions
        if other.name.kind in ("", "title", "named_title") and other.name.level is None and other.end <= mention.start
    ]
    return before[-1] if before and mention.start - before[-1].end <= 60 else None


def _scales(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [mention for mention in mentions if mention.name.kind == "scale"]


def _neighbour(mention: Mention, mentions: tuple[Mention, ...]) -> Mention | None:
    """The diploma named just before or after « niveau N », if the two belong together."""
    others = [other for other in mentions if other.name.kind not in ("scale", "generic", "title", "named_title")]
    near = [other for other in others if _distance(mention, other) <= 30
            and not re.search(r"[,;]|\bet\b|\bmais\b", _between(mention, other))]
    return min(near, key=lambda other: _distance(mention, other), default=None)


def _between(mention: Mention, other: Mention) -> str:
    return mention.sentence[min(mention.end, other.end):max(mention.start, other.start)]


def _distance(mention: Mention, other: Mention) -> int:
    return max(mention.start, other.start) - min(mention.end, other.end)


def _compare(named: Mention, level: int) -> Ambiguity | None:
    years_of_study = named.name.kind in ("licence", "master", "but") and level <= 3
    if named.name.level == level or years_of_study:
        return None
    options = (Diploma(named.name.level, named.name.label), Diploma(level, LEVEL_LABELS.get(level, "un diplôme plus court")))
    return Ambiguity(f"{named.name.label} niveau {level}", options)


def _school_claims(sentences: Iterable[str]) -> Iterable[Claim]:
    for sentence in sentences:
        if _NO_DIPLOMA.search(sentence):
            yield Claim(Diploma(NO_DIPLOMA_LEVEL, "aucun diplôme"))
        elif _LEFT_SCHOOL.search(sentence):
            yield Claim(Diploma(NO_DIPLOMA_LEVEL))


def _combine(claims: list[Claim], abroad: bool) -> Diploma | None:
    """The highest French level, with the markers of the others when they may still matter."""
    if abroad and not any(claim.in_france for claim in claims):
        return Diploma(foreign=True, label=next((c.diploma.label for c in claims if c.diploma.label), None))
    if any(_is_short(claim) for claim in claims):  # « je prépare un BTS après un CAP »: the CAP was told, no bac was
        claims = [claim for claim in claims if not claim.is_implied]
    diplomas = [claim.diploma for claim in claims]
    if any(diploma.level == _MOST_OF_A_MENTION for diploma in diplomas):  # a « mention complémentaire » never exceeds level 4
        diplomas = [diploma for diploma in diplomas if diploma.label != "mention complémentaire"]
    levelled = [diploma for diploma in diplomas if diploma.level is not None]
    if not diplomas:
        return None
    best = max(levelled, key=lambda diploma: (diploma.level, not diploma.without_diploma, diploma.label is not None), default=None)
    if best is not None and best.level is not None and best.level >= HIGHER_EDUCATION_LEVEL:
        return Diploma(best.level, best.label)
    if any(diploma.two_years_validated for diploma in diplomas):  # « deux ans de droit (L2 obtenue) »: the years are told
        diplomas = [diploma for diploma in diplomas if diploma != YEARS_NOT_TOLD]
    marked = best if best is not None else Diploma(label=diplomas[0].label)
    below_bac = marked.level is not None and marked.level < HIGHER_EDUCATION_LEVEL - 1
    without = marked.without_diploma or (below_bac and any(d.without_diploma for d in diplomas))
    return replace(marked, without_diploma=without, foreign=any(d.foreign for d in diplomas), level_unknown=any(d.level_unknown for d in diplomas),
                   two_years_validated=any(d.two_years_validated for d in diplomas))


def _is_short(claim: Claim) -> bool:
    """A diploma below the bac, held."""
    level = claim.diploma.level
    return level is not None and NO_DIPLOMA_LEVEL < level < HIGHER_EDUCATION_LEVEL - 1


def _decides(best: Diploma | None) -> bool:
    return best is not None and best.level is not None and best.level >= HIGHER_EDUCATION_LEVEL


def _answer_without_name(plain: str, sentences: list[str]) -> Diploma | None:
    if DO_NOT_KNOW.search(plain):
        return Diploma(level_unknown=True)
    if _SCHOOL_YEAR.match(plain) or _LICENCE_TO_DRIVE.search(plain):
        return Diploma(NO_DIPLOMA_LEVEL)
    if any(_SOME_DIPLOMA.search(sentence) for sentence in sentences):
        return Diploma(label="diplôme", level_unknown=True)
    return Diploma(NO_DIPLOMA_LEVEL, "aucun diplôme") if _NOTHING.match(plain) else None
