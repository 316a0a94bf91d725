"""Use case: what the conversation knows becomes a lead, once consent and a way to reach the person are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.admissions.eligibility import Assessment
from bot.admissions.facts import Diploma, Experience, Route, Verdict
from bot.admissions.leads import Consent, Contact
from bot.admissions.reading import EXPERIENCE_THRESHOLD_MONTHS
from bot.services.leads import LeadDetails, register_or_update_lead
from bot.services.prescreening import situation_from_slots
from bot.services.protocols import UnitOfWork

IMPRECISE = "experience_imprecise"  # the rule of a range that straddles the threshold, asked about in vain


def has_reachable_contact(slots: Mapping[str, Any]) -> bool:
    """Whether there is an e-mail address or a phone number; an empty text is a declined one."""
    return bool(slots.get("email") or slots.get("phone"))


def register_lead(
    uow: UnitOfWork,
    conversation_id: str,
    slots: Mapping[str, Any],
    assessment: Assessment | None,
    consent: Consent,
    now: datetime,
) -> None:
    """Makes or updates the lead of this conversation. Raises InputError without a way to reach the person."""
    register_or_update_lead(uow, conversation_id, _details(slots, assessment), consent, now)


def update_lead_facts(uow: UnitOfWork, conversation_id: str, slots: Mapping[str, Any], assessment: Assessment, now: datetime) -> bool:
    """A corrected fact reaches the lead already made, under the consent already given; without a lead nothing happens."""
    consent = uow.leads.consent_of(conversation_id)
    lead = uow.leads.for_conversation(conversation_id)
    if lead is None or consent is None or lead.for_someone_else != bool(slots.get("for_someone_else")):
        return False  # « et ma sœur ? »: the lead stays that of the person it was made for
    register_lead(uow, conversation_id, slots, assessment, consent, now)
    return True


def _details(slots: Mapping[str, Any], assessment: Assessment | None) -> LeadDetails:
    situation = situation_from_slots(slots)
    diploma = situation.diploma if isinstance(situation.diploma, Diploma) else None
    verdict = assessment.verdict if assessment is not None else None
    return LeadDetails(
        contact=Contact(name=slots.get("name") or None, email=slots.get("email") or None, phone=slots.get("phone") or None),
        verdict=verdict,
        reasons=tuple(reason.text for reason in assessment.reasons) if assessment is not None and verdict is not None else (),
        level=diploma.level if diploma else None,
        diploma=diploma.label if diploma else None,
        experience_months=_months(situation.experience),
        status=situation.status,
        route=_route(slots, verdict),
        question=slots.get("question") or None,
        topics=tuple(slots.get("topics") or ()),
        for_someone_else=bool(slots.get("for_someone_else")),
    )


def _months(experience: Experience | None) -> int | None:
    """The figure to export; none when the words leave room on both sides of the rule: the reasons then give the range."""
    if experience is None or experience.straddles(EXPERIENCE_THRESHOLD_MONTHS):
        return None
    return experience.months


def _route(slots: Mapping[str, Any], verdict: Verdict | None) -> Route | None:
    """What the person asked for; the experience route when the verdict points there and nothing else was said."""
    asked = slots.get("asked_route")
    if asked:
        return Route(asked)
    return Route.VAE if verdict is Verdict.VAE else None
