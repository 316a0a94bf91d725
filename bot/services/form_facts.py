"""Brings together the two ways in which a form says one fact: a choice or figures, and the person's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.admissions.durations import read_experience
from bot.admissions.facts import Ambiguity, Diploma
from bot.services.form_choices import EXPERIENCES, UNKNOWN
from bot.services.wording import ask_back_diploma

# code → (words of the choice, what the conversation would hear)
EXPERIENCE_PRECISIONS = {
    "more": ("Ce repère ou plus", "plus"),
    "less": ("Moins que ce repère", "moins"),
    "unknown": ("Je ne sais pas exactement", "Je ne sais pas"),
}
_SPOKEN = dict(EXPERIENCES)
# Figures or a number in letters; more digits than a life of work holds are a slip of the finger.
_YEARS = re.compile(r"(?P<number>[0-9]{1,2}(?:[.,][0-9]{1,2})?|[^\W\d_]{2,12}) *(?:ans?|années?)?", re.IGNORECASE)
_MONTHS = re.compile(r"(?P<number>[0-9]{1,3}|[^\W\d_]{2,12}) *(?:mois)?", re.IGNORECASE)


class Conflict(Exception):
    """What was given contradicts itself or cannot be a duration; the message says what to do."""


class ExperienceEntries(Protocol):
    @property
    def experience(self) -> str: ...
    @property
    def experience_years(self) -> str: ...
    @property
    def experience_months(self) -> str: ...
    @property
    def experience_text(self) -> str: ...


def readings_of(ambiguity: Ambiguity) -> tuple[tuple[str, str], ...]:
    """The readings to choose from, as (code, words)."""
    _, buttons = ask_back_diploma(ambiguity)
    return tuple((str(number), title) for number, (title, _) in enumerate(buttons, start=1))


def merge_diplomas(listed: Diploma, typed: Diploma | Ambiguity | None, text: str) -> Diploma:
    """The diploma chosen in the list, with what the words add to it.

    Raises: Conflict when the words name a diploma of another level.
    """
    if typed is None or isinstance(typed, Ambiguity):
        return listed
    if listed.level_unknown:
        return typed
    if listed.foreign or typed.foreign:
        return _foreign(listed, typed)
    if typed.level is None or typed.level == listed.level:
        return listed if typed.level is None else _with_markers(listed, typed)
    raise Conflict(
        f"Vous avez choisi « {listed.label} » dans la liste, mais vous avez écrit « {text} » : gardez seulement le diplôme le plus élevé déjà obtenu."
    )


def read_typed_experience(entries: ExperienceEntries, today: date, about_other: bool) -> str:
    """The sentence that the entries amount to, empty when nothing was said.

    Raises: Conflict when a box, figures or words contradict one another.
    """
    _refuse_what_is_no_number(entries)
    spoken, figures, words = _SPOKEN.get(entries.experience, ""), figures_of(entries), entries.experience_text
    if spoken and (figures or words) and not _says_nothing(figures, words, today, about_other):
        raise Conflict(f"Vous avez coché « {spoken} » et indiqué une durée : gardez l'un des deux.")
    if spoken:
        return _SPOKEN[UNKNOWN] if entries.experience == UNKNOWN else f"{spoken}. {words}".strip()
    if figures and words:
        return _figures_and_words(figures, words, today, about_other)
    return figures or words


def _figures_and_words(figures: str, words: str, today: date, about_other: bool) -> str:
    counted, told = (read_experience(text, True, today, about_other=about_other) for text in (figures, words))
    if counted is None or told is None or not told.is_known or told.months == 0:
        return f"{figures}. {words}" if counted is not None else words
    if counted.months != told.months:
        raise Conflict(f"Vous avez indiqué {figures} et écrit « {words} », qui ne donne pas la même durée : gardez l'un des deux.")
    return words


def figures_of(entries: ExperienceEntries) -> str:
    """« 3 ans et 6 mois » from the two boxes, empty when both are; what is no number stays as it was typed."""
    years, months = (_number(pattern, text) for pattern, text in _boxes(entries))
    parts = [f"{years} an{'' if years == '1' else 's'}" if years else "", f"{months} mois" if months else ""]
    return " et ".join(part for part in parts if part)


def _boxes(entries: ExperienceEntries) -> tuple[tuple[re.Pattern[str], str], ...]:
    return (_YEARS, entries.experience_years), (_MONTHS, entries.experience_months)


def _number(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    return text if found is None else found["number"]


def _refuse_what_is_no_number(entries: ExperienceEntries) -> None:
    for pattern, text in _boxes(entries):
        if text and pattern.fullmatch(text) is None:
            raise Conflict(f"« {text} » ne se lit pas comme un nombre : écrivez par exemple 4 dans « Années » et 6 dans « Mois ».")


def _says_nothing(figures: str, words: str, today: date, about_other: bool) -> bool:
    """Whether what is written beside the box gives no duration of its own."""
    read = [read_experience(text, True, today, about_other=about_other) for text in (figures, words) if text]
    return all(found is None or not found.lowest for found in read)


def _foreign(listed: Diploma, typed: Diploma) -> Diploma:
    if typed.foreign and (listed.foreign or typed.label):
        return typed
    label = (typed if listed.foreign else listed).label or "diplôme"
    return Diploma(label=label if "étranger" in label else f"{label} (étranger)", foreign=True)


def _with_markers(listed: Diploma, typed: Diploma) -> Diploma:
    return replace(
        typed, label=typed.label or listed.label, two_years_validated=listed.two_years_validated or typed.two_years_validated,
        without_diploma=listed.without_diploma or typed.without_diploma,
    )
