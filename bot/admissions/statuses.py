"""Reads where a person stands at work: employee, job seeker, self-employed, student, retired, elected, at home.

With several statuses, `salarie` or `demandeur_emploi` wins, since these two open the rule with experience.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.admissions.clauses import Clause, split_clauses
from bot.admissions.facts import Status
from bot.admissions.levels import DO_NOT_KNOW
from bot.admissions.numbers import replace_numbers
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import REMEMBERED, readable
from bot.admissions.statuses_vocabulary import (
    EMPLOYED_BY_WRITER,
    EMPLOYED_TRADE,
    EMPLOYER,
    ENDED,
    EXPLICIT,
    FUTURE,
    IMPLIED,
    IMPLIED_BESIDE_AN_EMPLOYER,
    LOST_JOB,
    NEGATION,
    NO_JOB_TOLD,
    NOT_REGISTERED,
    NOW,
    ONLY_WHEN_ASKED,
    OWN_ACCOUNT_TRADE,
    PAST,
    PRESENT,
    REGISTERED,
    SANS_RIEN,
    STILL_SO,
    STILL_TRUE_WHEN_PAST,
    STUDIED_ONCE,
    TOLD_AS_EXPERIENCE,
    TOLD_WITH_ITS_DATES,
    WORKS,
    WORKS_AT_THE_AGENCY,
    WORKS_FOR,
)

PRIORITY = (
    Status.SALARIE, Status.DEMANDEUR_EMPLOI, Status.RETRAITE, Status.INDEPENDANT, Status.ELU, Status.ETUDIANT, Status.SANS_ACTIVITE, Status.AUTRE,
)
_OTHER_RECORDS = re.compile(r"\b(?:concours|poste|offre|fiche|grade) (?:de|d')\s?$|\b(?:votre|vos|les|des|aux|pour les|chaque) $|"
    r"\b(?:titres?(?: pro\w*)?|tp|certification|formation) (?:de |d'|d'une? |en )?$")
# « CAP employé de commerce », « BEP d'agent administratif »: the name of the diploma. « CAP employé chez Lidl » tells a job.
_BESIDE_A_DIPLOMA = re.compile(r"\b(?:cap|bep|bp|cqp|capa|bepa|brevet(?: pro\w*)?|diplome|certificat)s? ?:? ?(?:de |d'|d'une? |en )?$")
_NAMES_ITS_TRADE = re.compile(r"(?:employee?s? de|agente? (?:administrat|techn|d'accueil)|adjointe? (?:admin|tech)|"
                               r"commercant|artisan|agricult|exploitant)")
_JOBS = frozenset((Status.SALARIE, Status.INDEPENDANT, Status.ELU))  # what past experience may consist of
_MAY_BE_SOMEBODY_ELSE = frozenset((Status.INDEPENDANT, Status.ELU, Status.RETRAITE))
_SPELLED = {"france-travail": "france travail", "paul emploi": "pole emploi", "f travail": "france travail"}


@lru_cache(maxsize=REMEMBERED)
def read_status(text: str, asked: bool = False, *, about_other: bool | None = None) -> Status | None:
    """The status that a text states in the present, None when it states none.

    `asked` accepts a bare word (« vendeuse », « CDI »). « Je ne sais pas » gives None here: the situation
    keeps it as `status_unknown`.

    Source: Prérequis à l'entrée en formation (« pour les salariés, ou demandeurs d'emploi »).
    """
    return _read(text, asked, about_other)[0]


@lru_cache(maxsize=REMEMBERED)
def read_present_status(text: str, *, about_other: bool | None = None) -> Status | None:
    """The status that a text states as the person's own today; a job told only as experience (« 5 ans vendeur salarié ») gives None."""
    status, is_present = _read(text, False, about_other)
    return status if is_present else None


def _read(text: str, asked: bool, about_other: bool | None) -> tuple[Status | None, bool]:
    """The status, and whether it is said of the present rather than told as past experience."""
    plain = replace_numbers(readable(text))
    for written, meant in _SPELLED.items():
        plain = plain.replace(written, meant)
    other = speaks_for_someone_else(plain) if about_other is None else about_other
    present, told = _present_and_told(split_clauses(plain, asked=asked, about_other=other), asked)
    if not present - {Status.AUTRE} and STILL_SO.search(plain) and not NO_JOB_TOLD.search(plain):
        present.add(Status.SALARIE)
    if Status.DEMANDEUR_EMPLOI in present and NOT_REGISTERED.search(plain):
        present = present - {Status.DEMANDEUR_EMPLOI} | {Status.SANS_ACTIVITE}
    elif Status.SANS_ACTIVITE in present and REGISTERED.search(plain):
        present.add(Status.DEMANDEUR_EMPLOI)
    if not present and not told and asked and _denies_both(plain):
        return Status.AUTRE, True
    if not present - {Status.AUTRE} and other and EMPLOYED_BY_WRITER.search(plain):
        present.add(Status.SALARIE)
    if ENDED.search(plain):  # « cinq ans en CDD, avant d'ouvrir mon salon »: what came next was not told as a status
        told = set()
    stated = told if told and not present - {Status.AUTRE, Status.ELU} else present
    return next((status for status in PRIORITY if status in stated), None), bool(present)


def _present_and_told(clauses: Sequence[Clause], asked: bool) -> tuple[set[Status], set[Status]]:
    """The statuses said of the present, and the jobs told as past experience or by their trade only."""
    present: set[Status] = set()
    told: set[Status] = set()
    now: set[Status] = set()
    once: set[Status] = set()
    dated = {clause.sentence for clause in clauses if TOLD_WITH_ITS_DATES.search(clause.text)}
    for clause in (clause for clause in clauses if clause.states_facts):
        is_told = (clause.sentence in dated or TOLD_AS_EXPERIENCE.search(clause.text) is not None) and not PRESENT.search(clause.text)
        explicit = _explicit_statuses(clause.text, asked)
        implied = {Status.SALARIE} if not explicit - {Status.AUTRE, Status.ELU} and _implies_a_job(clause.text, asked) else set()
        told |= (explicit | implied) & _JOBS if is_told else implied
        present |= explicit - _JOBS if is_told else explicit
        if NOW.search(clause.text):
            now |= explicit - {Status.AUTRE}
        elif not PRESENT.search(clause.text):
            once |= explicit & _JOBS
    # « en CDD à la mairie, maintenant Pôle emploi »: what is told without a present comes before.
    return (present - once if now and not now & once else present), told


def does_not_know_status(text: str) -> bool:
    """Whether the answer to « quel est votre statut ? » is « je ne sais pas »."""
    return DO_NOT_KNOW.search(readable(text)) is not None


def _explicit_statuses(clause: str, asked: bool) -> set[Status]:
    found = {status for status, pattern in EXPLICIT for hit in pattern.finditer(clause) if _holds(status, clause, hit)}
    if Status.SANS_ACTIVITE in found and Status.DEMANDEUR_EMPLOI in found:
        found.discard(Status.SANS_ACTIVITE)
    if not found - {Status.AUTRE, Status.ELU} and _works_for_somebody(clause, asked):
        found.add(Status.SALARIE)
    if asked and not found and SANS_RIEN.search(clause):
        found.add(Status.SANS_ACTIVITE)
    if asked and not found and ONLY_WHEN_ASKED.search(clause):
        found.add(Status.AUTRE)
    if asked and re.fullmatch(r"(?:oui )?(?:les (?:deux|2)|la premiere|le premier)[ .!]*", clause):
        found.add(Status.SALARIE)
    return found


def _works_for_somebody(clause: str, asked: bool) -> bool:
    """« je bosse chez Lidl »; « je bosse » alone answers our question on the status and nothing else."""
    told = [hit for hit in WORKS.finditer(clause) if _holds(Status.SALARIE, clause, hit)]
    by_the_question = asked and OWN_ACCOUNT_TRADE.search(clause) is None
    return bool(told) and (by_the_question or (EMPLOYER.search(clause) or EMPLOYED_TRADE.search(clause)) is not None)


def _holds(status: Status, clause: str, hit: re.Match[str]) -> bool:
    """Whether the words are about now and about the person: not denied, not past, not wished for."""
    before = clause[:hit.start()]
    if NEGATION.search(before) and not _NEGATIVE_BY_ITSELF.match(hit.group()):
        return False
    if FUTURE.search(before) or _OTHER_RECORDS.search(before):
        return False
    if _BESIDE_A_DIPLOMA.search(before) and _NAMES_ITS_TRADE.match(hit.group()):
        return False
    if status in _MAY_BE_SOMEBODY_ELSE and WORKS_FOR.search(before):
        return False
    if status is Status.DEMANDEUR_EMPLOI and hit.group().endswith(("emploi", "travail")) and WORKS_AT_THE_AGENCY.search(before):
        return False
    if status is Status.ETUDIANT and not hit.group().startswith("rep") and STUDIED_ONCE.search(before):
        return False
    past = PAST.search(before) is not None and not re.search(r"\b(?:maintenant|actuellement|aujourd'hui|desormais|"
        r"je suis(?! (?:parti|"
        r"passe)))\b", before)
    if not past:
        return True
    return status in STILL_TRUE_WHEN_PAST and LOST_JOB.search(hit.group()) is not None


def _implies_a_job(clause: str, asked: bool) -> bool:
    hit = IMPLIED.search(clause) or (IMPLIED_BESIDE_AN_EMPLOYER.search(clause) if EMPLOYER.search(clause) else None)
    if hit is None or PAST.search(clause[:hit.start()]) or FUTURE.search(clause) or NEGATION.search(clause[:hit.start()] + " "):
        return False
    return asked or "depuis" in clause or hit.group().startswith("et ") or re.search(r"\b(?:dans|chez) (?:un|une|le|la|l'|"
        r"mon)?\b", clause) is not None or re.match(r".*\b(?:je |j'|elle|il|qui|est)\b", clause[:hit.end()]) is not None


def _denies_both(plain: str) -> bool:
    return re.match(r"^(?:je suis )?ni [^.]{3,30} ni |^(?:non+|ni l'un ni l'autre|aucune?(?: des (?:deux|[23]))?|rien|pas du tout|autre|"
        r"aucun de ceux-la)(?: (?:plus|merci|rien|aucun|"
        r"ni l'un ni l'autre|les (?:deux|2)|desolee?))*[ .!,]*$", plain) is not None


_NEGATIVE_BY_ITSELF = re.compile(r"^(?:sans|pas|plus|je (?:ne )?(?:travaille|bosse) (?:pas|plus)|ne )")
