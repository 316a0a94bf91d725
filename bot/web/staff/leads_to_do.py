"""What the first page says of leads: who waits for a call, whose case waits for a person, what could not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.admissions.facts import Verdict
from bot.admissions.lead_desk import LeadFilter
from bot.admissions.leads import LeadState
from bot.services.protocols import UnitOfWorkFactory
from bot.web.staff.services import ToDo

_NEW = frozenset({LeadState.NOUVEAU})


def leads_to_do(uow_factory: UnitOfWorkFactory, _now: datetime) -> Sequence[ToDo]:
    """Counts only, each with the page that lists them."""
    with uow_factory() as uow:
        to_review = uow.desk.count(LeadFilter(states=_NEW, verdicts=frozenset({Verdict.TO_REVIEW})))
        new = uow.desk.count(LeadFilter(states=_NEW))
        dead = uow.outbox.counts()["dead"]
    return (
        ToDo(to_review, "nouveau contact à vérifier", "nouveaux contacts à vérifier", "/staff/contacts?etat=nouveau&avis=to_review", is_urgent=True),
        ToDo(new, "nouveau contact à rappeler", "nouveaux contacts à rappeler", "/staff/contacts?etat=nouveau"),
        ToDo(dead, "envoi abandonné", "envois abandonnés", "/staff/envois"),
    )
