"""The examples beside the eligibility rules: each situation must give the verdict written next to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.admissions.eligibility import assess
from bot.admissions.eligibility_rules import Rules
from bot.admissions.errors import KnowledgeError
from bot.admissions.facts import Diploma, Experience, Situation, Status, Verdict

_FIELDS = {
    "niveau": "level", "diplome_etranger": "foreign", "niveau_indetermine": "level_unknown",
    "deux_annees_validees": "two_years_validated", "sans_le_diplome": "without_diploma",
}
_KEYS = frozenset((
    *_FIELDS, "cas", "experience_mois", "experience_entre", "experience_inconnue", "non_compte_mois", "redemande", "statut", "statut_inconnu",
    "verdict", "manque",
))


@dataclass(frozen=True)
class Example:
    """One line of `exemples`: a situation, and the verdict or the fact still missing."""

    label: str
    situation: Situation
    verdict: Verdict | None
    missing: str | None


def read_example(data: Mapping[str, Any], number: int) -> Example:
    """The example written at place `number` of the list. Raises: KnowledgeError naming what is wrong."""
    place = f"eligibilite.yml, exemple {number}"
    for key in data:
        if key not in _KEYS:
            raise KnowledgeError(place, key, f"Clés permises : {', '.join(sorted(_KEYS))}.")
    if ("verdict" in data) == ("manque" in data):
        raise KnowledgeError(place, data.get("cas"), "Indiquez « verdict » ou « manque », un seul des deux.")
    try:
        verdict = Verdict(data["verdict"]) if "verdict" in data else None
        status = Status(data["statut"]) if data.get("statut") else None
    except ValueError as error:
        raise KnowledgeError(place, str(error), "Ce code n'existe pas dans le contrat.") from None
    situation = Situation(_diploma(data), _experience(data), status, bool(data.get("statut_inconnu", False)))
    return Example(str(data.get("cas", "")), situation, verdict, data.get("manque"))


def failing_examples(rules: Rules, examples: Iterable[Mapping[str, Any]], on: date) -> tuple[str, ...]:
    """One French sentence for each example that the rules do not confirm; empty when all hold."""
    return tuple(problem for number, data in enumerate(examples, 1) if (problem := _problem(rules, data, number, on)))


def _problem(rules: Rules, data: Mapping[str, Any], number: int, on: date) -> str | None:
    example = read_example(data, number)
    found = assess(rules, example.situation, on)
    if (found.verdict, found.missing[:1]) == (example.verdict, (example.missing,) if example.missing else ()):
        return None
    expected = example.missing or (example.verdict.value if example.verdict else "")
    got = found.verdict.value if found.verdict else f"il manque {', '.join(found.missing)}"
    return f"Exemple {number} (« {example.label} ») : attendu {expected}, obtenu {got}."


def _diploma(data: Mapping[str, Any]) -> Diploma | None:
    values = {name: data[key] for key, name in _FIELDS.items() if key in data}
    return Diploma(**values) if values else None


def _experience(data: Mapping[str, Any]) -> Experience | None:
    if data.get("experience_inconnue"):
        return Experience(unknown=True)
    low, high = data.get("experience_entre", (None, None))
    months, uncounted = data.get("experience_mois", low), data.get("non_compte_mois", 0)
    if months is None and not uncounted:
        return None
    kind = "stage" if uncounted else None
    return Experience(months, low, high, uncounted_months=uncounted, uncounted_kind=kind, asked_again=bool(data.get("redemande", False)))
