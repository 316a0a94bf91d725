"""Reads everything that one message changes in a person's situation: several facts at once, corrections, « je ne sais pas ».

Questions and hypotheses change nothing. What was already known decides how a new mention is taken: added, corrected, or
made precise when the assistant asked back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.admissions.contact_words import without_contact_details
from bot.admissions.durations import read_experience
from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, SituationUpdate, Status
from bot.admissions.levels import DO_NOT_KNOW, read_diploma
from bot.admissions.levels_vocabulary import ROMAN_LEVELS
from bot.admissions.numbers import replace_numbers
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.spelling import readable
from bot.admissions.statuses import read_present_status, read_status
from bot.admissions.statuses_vocabulary import HOURS
from bot.admissions.subjects import cannot_apply

__all__ = ["changes_person", "read_situation", "speaks_for_someone_else"]

Asked = Literal["diploma", "experience", "status"]
EXPERIENCE_THRESHOLD_MONTHS = 36
TITLE, TITLE_LEVELS = "titre professionnel", (3, 4, 5, 6)  # its name alone tells no level: the holder is asked
_CORRECTS = re.compile(
    r"\b(?:non|en fait|enfin|pardon|erreur|trompee?|plutot|finalement|je corrige|correction|en realite|je voulais dire|pas (?:le|"
    r"la|un|une|mon|ma|"
    r"de|eu|obtenu|valide)|rate|abandonn\w+|echoue|seulement|juste|que le|que la)\b"
)
_ADDS = re.compile(r"\b(?:aussi|egalement|en plus|de plus|et (?:avant|puis|aussi)|avant (?:ca|cela)|auparavant|et encore|"
    r"ainsi qu|sans compter|"
    r"(?:ai|avais|avait) oublie|j'oubliais|plus (?=\d)|autre)\b")
# « pardon, j'oubliais 4 ans avant »: it begs pardon and still adds, unless the sum is told.
_ADDS_ANYWAY = re.compile(r"\b(?:oubli\w*|aussi|egalement|en plus|sans compter)\b")
_SUMS_UP = re.compile(r"\b(?:donc|soit|au total|en tout|ca fait|au lieu|pas \d)\b")
# « non, je l'ai pas eu »: the diploma told before.
_WITHDRAWN = re.compile(
    r"\b(?:l'ai|l'a) (?:pas|jamais|meme pas|pas encore) (?:eu|obtenu|valide|fini|termine|reussi|passe|decroche)\b|"
    r"\b(?:ai|a) (?:pas|jamais) (?:eu|obtenu|valide|reussi)(?= ?(?:$|[,.;!]|en fait|finalement))|^(?:non )?(?:pas|jamais) "
    r"(?:encore )?(?:eu|obtenu|valide)(?= ?(?:$|[,.;!]|en fait))|\b(?:l'ai|l'a) (?:rate|loupe|foire|plante|echoue|abandonne|"
    r"arrete|lache)\b|^(?:non |en fait |enfin )*(?:je (?:suis|suis encore) "
    r"en train de le (?:passer|preparer|faire)|(?:il est|c'est|toujours|encore) en cours)\b")
_ABOUT_ME_NOW = re.compile(r"^(?:ok |merci |bon |alors |et |mais |sinon |maintenant |,)*(?:pour )?moi\b(?! aussi)|"
    r"\bet (?:pour )?moi\b|\bmoi (?:j'ai|je suis|aussi j'ai)\b|"
                           r"\bpour moi[- ]meme\b")
_ABOUT_THEM_NOW = re.compile(
    r"^(?:ok |merci |bon |alors |,)*(?:et|mais|sinon|maintenant) (?:pour )?(?:(?:un|une|l'un|l'une|deux) de (?:mes|nos)|ma|mon|notre|mes|nos|un|une) "
    r"(?:filles?|fils|femme|mari|soeurs?|freres?|collegues?|copine|copain|amie?s?|cousine?s?|conjointe?|mere|pere|voisine?s?|secretaires?|agente?s?|"
    r"belle-\w+|niece|neveu|potes?|copines?|copains?|meufs?|tante|oncle|gendre|bru)\b")
_NAMES_A_DIPLOMA = re.compile(r"\b(?:bac|bts|dut|but|deug|deust|licence|master|cap|bep|brevet|doctorat|diplome|niveau)\b")
_AT_LEAST = re.compile(r"^(?:oui |ouais |ah |je pense |bien |un peu |largement |beaucoup )*(?:plus|davantage|au moins|largement|"
    r"au[- ]dessus|"
    r"facilement|bien plus)\b")
# « en fait depuis juin je suis à mon compte »: what changed in June is the status; the years told before stay.
_NEW_STATUS = r"(?:mon (?:propre )?compte|independante?|auto-?entrepren\w+|micro-?entrepren\w+|liberal\w*|freelance|gerante?|interim\w*|patronne?)"
_SINCE_ANOTHER_STATUS = re.compile(rf"\bdepuis\b.{{0,40}}\b{_NEW_STATUS}\b|\b{_NEW_STATUS}\b.{{0,20}}\bdepuis\b")
_UNDER = re.compile(r"^(?:non |ah |je pense |un peu |en )*(?:moins|pas (?:tout a fait|encore|vraiment)|juste en dessous|"
    r"en dessous|presque)\b")


def changes_person(text: str, for_someone_else: bool) -> bool:
    """Whether a message turns to another person than the one whose situation was told: « et moi ? », « et ma sœur, elle a un BTS »."""
    plain = readable(text)
    if for_someone_else:
        return _ABOUT_ME_NOW.search(plain) is not None
    return _ABOUT_THEM_NOW.search(plain) is not None or (_NAMES_A_DIPLOMA.search(plain) is not None and speaks_for_someone_else(plain))


def read_situation(
    text: str, asked: Asked | None, today: date, known: Situation, *,
    for_someone_else: bool | None = None, threshold_months: int = EXPERIENCE_THRESHOLD_MONTHS,
) -> SituationUpdate:
    """The facts that a message adds or corrects.

    `asked` is the fact that the assistant has just asked for; `known` what was said before. The other two
    facts are read too when the person states them. When a range that straddles `threshold_months` was
    asked to be made precise, « plus » and « moins » compare with the threshold, and a second vague answer
    is kept with `asked_again`. `for_someone_else` is what the conversation already knows (read from the
    message when None).
    """
    if cannot_apply(text):
        return SituationUpdate()
    text = without_contact_details(text)
    plain = readable(text)
    other = speaks_for_someone_else(plain) or bool(for_someone_else)
    status, status_unknown = _status(plain, text, asked, known, other)
    return SituationUpdate(
        diploma=_diploma(plain, text, asked == "diploma", known.diploma, other),
        experience=_experience(plain, text, asked == "experience", today, known.experience, other, threshold_months),
        status=status,
        status_unknown=status_unknown,
    )


def _diploma(plain: str, text: str, asked: bool, known: Diploma | Ambiguity | None, other: bool) -> Diploma | Ambiguity | None:
    found = read_diploma(text, asked, about_other=other)
    if isinstance(known, Ambiguity) and asked:
        return _resolve(plain, known, found)
    if found is None and isinstance(known, Diploma) and known.label and known.level and _WITHDRAWN.search(plain):
        return _known_diploma(read_diploma(f"{known.label} pas obtenu", True, about_other=other))
    if known is None and isinstance(found, Diploma) and found.level is None and found.label == TITLE:
        return Ambiguity(TITLE, tuple(Diploma(level, f"{TITLE} de niveau {level}") for level in TITLE_LEVELS))
    if found is None or isinstance(found, Ambiguity) or not isinstance(known, Diploma):
        return found
    if found == known or (not asked and _says_less(found, known) and not _CORRECTS.search(plain)):
        return None
    return _higher(found, known) if _is_added(plain) else found


def _is_added(plain: str) -> bool:
    """Whether what is told comes beside what was known rather than in its place."""
    if not _CORRECTS.search(plain):
        return _ADDS.search(plain) is not None
    return _ADDS_ANYWAY.search(plain) is not None and not _SUMS_UP.search(plain)


def _known_diploma(found: Diploma | Ambiguity | None) -> Diploma | None:
    return found if isinstance(found, Diploma) else None


def _resolve(plain: str, known: Ambiguity, found: Diploma | Ambiguity | None) -> Diploma | None:
    """The answer to « un BTS ou un CAP ? »; a second unclear answer leaves the level to a person."""
    if known.label == TITLE:
        return _title_of_level(plain, found)
    if isinstance(found, Diploma):
        return found
    if re.match(r"^(?:le |la |l')?(?:premiere?|1er|1ere|1)\b", plain):
        return known.options[0]
    if re.match(r"^(?:le |la |l')?(?:deuxieme|second|seconde|2e|2eme|2|dernier|derniere)\b", plain):
        return known.options[-1]
    clear_digression = found is None and plain.rstrip().endswith("?")
    return None if clear_digression else Diploma(label=known.label, level_unknown=True)


def _title_of_level(plain: str, found: Diploma | Ambiguity | None) -> Diploma | None:
    """« 5 », « niveau IV », « équivalent bac » after « quel niveau a votre titre professionnel ? »; unclear, a person looks at it."""
    told = re.search(r"\b(?:niveau )?(?P<digit>[3-7])\b(?! ?(?:ans?|mois))|\bniveau (?P<roman>iv|v|iii|ii|i)\b", plain)
    if told is not None and not re.search(r"\bbac ?\+", plain):
        level = int(told["digit"]) if told["digit"] else ROMAN_LEVELS[told["roman"]]
        return Diploma(level, f"{TITLE} de niveau {level}")
    if isinstance(found, Diploma) and found.level is not None:
        return found
    clear_digression = found is None and plain.rstrip().endswith("?")
    return None if clear_digression else Diploma(label=TITLE, level_unknown=True)


def _says_less(found: Diploma, known: Diploma) -> bool:
    """Whether the new mention is a lower level that the known one already includes."""
    return found.level is not None and known.level is not None and found.level < known.level


def _higher(found: Diploma, known: Diploma) -> Diploma:
    """Both diplomas are held: the highest French level, with the markers of each while they may matter."""
    best = max((found, known), key=lambda diploma: -1 if diploma.level is None else diploma.level)
    if best.level is not None and best.level >= 5:
        return replace(best, foreign=False, level_unknown=False, two_years_validated=False, without_diploma=False)
    return replace(
        best, foreign=found.foreign or known.foreign, level_unknown=found.level_unknown or known.level_unknown,
        two_years_validated=found.two_years_validated or known.two_years_validated,
    )


def _experience(
    plain: str, text: str, asked: bool, today: date, known: Experience | None, other: bool, threshold: int,
) -> Experience | None:
    corrects = known is not None and _CORRECTS.search(plain) is not None and any(letter.isdigit() for letter in replace_numbers(plain))
    found = read_experience(text, asked or corrects, today, about_other=other)
    if asked and known is not None and known.straddles(threshold):
        return _made_precise(plain, found, known, threshold)
    if found is None or known is None:
        return found
    if known.is_known and found.is_known and not asked and _is_added(plain):
        return _sum(found, known)
    if not asked and known.is_known and (found.months or 0) < (known.months or 0) and _SINCE_ANOTHER_STATUS.search(plain):
        return None
    if found.uncounted_kind is None and known.uncounted_kind is not None:
        found = replace(found, uncounted_kind=known.uncounted_kind, uncounted_months=known.uncounted_months)
    if not found.is_known and known.is_known and not found.unknown:
        found = replace(known, uncounted_kind=found.uncounted_kind, uncounted_months=found.uncounted_months)
    return None if found == known else found


def _made_precise(plain: str, found: Experience | None, known: Experience, threshold: int) -> Experience | None:
    """The answer after a range: a figure, « plus », « moins », or vague again."""
    figure = found is not None and found.months is not None and not (found.months == 0 and _UNDER.match(plain))
    if found is not None and figure:
        return replace(found, asked_again=True) if found.straddles(threshold) else found
    if _AT_LEAST.match(plain):
        return replace(known, months=max(threshold, known.months or 0), at_least=threshold, asked_again=True)
    if _UNDER.match(plain):
        highest = threshold - 1 if known.highest is None else min(known.highest, threshold - 1)
        return replace(known, months=min(known.months or highest, highest), at_most=highest, open_ended=False, asked_again=True)
    return None if found is None and not DO_NOT_KNOW.search(plain) else replace(known, asked_again=True)


def _sum(found: Experience, known: Experience) -> Experience:
    """Two jobs told in two messages add up."""
    months = None if found.months is None or known.months is None else found.months + known.months
    low = (found.lowest or 0) + (known.lowest or 0)
    is_open = found.open_ended or known.open_ended
    high = None if is_open else (found.highest or 0) + (known.highest or 0)
    exact = months is not None and low == high == months
    return Experience(
        months, None if exact else low, None if exact else high, is_open,
        uncounted_months=known.uncounted_months, uncounted_kind=known.uncounted_kind,
    )


def _status(plain: str, text: str, asked: Asked | None, known: Situation, other: bool) -> tuple[Status | None, bool]:
    """The status and whether it is known to be unknown.

    A job told as experience (« 5 ans vendeur salarié ») is no present status when another is known or experience was asked.
    """
    if asked == "status":
        status = read_status(text, True, about_other=other)
        return status, status is None and DO_NOT_KNOW.search(plain) is not None
    if other and read_status(text, about_other=other) is Status.ELU:
        return None, False  # the mayor who asks for a secretary tells their own mandate
    if asked == "experience":
        text = HOURS.sub(" ", text)  # « 3 ans à temps partiel » tells how one worked, not that one still does
    only_present = known.status is not None or asked == "experience"
    return (read_present_status if only_present else read_status)(text, about_other=other), False
