"""Use cases of the inbox: questions that found no sure answer, grouped, and what the office makes of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from bot.admissions.errors import InputError
from bot.admissions.publications import (
    LONGEST_PHRASE,
    AskedQuestion,
    Publication,
    PublicationKind,
    QuestionState,
    checked_origin,
    checked_phrases,
    checked_text,
    checked_title,
)
from bot.admissions.staff import Actor, AuditAction
from bot.admissions.text import words
from bot.services.learning import LearningServices, new_publication, new_subject, stage

MOST_QUESTIONS = 4_000  # the newest; grouping them takes a second, once
MEASURED_AT_ONCE = 200
READINGS_SHOWN = 3
IGNORED_SHOWN = 200


@dataclass(frozen=True)
class Wording:
    """One way in which a question was asked: `ids` of the questions typed with the same words."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class QuestionGroup:
    """Questions that mean the same thing. `readings` are (id, title) of the answers considered, the likeliest first."""

    id: str
    wordings: tuple[Wording, ...]
    count: int
    first_at: datetime
    last_at: datetime
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Written:
    """An answer as the form gives it: not checked yet."""

    title: str = ""
    text: str = ""
    source: str = ""
    read_on: str = ""
    expires_on: str = ""


class GroupCache:
    """The groups of the questions that wait. Those settled leave their group; only new ones make the groups anew."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._ids: frozenset[str] = frozenset()
        self._groups: tuple[QuestionGroup, ...] = ()

    def groups(self, services: LearningServices) -> tuple[QuestionGroup, ...]:
        """The largest group first. Questions without an embedding get theirs now, and keep it."""
        with self._guard:
            with services.uow_factory() as uow:
                waiting = frozenset(uow.inbox.open_ids(MOST_QUESTIONS))
            if waiting - self._ids:
                self._groups, self._ids = _grouped(services)
            elif self._ids - waiting:
                left = [remaining for group in self._groups if (remaining := _without_settled(group, waiting)) is not None]
                self._groups, self._ids = tuple(sorted(left, key=lambda group: -group.count)), waiting
            return self._groups


def measure_new_questions(services: LearningServices) -> int:
    """Computes the embeddings that are missing, a few at a time: every minute, so that the page has little to do."""
    with services.uow_factory() as uow:
        questions = uow.inbox.without_vector(MEASURED_AT_ONCE)
    if questions:
        _vectors(services, questions)
    return len(questions)


def find_group(services: LearningServices, cache: GroupCache, question_id: str) -> QuestionGroup | None:
    """The group that a question stands in, None when it no longer waits."""
    groups = cache.groups(services)
    named = next((group for group in groups if group.id == question_id), None)
    return named or next((group for group in groups if any(question_id in wording.ids for wording in group.wordings)), None)


def attach_topic(services: LearningServices, wordings: Sequence[Wording], more: str, card: str, actor: Actor, now: datetime) -> Publication:
    """« C'est le sujet X »: from now on these questions, and those very near them, get its answer. Raises: InputError."""
    if not services.editor.is_askable(card):
        raise InputError("Choisissez un sujet dans la liste.")
    body = {"phrases": _phrases(services, wordings, more), "card": card}
    return _add(services, new_publication(PublicationKind.ADDITION, new_subject(), body, actor, now), wordings, actor)


def write_answer(services: LearningServices, wordings: Sequence[Wording], more: str, written: Written, actor: Actor, now: datetime) -> Publication:
    """An answer of the office's own, with its source and the day it expires. Raises: InputError."""
    origin = checked_origin(written.source, written.read_on, written.expires_on, services.today(now))
    phrases = _phrases(services, wordings, more)
    body = {"phrases": phrases, "title": checked_title(written.title), "text": checked_text(written.text)}
    return _add(services, new_publication(PublicationKind.ADDITION, new_subject(), body, actor, now, origin=origin), wordings, actor)


def ignore(services: LearningServices, wordings: Sequence[Wording], actor: Actor, now: datetime) -> int:
    """Sets questions aside. Gives how many."""
    ids = [name for wording in wordings for name in wording.ids]
    with services.uow_factory() as uow:
        uow.inbox.settle(ids, QuestionState.IGNORED, now)
        uow.audit.record(actor, AuditAction.QUESTIONS_IGNORED, "question", None, now, {"count": len(ids)})
        uow.commit()
    return len(ids)


def take_back(services: LearningServices, ids: Sequence[str], actor: Actor, now: datetime) -> None:
    """Puts questions that were set aside back into the inbox."""
    with services.uow_factory() as uow:
        uow.inbox.reopen(ids)
        uow.audit.record(actor, AuditAction.QUESTIONS_REOPENED, "question", None, now, {"count": len(ids)})
        uow.commit()


def ignored_wordings(services: LearningServices) -> list[Wording]:
    """What was set aside, by its words."""
    with services.uow_factory() as uow:
        return _wordings(uow.inbox.ignored(IGNORED_SHOWN))


def _add(services: LearningServices, addition: Publication, wordings: Sequence[Wording], actor: Actor) -> Publication:
    with services.uow_factory() as uow:
        stage(uow, addition, None, actor)
        uow.inbox.settle([name for wording in wordings for name in wording.ids], QuestionState.DONE, addition.created_at, addition.subject)
        uow.commit()
    services.published.look_again()
    return addition


def _phrases(services: LearningServices, wordings: Sequence[Wording], more: str) -> list[str]:
    """What will be recognised. Raises InputError when there is nothing, or when an addition has one of them already."""
    phrases = checked_phrases("\n".join([*(_clipped(wording.text) for wording in wordings), more]))
    check_free(services, phrases)
    return list(phrases)


def check_free(services: LearningServices, phrases: Sequence[str], but: str | None = None) -> None:
    """Raises InputError when another addition than `but` already answers to one of these phrases."""
    with services.uow_factory() as uow:
        additions = uow.publications.published(PublicationKind.ADDITION)
    taken = {_key(phrase): one for one in additions if one.subject != but for phrase in one.body["phrases"]}
    for phrase in phrases:
        if _key(phrase) in taken:
            raise InputError(f"Un ajout répond déjà à « {phrase} » : modifiez-le ou retirez-le d'abord, sur la page des ajouts.")


def _vectors(services: LearningServices, questions: Sequence[AskedQuestion]) -> list[bytes]:
    missing = [question for question in questions if question.vector is None]
    found = dict(zip([question.id for question in missing], services.encode([question.text for question in missing]), strict=True))
    if found:
        with services.uow_factory() as uow:
            uow.inbox.keep_vectors(found)
            uow.commit()
    return [question.vector or found[question.id] for question in questions]


def _grouped(services: LearningServices) -> tuple[tuple[QuestionGroup, ...], frozenset[str]]:
    """Everything that waits, in groups, and its ids."""
    with services.uow_factory() as uow:
        questions = uow.inbox.open(MOST_QUESTIONS)
    positions = services.group([question.text for question in questions], _vectors(services, questions))
    groups = tuple(_group(services, [questions[position] for position in group]) for group in positions)
    return groups, frozenset(question.id for question in questions)


def _without_settled(group: QuestionGroup, waiting: frozenset[str]) -> QuestionGroup | None:
    """The group with those of its questions that still wait; it keeps its name, its dates and its readings."""
    kept = [Wording(one.text, tuple(name for name in one.ids if name in waiting)) for one in group.wordings]
    count = sum(len(one.ids) for one in kept)
    return None if count == 0 else replace(group, wordings=tuple(one for one in kept if one.ids), count=count)


def _group(services: LearningServices, questions: Sequence[AskedQuestion]) -> QuestionGroup:
    likely: Counter[str] = Counter()
    for question in questions:
        for intent, confidence in question.guesses:
            topic = services.editor.topic_of_intent(intent)
            if topic is not None:
                likely[topic] += confidence  # type: ignore[assignment]
    readings = tuple((topic, services.editor.title(topic) or topic) for topic, _ in likely.most_common(READINGS_SHOWN))
    times = [question.at for question in questions]
    # Named by its oldest question: the name lasts while others join the group.
    oldest = min(questions, key=lambda question: (question.at, question.id))
    return QuestionGroup(oldest.id, tuple(_wordings(questions)), len(questions), min(times), max(times), readings)


def _wordings(questions: Sequence[AskedQuestion]) -> list[Wording]:
    same: dict[str, list[AskedQuestion]] = {}
    for question in questions:
        same.setdefault(_key(question.text), []).append(question)
    return [Wording(own[0].text, tuple(question.id for question in own)) for own in sorted(same.values(), key=len, reverse=True)]


def _key(text: str) -> str:
    return " ".join(words(text)) or text


def _clipped(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_PHRASE else plain[:LONGEST_PHRASE].rsplit(" ", 1)[0]
