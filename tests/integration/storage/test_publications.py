"""What the office publishes is kept with its history, one at a time per subject, and every change is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.admissions.errors import EditedMeanwhile
from bot.admissions.publications import Publication, PublicationKind, PublicationState, QuestionState
from bot.storage.unit_of_work import UnitOfWork
from tests.integration.builders import NOW

Factory = Callable[[], UnitOfWork]


def price(name: str, value: str = "2 000 €", **changes: Any) -> Publication:
    """The price of the course, as the office would publish it."""
    made = Publication(
        name, PublicationKind.PRACTICAL, "prix", "", {"value": value}, PublicationState.PUBLISHED, NOW, "office@example.org",
        source="Délibération", read_on=date(2026, 11, 20), expires_on=date(2027, 8, 31),
    )
    return replace(made, **changes)


def publish(uow_factory: Factory, publication: Publication, replaces: str | None = None) -> None:
    with uow_factory() as uow:
        uow.publications.publish(publication, replaces)
        uow.commit()


def test_what_is_published_is_read_back_whole(uow_factory: Factory) -> None:
    publish(uow_factory, price("p1"))
    with uow_factory() as uow:
        assert uow.publications.published() == [price("p1")]
        assert uow.publications.current(PublicationKind.PRACTICAL, "prix") == price("p1")
        assert uow.publications.current(PublicationKind.PRACTICAL, "lieu") is None


def test_a_new_publication_takes_the_place_of_the_old_one_and_both_stay_in_the_history(uow_factory: Factory) -> None:
    publish(uow_factory, price("p1"))
    later = NOW + timedelta(minutes=5)
    publish(uow_factory, price("p2", "2 500 €", created_at=later), replaces="p1")
    with uow_factory() as uow:
        assert [row.id for row in uow.publications.published()] == ["p2"]
        newest, oldest = uow.publications.history(PublicationKind.PRACTICAL, "prix")
    assert (newest.id, oldest.id, oldest.state, oldest.ended_at) == ("p2", "p1", PublicationState.REPLACED, later)


@pytest.mark.parametrize("replaces", [None, "p0"])
def test_a_version_that_a_colleague_has_replaced_meanwhile_overwrites_nothing(uow_factory: Factory, replaces: str | None) -> None:
    publish(uow_factory, price("p1"))
    with pytest.raises(EditedMeanwhile):
        publish(uow_factory, price("p2", "autre"), replaces=replaces)
    with uow_factory() as uow:
        assert [row.body["value"] for row in uow.publications.published()] == ["2 000 €"]


def test_withdrawing_twice_is_told(uow_factory: Factory) -> None:
    publish(uow_factory, price("p1"))
    with uow_factory() as uow:
        uow.publications.withdraw("p1", NOW, "a@example.org")
        uow.commit()
    with uow_factory() as uow, pytest.raises(EditedMeanwhile):
        uow.publications.withdraw("p1", NOW, "b@example.org")
        uow.commit()
    with uow_factory() as uow:
        assert uow.publications.published() == []
        assert [row.ended_by for row in uow.publications.ended(PublicationKind.PRACTICAL, 5)] == ["a@example.org"]


def test_each_change_raises_the_generation_and_a_refused_one_does_not(uow_factory: Factory) -> None:
    def generation() -> int:
        with uow_factory() as uow:
            return uow.publications.generation()

    before = generation()
    publish(uow_factory, price("p1"))
    after = generation()
    with pytest.raises(EditedMeanwhile):
        publish(uow_factory, price("p2"))
    assert (after, generation()) == (before + 1, before + 1)


def ask(uow_factory: Factory, *texts: str) -> list[str]:
    """Questions of one conversation that found no answer; gives their ids, oldest first."""
    with uow_factory() as uow:
        uow.conversations.create("c1", NOW)
        for minute, text in enumerate(texts):
            uow.questions.add("c1", text, [{"intent": "ask_place", "confidence": 0.21}], NOW + timedelta(minutes=minute))
        uow.commit()
    with uow_factory() as uow:
        return [question.id for question in uow.inbox.open(10)][::-1]


def test_a_settled_question_leaves_the_inbox_and_comes_back_with_the_withdrawal(uow_factory: Factory) -> None:
    first, second, third = ask(uow_factory, "un parking ?", "parking", "cantine ?")
    with uow_factory() as uow:
        uow.inbox.settle([first, second], QuestionState.DONE, NOW, "ajout_1")
        uow.inbox.settle([third], QuestionState.IGNORED, NOW)
        uow.commit()
    with uow_factory() as uow:
        assert (uow.inbox.open(10), uow.inbox.count_open()) == ([], 0)
        assert [question.text for question in uow.inbox.ignored(10)] == ["cantine ?"]
        uow.inbox.reopen_answered_by("ajout_1")
        uow.inbox.reopen([third])
        uow.commit()
    with uow_factory() as uow:
        assert uow.inbox.count_open() == 3


def test_a_question_that_a_colleague_has_settled_stays_as_he_left_it(uow_factory: Factory) -> None:
    (only,) = ask(uow_factory, "un parking ?")
    with uow_factory() as uow:
        uow.inbox.settle([only], QuestionState.IGNORED, NOW)
        uow.inbox.settle([only], QuestionState.DONE, NOW, "ajout_1")
        uow.commit()
    with uow_factory() as uow:
        assert [question.id for question in uow.inbox.ignored(10)] == [only]


def test_embeddings_are_kept_beside_their_question(uow_factory: Factory) -> None:
    first, second = ask(uow_factory, "un parking ?", "parking")
    with uow_factory() as uow:
        uow.inbox.keep_vectors({first: b"\x00\x01"})
        uow.commit()
    with uow_factory() as uow:
        assert {question.id: question.vector for question in uow.inbox.open(10)} == {first: b"\x00\x01", second: None}
        assert [question.id for question in uow.inbox.without_vector(10)] == [second]
        assert uow.inbox.open(10)[0].guesses == (("ask_place", 0.21),)


def test_questions_go_with_their_conversation(uow_factory: Factory) -> None:
    ask(uow_factory, "un parking ?")
    with uow_factory() as uow:
        uow.conversations.stage_erasure("c1")
        uow.commit()
    with uow_factory() as uow:
        assert uow.inbox.count_open() == 0


def test_reading_a_conversation_tells_the_generation_in_passing(uow_factory: Factory) -> None:
    ask(uow_factory, "un parking ?")
    publish(uow_factory, price("p1"))
    with uow_factory() as uow:
        conversation = uow.conversations.get("c1")
        publish(uow_factory, price("p2"), replaces="p1")
        seen = uow.publications.generation()
        uow.conversations.stage_turn("c1", NOW, None, {})
        uow.commit()
    with uow_factory() as uow:
        assert conversation is not None and uow.publications.generation() == seen + 1
