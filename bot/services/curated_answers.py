"""Use cases on curated answers: corrected, previewed, published, withdrawn, suspended while somebody checks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.publications import Publication, PublicationKind, check_links
from bot.admissions.staff import Actor
from bot.services.learning import LearningServices, all_published, new_publication, publish, withdraw
from bot.services.printed_answers import CONVERSATION_FILES, OTHERS, TOPICS, UNKNOWN_FILE, UNKNOWN_TOPIC

PROTECTED = "Ce texte engage l'université ou protège les personnes : il se change dans le dépôt du programme, avec une relecture, pas ici."
UNKNOWN = "Cette réponse n'existe plus : revenez à la liste."
CONVERSATION_TOPIC = "La conversation elle-même"


@dataclass(frozen=True)
class ListedAnswer:
    id: str
    title: str
    is_corrected: bool
    is_suspended: bool
    is_protected: bool


@dataclass(frozen=True)
class ListedTopic:
    title: str
    answers: tuple[ListedAnswer, ...]


@dataclass(frozen=True)
class AnswerPart:
    """A part of an answer as its page shows it; `correction` is what is published in its place."""

    name: str
    label: str
    previews: Sequence[Any]
    correction: Publication | None
    fits: bool  # False: the correction no longer fits the base, the curated text is served
    has_changed_under: bool  # the curated text is no longer the one that was corrected


@dataclass(frozen=True)
class AnswerPage:
    id: str
    title: str
    is_protected: bool
    parts: tuple[AnswerPart, ...]
    suspension: Publication | None
    history: Sequence[Publication]


@dataclass(frozen=True)
class PartForm:
    """What the form of one part needs; `version` is the id of the publication that it starts from, empty for the curated text."""

    part: Any
    facts: Sequence[Any]
    version: str


def answer_list(services: LearningServices) -> list[ListedTopic]:
    """Every curated answer, by file, with what the console has changed."""
    published = all_published(services)
    corrected = {one.subject for one in published if one.kind is PublicationKind.CORRECTION}
    suspended = {one.subject for one in published if one.kind is PublicationKind.SUSPENSION}
    editor = services.editor
    topics: dict[str, list[ListedAnswer]] = {}
    for file, names in sorted(editor.card_files.items(), key=lambda item: _rank(item[0])):
        listed = [ListedAnswer(name, editor.title(name) or name, name in corrected, name in suspended, editor.is_protected(name)) for name in names]
        topics.setdefault(_topic_title(file), []).extend(listed)  # the files of the conversation itself share one title
    return [ListedTopic(title, tuple(answers)) for title, answers in topics.items()]


def answer_page(services: LearningServices, card: str, now: datetime) -> AnswerPage:
    """One answer with everything said about it. Raises: InputError when there is none of that id."""
    title, today = services.editor.title(card), services.today(now)
    if title is None:
        raise InputError(UNKNOWN)
    published = all_published(services)
    own = {one.part: one for one in published if one.kind is PublicationKind.CORRECTION and one.subject == card}
    left_out = services.editor.left_out(published, today)
    parts = tuple(
        AnswerPart(
            name, label, services.editor.preview(card, name, published, today), own.get(name),
            fits=name not in own or own[name].id not in left_out,
            has_changed_under=name in own and own[name].body.get("replaces") != services.editor.template(card, name),
        )
        for name, label in services.editor.parts(card)
    )
    with services.uow_factory() as uow:
        history = [*uow.publications.history(PublicationKind.CORRECTION, card), *uow.publications.history(PublicationKind.SUSPENSION, card)]
        suspension = uow.publications.current(PublicationKind.SUSPENSION, card)
    history.sort(key=lambda one: one.created_at, reverse=True)
    return AnswerPage(card, title, services.editor.is_protected(card), parts, suspension, history)


def part_form(services: LearningServices, card: str, part: str, now: datetime) -> PartForm:
    """The form that corrects a part, from its present text. Raises: InputError."""
    curated = _curated(services, card, part)
    with services.uow_factory() as uow:
        current = uow.publications.current(PublicationKind.CORRECTION, card, part)
    template = curated if current is None else str(current.body["text"])
    form = services.editor.form(card, part, template, services.today(now))
    return PartForm(form, services.editor.facts(), "" if current is None else current.id)


def preview_correction(services: LearningServices, card: str, part: str, typed: str, version: str, actor: Actor, now: datetime) -> Sequence[Any]:
    """What the chat would say. Raises: InputError with what is wrong, EditedMeanwhile."""
    draft = _draft(services, card, part, typed, version, actor, now)
    others = [one for one in all_published(services) if (one.kind, one.subject, one.part) != (draft.kind, card, part)]
    return services.editor.preview(card, part, [*others, draft], services.today(now))


def publish_correction(services: LearningServices, card: str, part: str, typed: str, version: str, actor: Actor, now: datetime) -> Publication:
    """Says this text from now on. Raises: InputError with what is wrong, EditedMeanwhile."""
    return publish(services, _draft(services, card, part, typed, version, actor, now), version or None, actor)


def withdraw_correction(services: LearningServices, card: str, part: str, version: str, actor: Actor, now: datetime) -> None:
    """The curated text is said again. Raises: EditedMeanwhile."""
    withdraw(services, _current(services, PublicationKind.CORRECTION, card, part, version), actor, now)


def suspend(services: LearningServices, card: str, actor: Actor, now: datetime) -> None:
    """Says that the answer is being checked, in its place. Raises: InputError, EditedMeanwhile."""
    if services.editor.title(card) is None:
        raise InputError(UNKNOWN)
    if services.editor.is_protected(card):
        raise InputError(PROTECTED)
    publish(services, new_publication(PublicationKind.SUSPENSION, card, {}, actor, now), None, actor)


def resume(services: LearningServices, card: str, version: str, actor: Actor, now: datetime) -> None:
    """The answer is given again. Raises: EditedMeanwhile."""
    withdraw(services, _current(services, PublicationKind.SUSPENSION, card, "", version), actor, now)


def _draft(services: LearningServices, card: str, part: str, typed: str, version: str, actor: Actor, now: datetime) -> Publication:
    curated = _curated(services, card, part)
    before = curated if not version else str(_current(services, PublicationKind.CORRECTION, card, part, version).body["text"])
    check_links(typed)
    template = services.editor.checked(card, part, typed, before, services.today(now))
    if template.strip() == before.strip():
        raise InputError("Ce texte est le même que le texte actuel : il n'y a rien à publier.")
    return new_publication(PublicationKind.CORRECTION, card, {"text": template, "replaces": curated}, actor, now, part)


def _curated(services: LearningServices, card: str, part: str) -> str:
    template = services.editor.template(card, part)
    if template is None:
        raise InputError(UNKNOWN)
    if services.editor.is_protected(card):
        raise InputError(PROTECTED)
    return template


def _current(services: LearningServices, kind: PublicationKind, subject: str, part: str, version: str) -> Publication:
    with services.uow_factory() as uow:
        current = uow.publications.current(kind, subject, part)
    if current is None or current.id != version:
        raise EditedMeanwhile()
    return current


def _topic_title(file: str) -> str:
    if file == UNKNOWN_FILE:
        return UNKNOWN_TOPIC
    return TOPICS.get(file, CONVERSATION_TOPIC if file in CONVERSATION_FILES else OTHERS)


def _rank(file: str) -> int:
    order = [*TOPICS, UNKNOWN_FILE]
    return order.index(file) if file in order else len(order)
