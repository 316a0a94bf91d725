"""Use case: the pre-screening as a form filled at once, with the readers and the rule of the conversation.

Decides what the entries say and what must be asked again; neither HTML nor HTTP stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.admissions.eligibility import Assessment
from bot.admissions.eligibility_rules import Rules
from bot.admissions.facts import UNKNOWN_STATUS, Diploma, Route, Status
from bot.admissions.reading import Asked, read_situation, speaks_for_someone_else
from bot.services.form_choices import listed_diploma
from bot.services.form_facts import EXPERIENCE_PRECISIONS, Conflict, merge_diplomas, read_typed_experience, readings_of
from bot.services.prescreening import ambiguity_of, assess_slots, is_experience_vague, mark_asked_again, situation_from_slots, unknown_value
from bot.services.wording import ask_back_diploma

LIMITS = {"diploma_text": 300, "experience_text": 500, "experience_years": 20, "experience_months": 20}
MOST_MISREADINGS = 2  # as in the conversation: after that the fact is noted as unknown and nobody is held in a loop
UNREAD = {
    "diploma": "Je n'ai pas reconnu ce diplôme. Choisissez-le dans la liste, ou écrivez-le simplement : « CAP », « bac pro », « BTS », « aucun »…",
    "experience": "Je n'ai pas compris la durée. Écrivez-la en chiffres, par exemple « 4 ans », « 18 mois » ou « de 2015 à 2020 ».",
}
MISSING = {
    "diploma": "Indiquez le diplôme le plus élevé obtenu, ou choisissez « Je ne sais pas ».",
    "experience": "Indiquez la durée de l'expérience professionnelle : avec ce diplôme, elle compte. « Je ne sais pas » est une réponse possible.",
    "status": "Indiquez la situation d'aujourd'hui : avec ce diplôme, elle compte. « Je ne sais pas » est une réponse possible.",
}
VAGUE = "Cette durée peut être au-dessus ou en dessous du repère de {years} ans ({months} mois) : précisez-la ci-dessous."


@dataclass(frozen=True)
class Entries:
    """The form as filled, each value as it was typed or the code of a choice; empty where nothing was said."""

    for_whom: str = ""
    diploma: str = ""
    diploma_text: str = ""
    diploma_precision: str = ""
    experience: str = ""
    experience_years: str = ""
    experience_months: str = ""
    experience_text: str = ""
    experience_precision: str = ""
    status: str = ""
    route: str = ""

    @property
    def is_for_someone_else(self) -> bool:
        texts = (self.diploma_text, self.experience_text)
        return self.for_whom == "other" or any(speaks_for_someone_else(text) for text in texts)


@dataclass(frozen=True)
class Before:
    """What the tries so far leave: `pending` facts to be made precise, the `words` that said each of them, and
    how many times each fact could not be read.
    """

    pending: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    misread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is to be given or mended: the field to go to and the sentence."""

    field: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What the entries say. Without problems the assessment has a verdict; with some, `after` goes back with the form."""

    slots: dict[str, Any]
    assessment: Assessment
    problems: tuple[Problem, ...]
    after: Before


def read_entries(rules: Rules, entries: Entries, before: Before, today: date) -> Reading:
    """The facts of the entries, read as the conversation reads an answer to each question, and the verdict on them.

    A fact that the rule does not need is never complained about.
    """
    attempt = _Attempt(rules, entries, before, today)
    attempt.read_diploma()
    attempt.read_experience()
    attempt.read_status()
    return attempt.conclude()


def precisions(before: Before) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each fact to be made precise, what to choose from, as (code, words)."""
    ambiguity = ambiguity_of(before.pending)
    choices = {} if ambiguity is None else {"diploma": readings_of(ambiguity)}
    if "experience" in before.pending:
        choices["experience"] = tuple((code, words) for code, (words, _) in EXPERIENCE_PRECISIONS.items())
    return choices


class _Attempt:
    """One reading of a form in the making."""

    def __init__(self, rules: Rules, entries: Entries, before: Before, today: date) -> None:
        self._rules, self._entries, self._before, self._today = rules, entries, before, today
        self._other = entries.is_for_someone_else
        self._misread = dict(before.misread)
        self._words: dict[str, str] = {}
        self._kept: dict[str, Any] = {}  # pending facts whose words have not changed: their precision stays with the form
        self._unclear: dict[str, Problem] = {}
        self._slots: dict[str, Any] = {"for_someone_else": True} if self._other else {}
        if entries.route in {route.value for route in Route}:
            self._slots["asked_route"] = entries.route

    def read_diploma(self) -> None:
        entries, listed = self._entries, listed_diploma(self._entries.diploma)
        self._words["diploma"] = entries.diploma_text
        chosen = self._chosen_precision("diploma", entries.diploma_precision)
        if chosen is not None:
            self._hear("diploma", f"J'ai {chosen}")
        elif entries.diploma_text:
            self._hear("diploma", entries.diploma_text)
            if listed is not None and listed.label and "diploma" not in self._slots:
                self._hear("diploma", f"{listed.label} {entries.diploma_text}")  # « obtenue en Algérie »
        if listed is not None:
            self._add_listed(listed)
        elif entries.diploma_text and "diploma" not in self._slots:
            self._note_misreading("diploma")

    def read_experience(self) -> None:
        try:
            words = read_typed_experience(self._entries, self._today, self._other)
        except Conflict as conflict:
            self._note_misreading("experience", str(conflict))
            return
        self._words["experience"] = words
        code = self._chosen_precision("experience", self._entries.experience_precision)
        heard = EXPERIENCE_PRECISIONS[self._entries.experience_precision][1] if code is not None else words
        if heard:
            self._hear("experience", heard)
            if "experience" not in self._slots:
                self._note_misreading("experience")

    def read_status(self) -> None:
        if self._entries.status == UNKNOWN_STATUS or self._entries.status in {status.value for status in Status}:
            self._slots["status"] = self._entries.status

    def conclude(self) -> Reading:
        assessment = assess_slots(self._rules, self._slots, self._today)
        fact = "diploma" if "diploma" in self._unclear else next(iter(assessment.missing), None)
        if fact is None:
            return Reading(self._slots, assessment, (), Before())
        problem = self._unclear.get(fact) or self._question(fact)
        return Reading(self._slots, assessment, (problem,), Before(self._kept, self._words, self._misread))

    def _chosen_precision(self, fact: str, code: str) -> str | None:
        """The words of the choice that makes this fact precise, unless the person has written something else since."""
        if fact not in self._before.pending or self._before.words.get(fact) != self._words[fact]:
            return None
        self._kept[fact] = self._before.pending[fact]
        return dict(precisions(self._before)[fact]).get(code)

    def _hear(self, fact: Asked, text: str) -> None:
        known = self._before.pending if fact in self._before.pending else self._slots
        slots = read_situation(text, fact, self._today, situation_from_slots(known), for_someone_else=self._other).to_slots()
        if fact not in slots and fact in known:
            slots[fact] = known[fact]
        if "experience" in slots and "experience" in self._before.pending:
            slots["experience"] = mark_asked_again(slots["experience"])  # a vague duration is asked about once only
        self._slots |= slots

    def _add_listed(self, listed: Diploma) -> None:
        typed = situation_from_slots(self._slots).diploma
        try:
            self._slots["diploma"] = merge_diplomas(listed, typed, self._entries.diploma_text).to_dict()
        except Conflict as conflict:
            self._note_misreading("diploma", str(conflict))  # the second time the person's own words are taken

    def _note_misreading(self, fact: str, complaint: str | None = None) -> None:
        self._misread[fact] = self._misread.get(fact, 0) + 1
        if self._misread[fact] < MOST_MISREADINGS:
            self._unclear[fact] = Problem(fact, complaint or UNREAD[fact])
        else:
            self._slots.setdefault(fact, unknown_value(fact))

    def _question(self, fact: str) -> Problem:
        ambiguity = ambiguity_of(self._slots)
        if ambiguity is not None:
            self._kept["diploma"] = self._slots["diploma"]
            return Problem("diploma", ask_back_diploma(ambiguity)[0])
        if fact == "experience" and is_experience_vague(self._rules, self._slots, self._today):
            self._kept["experience"] = self._slots["experience"]
            months = self._rules.experience_months
            return Problem("experience", VAGUE.format(years=months // 12, months=months))
        return Problem(fact, MISSING[fact])
