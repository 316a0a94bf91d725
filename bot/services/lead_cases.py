"""Use case: the office's own verdicts as regression cases for the rules, without anything that names a person.

The format is that of `exemples` in knowledge/rncp41406/eligibilite.yml: facts, and the verdict that the office gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import yaml

from bot.admissions.facts import Diploma, Experience, Situation
from bot.admissions.leads import Lead
from bot.admissions.staff import Actor, AuditAction
from bot.services.prescreening import FACTS, situation_from_slots
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

HEADER = """\
# Avis donnés par le service des admissions, à la place du résultat de l'assistant : des faits et l'avis, rien de personnel.
# Même format que « exemples » de knowledge/rncp41406/eligibilite.yml. Une ligne recopiée là-bas est vérifiée par
# « bot knowledge check » : elle échoue tant que la règle dit autre chose que le service.
"""
_MARKERS = {
    "foreign": "diplome_etranger", "level_unknown": "niveau_indetermine", "two_years_validated": "deux_annees_validees",
    "without_diploma": "sans_le_diplome",
}


def export_cases(uow_factory: UnitOfWorkFactory, actor: Actor, now: datetime) -> str:
    """The YAML of every verdict that the office gave itself; equal cases stand there once."""
    with uow_factory() as uow:
        cases = [_case(uow, lead) for lead in uow.desk.overridden()]
        uow.audit.record(actor, AuditAction.CASES_EXPORTED, "lead", None, now, {"count": len(cases)})
        uow.commit()
    lines = [yaml.safe_dump(case, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000).strip() for case in cases]
    return HEADER + ("exemples:\n" + "".join(f"  - {line}\n" for line in dict.fromkeys(lines)) if lines else "exemples: []\n")


def _case(uow: UnitOfWork, lead: Lead) -> dict[str, Any]:
    """The facts as the conversation understood them, while it is kept; else what the lead holds of them."""
    slots = {event["name"]: event.get("value") for event in uow.people.events(lead.conversation_id)
             if event.get("event") == "slot" and event.get("name") in FACTS}
    situation = situation_from_slots(slots) if any(slots.values()) else _situation_of(lead)
    assistant = "sans résultat de l'assistant" if lead.verdict is None else f"l'assistant disait {lead.verdict.value}"
    facts = {**_diploma_facts(situation), **_experience_facts(situation.experience), **_status_facts(situation)}
    verdict = lead.staff_verdict.value if lead.staff_verdict is not None else None
    return {"cas": f"avis du service, {assistant}", **facts, "verdict": verdict}


def _situation_of(lead: Lead) -> Situation:
    experience = None if lead.experience_months is None else Experience(lead.experience_months)
    return Situation(None if lead.level is None else Diploma(lead.level), experience, lead.status)


def _diploma_facts(situation: Situation) -> Mapping[str, Any]:
    diploma = situation.diploma
    if not isinstance(diploma, Diploma):
        return {"niveau_indetermine": True}
    level = {} if diploma.level is None else {"niveau": diploma.level}
    return {**level, **{key: True for name, key in _MARKERS.items() if getattr(diploma, name)}} or {"niveau_indetermine": True}


def _experience_facts(experience: Experience | None) -> Mapping[str, Any]:
    if experience is None:
        return {}
    if experience.unknown:
        return {"experience_inconnue": True}
    facts: dict[str, Any] = {}
    low, high = experience.lowest, experience.highest
    if low is not None and high is not None and low != high:
        facts["experience_entre"] = [low, high]
    elif low is not None:
        facts["experience_mois"] = low
    if experience.uncounted_months:
        facts["non_compte_mois"] = experience.uncounted_months
    return {**facts, "redemande": True} if experience.asked_again else facts


def _status_facts(situation: Situation) -> Mapping[str, Any]:
    if situation.status is not None:
        return {"statut": situation.status.value}
    return {"statut_inconnu": True} if situation.status_unknown else {}
