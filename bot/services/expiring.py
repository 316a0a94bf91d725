"""Use case: everything that stops being true on a day, the nearest first, so that nobody learns it from an applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.admissions.publications import PublicationKind
from bot.services.learning import LearningServices, all_published
from bot.services.practical_values import practical_values

SOON_DAYS = 60


class DeadlineKind(StrEnum):
    PRACTICAL = "information pratique"
    ADDITION = "réponse ajoutée"
    CORRECTION = "correction à revoir"
    REGISTRATION = "enregistrement"


@dataclass(frozen=True)
class Deadline:
    """`day` is the last day it holds; None for what must be looked at now. `days_left` is negative once it is over."""

    kind: DeadlineKind
    title: str
    subject: str
    day: date | None
    days_left: int

    @property
    def is_over(self) -> bool:
        return self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left <= SOON_DAYS


def deadlines(services: LearningServices, now: datetime) -> list[Deadline]:
    """Expired and dated things, and corrections that no longer fit."""
    today = services.today(now)
    found = [_dated(DeadlineKind.REGISTRATION, "Fin de l'enregistrement de la certification", "", services.editor.registration_end(), today)]
    for value in practical_values(services, now):
        last_day = value.published.expires_on if value.published is not None else value.in_files[2] if value.in_files is not None else None
        if last_day is not None:
            found.append(_dated(DeadlineKind.PRACTICAL, value.label, value.name, last_day, today))
    published = all_published(services)
    for one in published:
        if one.kind is PublicationKind.ADDITION and one.expires_on is not None:
            found.append(_dated(DeadlineKind.ADDITION, str(one.body["title"]), one.subject, one.expires_on, today))
    left_out = services.editor.left_out(published, today)
    for one in published:
        if one.kind is not PublicationKind.CORRECTION:
            continue
        if one.id in left_out or one.body.get("replaces") != services.editor.template(one.subject, one.part):
            found.append(Deadline(DeadlineKind.CORRECTION, services.editor.title(one.subject) or one.subject, one.subject, None, -1))
    return sorted(found, key=lambda deadline: (deadline.days_left, deadline.title))


def count_urgent(services: LearningServices, now: datetime) -> int:
    """How many are over or soon will be."""
    return sum(deadline.is_soon for deadline in deadlines(services, now))


def _dated(kind: DeadlineKind, title: str, subject: str, day: date, today: date) -> Deadline:
    return Deadline(kind, title, subject, day, (day - today).days)
