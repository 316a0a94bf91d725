"""Use cases on practical values: the price, the dates, the place… published with their source and their last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.publications import Publication, PublicationKind, checked_origin, checked_text
from bot.admissions.staff import Actor
from bot.services.learning import LearningServices, all_published, new_publication, publish, withdraw


@dataclass(frozen=True)
class PracticalValue:
    """One entry as it stands: `published` by the console, or `in_files` (value, source, last day) by the file itself."""

    name: str
    label: str
    published: Publication | None
    in_files: tuple[str, str | None, date | None] | None
    is_expired: bool

    @property
    def is_known(self) -> bool:
        return (self.published is not None or self.in_files is not None) and not self.is_expired


@dataclass(frozen=True)
class ValueEntries:
    """The form as filled."""

    value: str = ""
    source: str = ""
    read_on: str = ""
    expires_on: str = ""


def practical_values(services: LearningServices, now: datetime) -> list[PracticalValue]:
    """Every entry of pratique.yml, in its order."""
    published = {one.subject: one for one in all_published(services) if one.kind is PublicationKind.PRACTICAL}
    return [_value(services, name, label, published.get(name), services.today(now)) for name, label in services.editor.practical_items().items()]


def practical_value(services: LearningServices, name: str, now: datetime) -> tuple[PracticalValue, Sequence[Publication]]:
    """One entry and its history. Raises: InputError when there is none of that id."""
    label = services.editor.practical_items().get(name)
    if label is None:
        raise InputError("Cette information n'existe plus : revenez à la liste.")
    with services.uow_factory() as uow:
        current, history = uow.publications.current(PublicationKind.PRACTICAL, name), uow.publications.history(PublicationKind.PRACTICAL, name)
    return _value(services, name, label, current, services.today(now)), history


def answers_of(services: LearningServices, name: str) -> list[tuple[str, str]]:
    """(id, title) of the answers that say this value."""
    return [(card, services.editor.title(card) or card) for card in services.editor.answers_with(name)]


def preview_value(services: LearningServices, name: str, entries: ValueEntries, actor: Actor, now: datetime) -> Sequence[Any]:
    """What each answer that says this value would say. Raises: InputError with what is wrong."""
    draft = _draft(services, name, entries, actor, now)
    others = [one for one in all_published(services) if (one.kind, one.subject) != (draft.kind, name)]
    return services.editor.preview_answers(services.editor.answers_with(name), [*others, draft], services.today(now))


def publish_value(services: LearningServices, name: str, entries: ValueEntries, version: str, actor: Actor, now: datetime) -> Publication:
    """Says it from now on, everywhere; `version` is the id of the publication that its author saw. Raises: InputError, EditedMeanwhile."""
    return publish(services, _draft(services, name, entries, actor, now), version or None, actor)


def withdraw_value(services: LearningServices, name: str, version: str, actor: Actor, now: datetime) -> None:
    """« Je ne sais pas » again, or what the file gives. Raises: EditedMeanwhile."""
    with services.uow_factory() as uow:
        current = uow.publications.current(PublicationKind.PRACTICAL, name)
    if current is None or current.id != version:
        raise EditedMeanwhile()
    withdraw(services, current, actor, now)


def _draft(services: LearningServices, name: str, entries: ValueEntries, actor: Actor, now: datetime) -> Publication:
    if name not in services.editor.practical_items():
        raise InputError("Cette information n'existe plus : revenez à la liste.")
    value = checked_text(entries.value, "L'information")
    origin = checked_origin(entries.source, entries.read_on, entries.expires_on, services.today(now))
    return new_publication(PublicationKind.PRACTICAL, name, {"value": value}, actor, now, origin=origin)


def _value(services: LearningServices, name: str, label: str, published: Publication | None, today: date) -> PracticalValue:
    in_files = services.editor.practical_in_files(name)
    last_day = published.expires_on if published is not None else in_files[2] if in_files is not None else None
    return PracticalValue(name, label, published, in_files, last_day is not None and today > last_day)
