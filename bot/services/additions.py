"""Use cases on additions already published: changed, withdrawn, listed with who made them and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.publications import Publication, PublicationKind, checked_origin, checked_phrases, checked_text, checked_title
from bot.admissions.staff import Actor
from bot.services.inbox import Written, check_free
from bot.services.learning import LearningServices, new_publication, publish, withdraw

ENDED_SHOWN = 50


def additions(services: LearningServices) -> tuple[Sequence[Publication], Sequence[Publication]]:
    """Those published, the newest first, and those withdrawn."""
    with services.uow_factory() as uow:
        return list(uow.publications.published(PublicationKind.ADDITION))[::-1], uow.publications.ended(PublicationKind.ADDITION, ENDED_SHOWN)


def addition(services: LearningServices, subject: str) -> tuple[Publication | None, Sequence[Publication]]:
    """What is published under this id, and everything that ever was."""
    with services.uow_factory() as uow:
        return uow.publications.current(PublicationKind.ADDITION, subject), uow.publications.history(PublicationKind.ADDITION, subject)


def change_addition(
    services: LearningServices, subject: str, version: str, phrases: str, card: str, written: Written, actor: Actor, now: datetime
) -> Publication:
    """Publishes it anew; `version` is the id of the publication that its author saw. Raises: InputError, EditedMeanwhile."""
    before = _current(services, subject, version)
    kept = checked_phrases(phrases)
    check_free(services, kept, but=subject)
    if "card" in before.body:
        if not services.editor.is_askable(card):
            raise InputError("Choisissez un sujet dans la liste.")
        changed = new_publication(before.kind, subject, {"phrases": list(kept), "card": card}, actor, now)
    else:
        origin = checked_origin(written.source, written.read_on, written.expires_on, services.today(now))
        body = {"phrases": list(kept), "title": checked_title(written.title), "text": checked_text(written.text)}
        changed = new_publication(before.kind, subject, body, actor, now, origin=origin)
    return publish(services, changed, before.id, actor)


def withdraw_addition(services: LearningServices, subject: str, version: str, actor: Actor, now: datetime) -> None:
    """Ends it; the questions that it answered come back to the inbox. Raises: EditedMeanwhile."""
    withdraw(services, _current(services, subject, version), actor, now)


def _current(services: LearningServices, subject: str, version: str) -> Publication:
    with services.uow_factory() as uow:
        current = uow.publications.current(PublicationKind.ADDITION, subject)
    if current is None or current.id != version:
        raise EditedMeanwhile()
    return current
