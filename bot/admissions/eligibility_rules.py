"""The rules of the pre-screening as data: thresholds, statuses, validity and every sentence, checked when built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from bot.admissions.errors import KnowledgeError
from bot.admissions.facts import Status

RULE_IDS = (
    "niveau_direct", "niveau_avec_experience", "diplome_etranger", "niveau_indetermine", "deux_annees_validees",
    "experience_insuffisante", "experience_inconnue", "experience_imprecise", "experience_non_comptee", "autre_statut",
    "statut_inconnu", "sous_niveau_avec_experience", "sous_niveau_sans_experience", "sous_niveau_experience_inconnue",
    "niveau_sans_diplome", "regles_perimees",
)
PLACEHOLDERS = frozenset((
    "niveau_direct", "niveau_avec_experience", "mois_requis", "ans_requis", "diplome", "niveau", "experience",
    "mois_manquants", "non_compte", "statut", "fin_validite",
))
LEVELS = range(9)
_KEYS = frozenset(("section", "valable_du", "valable_jusqu_au", "seuils", "statuts_admis", "libelles_statuts", "textes", "exemples"))
_THRESHOLDS = ("niveau_direct", "niveau_avec_experience", "experience_mois")
_PLACE = "eligibilite.yml"


@dataclass(frozen=True)
class RuleTexts:
    """What one rule says: its sentences in French, what would change the verdict, and the source."""

    reasons: tuple[str, ...]
    what_would_change: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Rules:
    """The rules in force between two days (both included); levels are French 2019 levels."""

    direct_level: int
    level_with_experience: int
    experience_months: int
    statuses: frozenset[Status]
    status_labels: Mapping[Status, str]
    section: str
    valid_from: date
    valid_until: date
    texts: Mapping[str, RuleTexts]

    def are_valid_on(self, day: date) -> bool:
        """Whether the record of the rules is in force that day."""
        return self.valid_from <= day <= self.valid_until

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Rules:
        """The rules in the mapping that eligibilite.yml holds (its `exemples` are left to the catalogue).

        Raises: KnowledgeError when a key is missing or unknown, or a value is not what it must be.
        """
        _check_keys(data)
        thresholds = data["seuils"]
        direct, lower = (_level(thresholds, name) for name in _THRESHOLDS[:2])
        if lower >= direct:
            raise KnowledgeError(f"{_PLACE}, seuils", lower, "niveau_avec_experience doit être plus petit que niveau_direct.")
        return cls(
            direct, lower, _months(thresholds), _statuses(data), _labels(data), _sentence(data, "section"),
            _day(data, "valable_du"), _day(data, "valable_jusqu_au"),
            {rule_id: _texts(data["textes"], rule_id) for rule_id in RULE_IDS},
        )


def _check_keys(data: Mapping[str, Any]) -> None:
    for key in data:
        if key not in _KEYS:
            raise KnowledgeError(_PLACE, key, f"Clés permises : {', '.join(sorted(_KEYS))}.")
    for key in sorted(_KEYS - {"exemples"}):
        if key not in data:
            raise KnowledgeError(_PLACE, key, "Cette clé manque : ajoutez-la.")
    for key in data["textes"]:
        if key not in RULE_IDS:
            raise KnowledgeError(f"{_PLACE}, textes", key, f"Règles permises : {', '.join(RULE_IDS)}.")
    for name in data["seuils"]:
        if name not in _THRESHOLDS:
            raise KnowledgeError(f"{_PLACE}, seuils", name, f"Seuils permis : {', '.join(_THRESHOLDS)}.")


def _level(thresholds: Mapping[str, Any], name: str) -> int:
    value = thresholds.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value not in LEVELS:
        raise KnowledgeError(f"{_PLACE}, seuils, {name}", value, "Indiquez un niveau de 0 à 8.")
    return value


def _months(thresholds: Mapping[str, Any]) -> int:
    value = thresholds.get("experience_mois")
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise KnowledgeError(f"{_PLACE}, seuils, experience_mois", value, "Indiquez un nombre entier de mois, 1 ou plus.")
    return value


def _statuses(data: Mapping[str, Any]) -> frozenset[Status]:
    return frozenset(_status(value, "statuts_admis") for value in data["statuts_admis"])


def _labels(data: Mapping[str, Any]) -> dict[Status, str]:
    labels = {_status(code, "libelles_statuts"): str(label) for code, label in data["libelles_statuts"].items()}
    for status in Status:
        if status not in labels:
            raise KnowledgeError(f"{_PLACE}, libelles_statuts", status.value, "Ce statut n'a pas de libellé : ajoutez-le.")
    return labels


def _status(value: object, key: str) -> Status:
    try:
        return Status(value)
    except ValueError:
        codes = ", ".join(status.value for status in Status)
        raise KnowledgeError(f"{_PLACE}, {key}", value, f"Statuts permis : {codes}.") from None


def _texts(texts: Mapping[str, Any], rule_id: str) -> RuleTexts:
    if rule_id not in texts:
        raise KnowledgeError(f"{_PLACE}, textes", rule_id, "Cette règle n'a pas de texte : ajoutez-le.")
    rule, place = texts[rule_id], f"{_PLACE}, textes, {rule_id}"
    unknown = set(rule) - {"raisons", "ce_qui_changerait", "source"}
    if unknown:
        raise KnowledgeError(place, min(unknown), "Clés permises : raisons, ce_qui_changerait, source.")
    reasons = tuple(_template(text, place) for text in rule.get("raisons", ()))
    change = tuple(_template(text, place) for text in rule.get("ce_qui_changerait", ()))
    if not reasons:
        raise KnowledgeError(place, None, "Écrivez au moins une phrase sous « raisons ».")
    return RuleTexts(reasons, change, _sentence(rule, "source", place))


def _template(text: object, place: str) -> str:
    names = {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}
    unknown = names - PLACEHOLDERS
    if unknown:
        raise KnowledgeError(place, min(unknown), f"Noms permis entre accolades : {', '.join(sorted(PLACEHOLDERS))}.")
    return str(text)


def _sentence(data: Mapping[str, Any], key: str, place: str = _PLACE) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(f"{place}, {key}", value, "Indiquez un texte.")
    return value.strip()


def _day(data: Mapping[str, Any], key: str) -> date:
    value = data[key]
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise KnowledgeError(f"{_PLACE}, {key}", value, "Indiquez une date AAAA-MM-JJ.") from None
