"""Use case: where a person stands. Slots in, facts and verdict out; the rule itself is bot/admissions/eligibility.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.admissions.eligibility import Assessment, assess
from bot.admissions.eligibility_rules import Rules
from bot.admissions.facts import UNKNOWN_STATUS, Ambiguity, Diploma, Experience, Situation, SituationUpdate, Status, diploma_from_dict
from bot.admissions.reading import Asked

FACTS: tuple[Asked, ...] = ("diploma", "experience", "status")


def situation_from_slots(slots: Mapping[str, Any]) -> Situation:
    """The facts that the conversation's slots hold; an absent slot is a fact not yet known."""
    status = slots.get("status")
    experience = slots.get("experience")
    return Situation(
        diploma=diploma_from_dict(slots.get("diploma")),
        experience=None if experience is None else Experience.from_dict(experience),
        status=None if status in (None, UNKNOWN_STATUS) else Status(status),
        status_unknown=status == UNKNOWN_STATUS,
    )


def fact_named(slot: str | None) -> Asked | None:
    """The fact that a form's slot asks for, None for any other slot."""
    return next((fact for fact in FACTS if fact == slot), None)


def unknown_value(fact: str) -> Any:
    """The slot value of « I do not know »: known to be unknown, never asked again."""
    return {"diploma": Diploma(level_unknown=True).to_dict(), "experience": Experience(unknown=True).to_dict(), "status": UNKNOWN_STATUS}[fact]


def assess_slots(rules: Rules, slots: Mapping[str, Any], on: date) -> Assessment:
    """The verdict on what the conversation knows, or the facts still missing."""
    return assess(rules, situation_from_slots(slots), on)


def assess_with(rules: Rules, slots: Mapping[str, Any], update: SituationUpdate, on: date) -> Assessment:
    """The verdict if `update` were true; nothing is recorded."""
    return assess(rules, update.apply_to(situation_from_slots(slots)), on)


def ambiguity_of(slots: Mapping[str, Any]) -> Ambiguity | None:
    """The diploma to ask back about (« un BTS ou un CAP ? »), or None."""
    diploma = diploma_from_dict(slots.get("diploma"))
    return diploma if isinstance(diploma, Ambiguity) else None


def is_experience_vague(rules: Rules, slots: Mapping[str, Any], on: date) -> bool:
    """Whether the experience given leaves room on both sides of the rule and was not asked to be made precise yet."""
    return assess_slots(rules, slots, on).rule_id == "experience_a_preciser"


def mark_asked_again(experience_slot: Mapping[str, Any]) -> dict[str, Any]:
    """The experience slot once its vagueness has been asked about."""
    return replace(Experience.from_dict(experience_slot), asked_again=True).to_dict()
