"""A lead's situation beside the rule it is read by: what was said, what was kept of it, what the record asks, and where.

Plain comparisons with the rules of the record, each on its own: no score, and no verdict of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.admissions.eligibility_rules import Rules
from bot.admissions.leads import Lead
from bot.services.wording import STATUS_WORDS, duration_in_words


@dataclass(frozen=True)
class RecordSource:
    """The section of the record that the rules come from, when it was read, and its address if it names one."""

    section: str
    as_of: date
    url: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One line of the table; `said` is None when the words are not kept (or no longer), `retained` when nothing is known."""

    label: str
    said: str | None
    retained: str | None
    rule: str
    finding: str


def criteria_of(lead: Lead, rules: Rules, words: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Diploma, experience and status, in the order in which the rules look at them."""
    return (
        Criterion("Diplôme", words.get("diploma"), _diploma(lead), _diploma_rule(rules), _diploma_finding(lead, rules)),
        Criterion("Expérience professionnelle", words.get("experience"), _months(lead.experience_months),
                  f"Avec le niveau {rules.level_with_experience} : {duration_in_words(rules.experience_months)} "
                  f"({rules.experience_months} mois) d'expérience, dans n'importe quel domaine.",
                  _experience_finding(lead, rules)),
        Criterion("Statut", words.get("status"), None if lead.status is None else STATUS_WORDS[lead.status.value], _status_rule(rules),
                  _status_finding(lead, rules)),
    )


def _diploma(lead: Lead) -> str | None:
    level = None if lead.level is None else f"niveau {lead.level}" if lead.level else "aucun diplôme au-dessus du brevet"
    return ", ".join(words for words in (lead.diploma, level) if words) or None


def _months(months: int | None) -> str | None:
    return None if months is None else duration_in_words(months) if months else "aucune"


def _diploma_rule(rules: Rules) -> str:
    return (f"Niveau {rules.direct_level} ou plus, obtenu : sans autre condition. Niveau {rules.level_with_experience} : avec l'expérience et le "
            "statut ci-dessous.")


def _status_rule(rules: Rules) -> str:
    labels = " ou ".join(sorted(rules.status_labels[status] for status in rules.statuses))
    return f"Avec le niveau {rules.level_with_experience} : {labels}."


def _diploma_finding(lead: Lead, rules: Rules) -> str:
    if lead.level is None:
        return "niveau non établi : à regarder"
    if lead.level >= rules.direct_level:
        return "niveau demandé atteint"
    if lead.level >= rules.level_with_experience:
        return "niveau qui demande aussi l'expérience et le statut"
    return "en dessous du niveau demandé"


def _experience_finding(lead: Lead, rules: Rules) -> str:
    if _is_enough_alone(lead, rules):
        return "pas nécessaire avec ce diplôme"
    if lead.experience_months is None:
        return "non connue"
    lacking = rules.experience_months - lead.experience_months
    return "durée demandée atteinte" if lacking <= 0 else f"il manque {duration_in_words(lacking)}"


def _status_finding(lead: Lead, rules: Rules) -> str:
    if _is_enough_alone(lead, rules):
        return "pas nécessaire avec ce diplôme"
    if lead.status is None:
        return "non connu"
    return "cité par la fiche" if lead.status in rules.statuses else "non cité par la fiche"


def _is_enough_alone(lead: Lead, rules: Rules) -> bool:
    return lead.level is not None and lead.level >= rules.direct_level
