"""Counts are kept with their turn, without a name, and merged without changing what they say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.admissions.figures import Tally
from bot.services.conversations import Incoming, handle_message, open_conversation, rate_answer
from bot.services.leads import erase_conversation
from bot.services.locks import ConversationLocks
from bot.storage.engine import reading
from bot.storage.figures import FigureStore, tallies
from tests.integration.builders import NOW, FakeBrain

HOUR = timedelta(hours=1)
PERIOD = (NOW - timedelta(days=2), NOW + timedelta(days=1))


def say(uow_factory: Any, conversation_id: str, text: str, at: Any = NOW) -> list[dict[str, Any]]:
    incoming = Incoming(conversation_id, text=text)
    return handle_message(uow_factory, FakeBrain(), ConversationLocks(), incoming, at).messages


def counted(engine: Engine) -> dict[Tally, int]:
    found: dict[Tally, int] = {}
    for _hour, kind, count in FigureStore(engine).by_hour(PERIOD):
        found[kind] = found.get(kind, 0) + count
    return found


def test_opening_the_window_counts_nothing_and_the_first_message_a_conversation(engine: Engine, uow_factory: Any) -> None:
    conversation_id = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    assert counted(engine) == {}

    say(uow_factory, conversation_id, "bonjour")
    say(uow_factory, conversation_id, "inconnu : le prix des œufs")

    assert counted(engine) == {Tally.CONVERSATION: 1, Tally.UNDERSTOOD: 1, Tally.UNANSWERED: 1}


def test_a_changed_opinion_takes_its_first_back(engine: Engine, uow_factory: Any) -> None:
    conversation_id = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    message_id = say(uow_factory, conversation_id, "bonjour")[0]["id"]

    rate_answer(uow_factory, conversation_id, message_id, True, NOW)
    rate_answer(uow_factory, conversation_id, message_id, False, NOW + HOUR)

    found = counted(engine)
    assert (found[Tally.HELPFUL], found[Tally.UNHELPFUL]) == (0, 1)


def test_counts_outlive_an_erased_conversation_and_name_nobody(engine: Engine, uow_factory: Any) -> None:
    conversation_id = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    say(uow_factory, conversation_id, "bonjour")

    erase_conversation(uow_factory, conversation_id, NOW)

    assert counted(engine)[Tally.CONVERSATION] == 1
    with reading(engine) as connection:
        rows = connection.execute(select(tallies)).all()
    assert {column.name for column in tallies.columns} == {"id", "hour", "kind", "topic", "count"}
    assert all(row.hour == NOW.replace(minute=0, second=0, microsecond=0) for row in rows)


def test_merging_makes_one_row_of_equal_counts_and_changes_no_figure(engine: Engine, uow_factory: Any) -> None:
    yesterday = NOW - timedelta(days=1)
    for _ in range(3):
        conversation_id = open_conversation(uow_factory, FakeBrain(), yesterday).conversation_id
        say(uow_factory, conversation_id, "bonjour", yesterday)
    say(uow_factory, conversation_id, "encore", NOW)
    before = counted(engine)

    gone = FigureStore(engine).merge(NOW - HOUR)

    assert gone == 4  # three conversations and three understood turns, one row each
    assert counted(engine) == before
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(tallies)).scalar_one() == 3
    assert FigureStore(engine).merge(NOW - HOUR) == 0
