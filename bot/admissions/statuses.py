"""Reads where a person stands at work: employee, job seeker, self-employed, student, retired, elected, at home.

With several statuses, `salarie` or `demandeur_emploi` wins, since these two open the rule with experience.
"""

from __future__ import annotations

import re

from bot.admissions.clauses import split_clauses
from bot.admissions.facts import Status
from bot.admissions.levels import DO_NOT_KNOW
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import readable
from bot.admissions.statuses_vocabulary import EXPLICIT, FUTURE, IMPLIED, LOST_JOB, NEGATION, PAST, STILL_TRUE_WHEN_PAST

PRIORITY = (
    Status.SALARIE, Status.DEMANDEUR_EMPLOI, Status.RETRAITE, Status.INDEPENDANT, Status.ELU, Status.ETUDIANT, Status.SANS_ACTIVITE, Status.AUTRE,
)
_OTHER_RECORDS = re.compile(r"\b(?:concours|poste|offre|fiche|grade) (?:de|d')\s?$|\b(?:votre|vos|les|des|aux|pour les|chaque) $")
_SPELLED = {"france-travail": "france travail", "paul emploi": "pole emploi", "f travail": "france travail"}


def read_status(text: str, asked: bool = False, *, about_other: bool | None = None) -> Status | None:
    """The status that a text states in the present, None when it states none.

    `asked` accepts a bare word (« vendeuse », « CDI »). « Je ne sais pas » gives None here: the situation
    keeps it as `status_unknown`.

    Source: Prérequis à l'entrée en formation (« pour les salariés, ou demandeurs d'emploi »).
    """
    plain = readable(text)
    for written, meant in _SPELLED.items():
        plain = plain.replace(written, meant)
    other = speaks_for_someone_else(plain) if about_other is None else about_other
    explicit: set[Status] = set()
    implied = False
    for clause in split_clauses(plain, asked=asked, about_other=other):
        if clause.states_facts:
            explicit |= _explicit_statuses(clause.text, asked)
            implied = implied or _implies_a_job(clause.text, asked)
    if not explicit and asked and _denies_both(plain):
        return Status.AUTRE
    if implied and not explicit - {Status.AUTRE}:
        return Status.SALARIE
    return next((status for status in PRIORITY if status in explicit), None)


def does_not_know_status(text: str) -> bool:
    """Whether the answer to « quel est votre statut ? » is « je ne sais pas »."""
    return DO_NOT_KNOW.search(readable(text)) is not None


def _explicit_statuses(clause: str, asked: bool) -> set[Status]:
    found = {status for status, pattern in EXPLICIT for hit in pattern.finditer(clause) if _holds(status, clause, hit)}
    if Status.SANS_ACTIVITE in found and Status.DEMANDEUR_EMPLOI in found:
        found.discard(Status.SANS_ACTIVITE)
    if asked and re.fullmatch(r"(?:oui )?(?:les deux|la premiere|le premier)[ .!]*", clause):
        found.add(Status.SALARIE)
    return found


def _holds(status: Status, clause: str, hit: re.Match[str]) -> bool:
    """Whether the words are about now and about the person: not denied, not past, not wished for."""
    before = clause[:hit.start()]
    if NEGATION.search(before) and not _NEGATIVE_BY_ITSELF.match(hit.group()):
        return False
    if FUTURE.search(before) or _OTHER_RECORDS.search(before):
        return False
    past = PAST.search(before) is not None and not re.search(r"\b(?:maintenant|actuellement|aujourd'hui|desormais|je suis)\b", before)
    if not past:
        return True
    return status in STILL_TRUE_WHEN_PAST and LOST_JOB.search(hit.group()) is not None


def _implies_a_job(clause: str, asked: bool) -> bool:
    hit = IMPLIED.search(clause)
    if hit is None or PAST.search(clause[:hit.start()]) or FUTURE.search(clause) or NEGATION.search(clause[:hit.start()] + " "):
        return False
    return asked or "depuis" in clause or re.search(r"\b(?:dans|chez) (?:un|une|le|la|l'|mon)?\b", clause) is not None or re.match(r".*\b(?:je |j'|elle|il|qui|est)\b", clause[:hit.end()]) is not None


def _denies_both(plain: str) -> bool:
    return re.match(r"^(?:non+|ni l'un ni l'autre|aucune?(?: des deux)?|rien|pas du tout|autre|aucun de ceux-la)(?: (?:plus|merci|rien|aucun|ni l'un ni l'autre|les deux|desolee?))*[ .!,]*$", plain) is not None


_NEGATIVE_BY_ITSELF = re.compile(r"^(?:sans|pas|je (?:ne )?(?:travaille|bosse) (?:pas|plus)|ne )")
