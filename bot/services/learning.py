"""What the office's knowledge desk stands on, and how anything is published or withdrawn: with its line in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Protocol
from uuid import uuid4

from bot.admissions.publications import ADDITION_PREFIX, Origin, Publication, PublicationKind, PublicationState
from bot.admissions.staff import Actor, AuditAction
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory
from bot.services.published import Published

# Letters only: the question of an addition is named after it, and Rasa's names hold no figure.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SUBJECT_LENGTH = 12
ADDED_WORDS: Mapping[PublicationKind, tuple[AuditAction, AuditAction]] = {
    PublicationKind.ADDITION: (AuditAction.ADDITION_PUBLISHED, AuditAction.ADDITION_WITHDRAWN),
    PublicationKind.PRACTICAL: (AuditAction.PRACTICAL_PUBLISHED, AuditAction.PRACTICAL_WITHDRAWN),
    PublicationKind.CORRECTION: (AuditAction.CORRECTION_PUBLISHED, AuditAction.CORRECTION_WITHDRAWN),
    PublicationKind.SUSPENSION: (AuditAction.ANSWER_SUSPENDED, AuditAction.ANSWER_RESUMED),
}


class Editor(Protocol):
    """What the desk needs of the curated answers (bot.catalogue.answer_editor)."""

    @property
    def card_files(self) -> Mapping[str, Sequence[str]]: ...
    def title(self, card_id: str) -> str | None: ...
    def topic_of_intent(self, intent: str) -> str | None: ...
    def is_askable(self, card_id: str) -> bool: ...
    def is_protected(self, card_id: str) -> bool: ...
    def parts(self, card_id: str) -> Sequence[tuple[str, str]]: ...
    def template(self, card_id: str, part: str) -> str | None: ...
    def form(self, card_id: str, part: str, template: str, on: date) -> Any: ...
    def facts(self) -> Sequence[Any]: ...
    def checked(self, card_id: str, part: str, typed: str, before: str, on: date) -> str: ...
    def preview(self, card_id: str, part: str, publications: Sequence[Publication], on: date) -> Sequence[Any]: ...
    def preview_answers(self, card_ids: Sequence[str], publications: Sequence[Publication], on: date) -> Sequence[Any]: ...
    def preview_written(self, text: str, source: str, read_on: date) -> Any: ...
    def practical_items(self) -> Mapping[str, str]: ...
    def practical_in_files(self, name: str) -> tuple[str, str | None, date | None] | None: ...
    def answers_with(self, name: str) -> Sequence[str]: ...
    def left_out(self, publications: Sequence[Publication], on: date) -> frozenset[str]: ...
    def registration_end(self) -> date: ...


@dataclass(frozen=True)
class LearningServices:
    """Wired by bot/console.py. `encode` gives embeddings as they are kept; `group` puts texts of one meaning together."""

    uow_factory: UnitOfWorkFactory
    published: Published[Any]
    editor: Editor
    encode: Callable[[Sequence[str]], Sequence[bytes]]
    group: Callable[[Sequence[str], Sequence[bytes]], Sequence[Sequence[int]]]
    timezone: tzinfo

    def today(self, now: datetime) -> date:
        return now.astimezone(self.timezone).date()


def new_publication(
    kind: PublicationKind, subject: str, body: Mapping[str, Any], actor: Actor, now: datetime, part: str = "", origin: Origin | None = None
) -> Publication:
    """One thing to publish now."""
    made = Publication(str(uuid4()), kind, subject, part, body, PublicationState.PUBLISHED, now, actor.label)
    if origin is None:
        return made
    return Publication(**{**vars(made), "source": origin.source, "read_on": origin.read_on, "expires_on": origin.expires_on})


def new_subject() -> str:
    """The id of an addition."""
    return ADDITION_PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(_SUBJECT_LENGTH))


def stage(uow: UnitOfWork, publication: Publication, replaces: str | None, actor: Actor) -> None:
    """Stages a publication and its line in the journal."""
    uow.publications.publish(publication, replaces)
    action = ADDED_WORDS[publication.kind][0]
    uow.audit.record(actor, action, publication.kind.value, _audited(publication), publication.created_at, _detail(publication))


def publish(services: LearningServices, publication: Publication, replaces: str | None, actor: Actor) -> Publication:
    """Publishes; this process serves it at once, the others within seconds. Raises: EditedMeanwhile."""
    with services.uow_factory() as uow:
        stage(uow, publication, replaces, actor)
        uow.commit()
    services.published.look_again()
    return publication


def withdraw(services: LearningServices, publication: Publication, actor: Actor, now: datetime) -> None:
    """Ends a publication: what was said before is said again. Raises: EditedMeanwhile."""
    with services.uow_factory() as uow:
        uow.publications.withdraw(publication.id, now, actor.label)
        if publication.kind is PublicationKind.ADDITION:
            uow.inbox.reopen_answered_by(publication.subject)
        action = ADDED_WORDS[publication.kind][1]
        uow.audit.record(actor, action, publication.kind.value, _audited(publication), now, _detail(publication))
        uow.commit()
    services.published.look_again()


def all_published(services: LearningServices) -> Sequence[Publication]:
    """Everything published now."""
    with services.uow_factory() as uow:
        return uow.publications.published()


def _audited(publication: Publication) -> str:
    return publication.subject[:36]


def _detail(publication: Publication) -> dict[str, str | int]:
    return {"part": publication.part} if publication.part else {}
