"""What a form said and what was understood, in words: for the page of the verdict and for the conversation that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.admissions.eligibility import describe_months
from bot.admissions.facts import Diploma, Experience
from bot.services.form import Entries
from bot.services.form_choices import EXPERIENCES, ROUTES, STATUSES, words_of
from bot.services.form_facts import figures_of
from bot.services.prescreening import situation_from_slots

DO_NOT_KNOW = "vous ne savez pas"
_STATUS_WORDS, _ROUTE_WORDS, _EXPERIENCE_WORDS = dict(STATUSES), dict(ROUTES), dict(EXPERIENCES)


def understood_facts(slots: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of each fact that the verdict rests on, in the order of the form."""
    situation = situation_from_slots(slots)
    facts = [("Pour", "une autre personne")] if slots.get("for_someone_else") else []
    if isinstance(situation.diploma, Diploma):
        facts.append(("Diplôme", _diploma(situation.diploma)))
    if situation.experience is not None:
        facts.append(("Expérience professionnelle", _experience(situation.experience)))
        if situation.experience.uncounted_kind is not None:
            facts.append(("Non compté comme travail rémunéré", situation.experience.uncounted_kind))
    if situation.status is not None or situation.status_unknown:
        facts.append(("Situation", DO_NOT_KNOW if situation.status is None else _STATUS_WORDS[situation.status.value]))
    if slots.get("asked_route"):
        facts.append(("Voie souhaitée", _ROUTE_WORDS[slots["asked_route"]]))
    return facts


def entries_in_words(entries: Entries) -> str:
    """The form as the person filled it, a line each: what the conversation keeps as said."""
    experience = [_EXPERIENCE_WORDS.get(entries.experience, ""), figures_of(entries), entries.experience_text]
    lines = {
        "Pour": "une autre personne" if entries.is_for_someone_else else "",
        "Diplôme": _joined([words_of(entries.diploma), entries.diploma_text]),
        "Expérience professionnelle": _joined(experience),
        "Situation": _STATUS_WORDS.get(entries.status, ""),
        "Voie souhaitée": _ROUTE_WORDS.get(entries.route, "") if entries.route else "",
    }
    return "\n".join(["Vérification par formulaire", *(f"{label} : {value}" for label, value in lines.items() if value)])


def date_in_words(day: date) -> str:
    """« 22 novembre 2026 »."""
    months = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
    return f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def _experience(experience: Experience) -> str:
    if experience.unknown:
        return DO_NOT_KNOW
    return "aucune" if experience.highest == 0 else describe_months(experience)


def _diploma(diploma: Diploma) -> str:
    label = diploma.label or "diplôme"
    if diploma.level_unknown and diploma.label is None:
        return DO_NOT_KNOW
    if diploma.level is None:
        return f"{label}, de niveau à établir"
    return label if diploma.level == 0 else f"{label} (niveau {diploma.level})"


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)
