"""Leads in the office's words: labels of codes, and a line of history as a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import ChangeKind, LeadChange
from bot.services.announcements import ROUTE_LABELS, STATE_LABELS, VERDICT_LABELS

VERDICT_WORDS: Mapping[str | None, str] = {None if code is None else code.value: words for code, words in VERDICT_LABELS.items()}
ROUTE_WORDS: Mapping[str | None, str] = {None if code is None else code.value: words for code, words in ROUTE_LABELS.items()}
STATE_WORDS: Mapping[str, str] = STATE_LABELS
FIELD_WORDS = {
    "verdict": "résultat", "level": "niveau", "diploma": "diplôme", "experience_months": "expérience", "status": "statut", "route": "voie",
    "name": "nom", "email": "adresse e-mail", "phone": "téléphone", "question": "question",
}
NOBODY = "personne"
NO_OPINION = "aucun"


def verdict_choices() -> list[tuple[str, str]]:
    """Every verdict, for a list to choose from."""
    return [(verdict.value, VERDICT_LABELS[verdict]) for verdict in Verdict]


def route_choices() -> list[tuple[str, str]]:
    """Every route, for a list to choose from."""
    return [(route.value, ROUTE_LABELS[route]) for route in Route]


def change_in_words(change: LeadChange) -> str:
    """« état : nouveau → contacté »."""
    if change.kind is ChangeKind.PERSON:
        fields = (change.after or "").split(", ")
        return f"a corrigé ou complété : {', '.join(FIELD_WORDS.get(name, name) for name in fields)}"
    what, words = _WORDS[change.kind]
    empty = NOBODY if change.kind is ChangeKind.OWNER else NO_OPINION
    before, after = (empty if value is None else words.get(value, value) for value in (change.before, change.after))
    sentence = f"{what} : {before} → {after}"
    return f"annulation ({sentence})" if change.undoes else sentence


_WORDS: Mapping[ChangeKind, tuple[str, Mapping[str | None, str] | Mapping[str, str]]] = {
    ChangeKind.STATE: ("état", STATE_WORDS),
    ChangeKind.OWNER: ("suivi", {}),
    ChangeKind.VERDICT: ("avis du service", VERDICT_WORDS),
}
