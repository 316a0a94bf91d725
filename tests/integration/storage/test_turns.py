"""A turn is kept whole or not at all, and once, whatever happens around it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.admissions.errors import ConversationChanged, StorageUnavailable
from bot.services.conversations import (
    Incoming,
    handle_message,
    history,
    kept_about_person,
    open_conversation,
    rate_answer,
)
from bot.services.errors import (
    ConversationNotFound,
    MessageIdReused,
    MessageUnknown,
    PayloadNotOffered,
    TextEmpty,
    TextTooLong,
)
from bot.services.locks import ConversationLocks
from bot.services.protocols import TurnInput
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import NOW, FakeBrain
from tests.integration.storage.conftest import RETENTION


def say(uow_factory, conversation_id, text, *, brain=None, locks=None, client_id=None, payload=None, now=NOW):
    """One message handled; a brain and locks of its own stand for another process."""
    incoming = Incoming(conversation_id, text, payload, client_id)
    return handle_message(uow_factory, brain or FakeBrain(), locks or ConversationLocks(), incoming, now)


@pytest.fixture
def conversation_id(uow_factory) -> str:
    return open_conversation(uow_factory, FakeBrain(), NOW).conversation_id


def test_a_turn_keeps_both_sides_the_state_and_the_events(uow_factory, conversation_id):
    say(uow_factory, conversation_id, "bonjour")
    say(uow_factory, conversation_id, "encore")
    said = [(message["from"], message["text"]) for message in history(uow_factory, conversation_id, NOW)]
    assert said[1:] == [
        ("user", "bonjour"),
        ("bot", "Réponse 1 à bonjour"),
        ("user", "encore"),
        ("bot", "Réponse 2 à encore"),
    ]
    assert len(uow_factory().events.latest(conversation_id, 10)) == 4
    assert uow_factory().conversations.get(conversation_id).state == {"turns": 2}


def test_text_is_kept_as_typed_without_its_edges(uow_factory, conversation_id):
    typed = '/restart <b>é</b> 👩‍🎓 {"a": 1}'
    say(uow_factory, conversation_id, f"  {typed}\n\0")
    assert history(uow_factory, conversation_id, NOW)[1]["text"] == typed


def test_a_thousand_emoji_are_a_thousand_characters(uow_factory, conversation_id):
    say(uow_factory, conversation_id, "👍" * 1000)
    with pytest.raises(TextTooLong):
        say(uow_factory, conversation_id, "👍" * 1001)


def test_an_empty_text_is_refused(uow_factory, conversation_id):
    with pytest.raises(TextEmpty):
        say(uow_factory, conversation_id, " \u2003\n\0 ")


def test_a_button_of_the_last_answer_is_shown_by_its_title(uow_factory, conversation_id):
    brain = FakeBrain()
    offered = history(uow_factory, conversation_id, NOW)[0]["buttons"][0]
    say(uow_factory, conversation_id, None, payload=offered["payload"], brain=brain)
    assert brain.turns[0].intent_payload == "/request_prescreening"
    assert history(uow_factory, conversation_id, NOW)[1]["text"] == "Vérifier"


@pytest.mark.parametrize("payload", ["/request_prescreening", "", "inventé"])
def test_a_payload_that_was_never_offered_is_refused(uow_factory, conversation_id, payload):
    with pytest.raises(PayloadNotOffered):
        say(uow_factory, conversation_id, None, payload=payload)


def test_a_button_of_an_older_answer_is_neither_shown_nor_taken(uow_factory, conversation_id):
    old = history(uow_factory, conversation_id, NOW)[0]["buttons"][0]
    say(uow_factory, conversation_id, "bonjour")
    assert "buttons" not in history(uow_factory, conversation_id, NOW)[0]
    with pytest.raises(PayloadNotOffered):
        say(uow_factory, conversation_id, None, payload=old["payload"])


def test_the_same_id_gets_the_same_answer_and_is_handled_once(uow_factory, conversation_id):
    brain, client_id = FakeBrain(), str(uuid4())
    first = say(uow_factory, conversation_id, "bonjour", brain=brain, client_id=client_id)
    again = say(uow_factory, conversation_id, " bonjour ", brain=brain, client_id=client_id)
    assert again.messages == first.messages
    assert len(brain.turns) == 1


def test_a_button_sent_again_is_recognised_before_it_is_looked_for(uow_factory, conversation_id):
    payload, client_id = history(uow_factory, conversation_id, NOW)[0]["buttons"][0]["payload"], str(uuid4())
    first = say(uow_factory, conversation_id, None, payload=payload, client_id=client_id)
    again = say(uow_factory, conversation_id, None, payload=payload, client_id=client_id)
    assert again.messages == first.messages


def test_the_same_id_with_other_content_is_refused(uow_factory, conversation_id):
    client_id = str(uuid4())
    say(uow_factory, conversation_id, "bonjour", client_id=client_id)
    with pytest.raises(MessageIdReused):
        say(uow_factory, conversation_id, "bonsoir", client_id=client_id)


def test_two_conversations_may_use_the_same_id(uow_factory, conversation_id):
    client_id = str(uuid4())
    other = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    say(uow_factory, conversation_id, "bonjour", client_id=client_id)
    say(uow_factory, other, "bonsoir", client_id=client_id)
    assert len(history(uow_factory, other, NOW)) == 3


def test_duplicates_sent_at_once_are_handled_once(uow_factory, conversation_id):
    locks, brain, client_id = ConversationLocks(), FakeBrain(), str(uuid4())

    def send(_):
        return say(uow_factory, conversation_id, "bonjour", locks=locks, brain=brain, client_id=client_id)

    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(send, range(6)))
    assert all(reply.messages == replies[0].messages for reply in replies)
    assert len(brain.turns) == 1


def test_a_turn_overtaken_by_another_process_is_done_again_on_the_new_state(uow_factory, conversation_id):
    rivals = ["moi d'abord"]

    def overtake(_turn: TurnInput) -> None:
        if rivals:
            say(uow_factory, conversation_id, rivals.pop())

    reply = say(uow_factory, conversation_id, "bonjour", brain=FakeBrain(before_answer=overtake))
    assert reply.messages[0]["text"] == "Réponse 2 à bonjour"
    assert [message["text"] for message in history(uow_factory, conversation_id, NOW)][1::2] == [
        "moi d'abord",
        "bonjour",
    ]


def test_two_processes_answer_every_message_of_one_conversation_once(uow_factory, engine, conversation_id):
    other_engine = open_engine(engine.url.render_as_string(hide_password=False))
    factories = [uow_factory, unit_of_work_factory(other_engine, RETENTION)]
    processes = [(factory, ConversationLocks()) for factory in factories]

    def send(number: int):
        factory, locks = processes[number % 2]
        return say(factory, conversation_id, f"message {number}", locks=locks)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send, range(8)))
    other_engine.dispose()
    said = [message["text"] for message in history(uow_factory, conversation_id, NOW) if message["from"] == "user"]
    assert sorted(said) == [f"message {number}" for number in range(8)]
    assert uow_factory().conversations.get(conversation_id).state == {"turns": 8}


def test_a_turn_that_always_loses_says_so_and_keeps_nothing(uow_factory, conversation_id):
    def overtake(turn: TurnInput) -> None:
        with uow_factory() as uow:
            uow.conversations.get(turn.conversation_id)
            uow.conversations.stage_turn(turn.conversation_id, NOW, None, {})
            uow.commit()

    with pytest.raises(StorageUnavailable):
        say(uow_factory, conversation_id, "bonjour", brain=FakeBrain(before_answer=overtake))
    assert len(history(uow_factory, conversation_id, NOW)) == 1


@pytest.mark.parametrize("statement", ["UPDATE conversations", "INSERT INTO leads", "INSERT INTO handled_messages"])
def test_a_database_lost_in_the_middle_of_a_commit_keeps_nothing(uow_factory, engine, conversation_id, statement):
    def lose(_connection, _cursor, sql, *_):
        if sql.startswith(statement):
            raise OperationalError("lost", None, None)

    event.listen(engine, "before_cursor_execute", lose)
    with pytest.raises(StorageUnavailable):
        say(uow_factory, conversation_id, "contact", client_id=str(uuid4()))
    event.remove(engine, "before_cursor_execute", lose)
    assert len(history(uow_factory, conversation_id, NOW)) == 1
    assert kept_about_person(uow_factory, conversation_id, NOW)["lead"] is None


def test_no_transaction_is_open_while_the_message_is_understood(uow_factory, engine, conversation_id):
    open_transactions: list[int] = []

    def look(_turn: TurnInput) -> None:
        open_transactions.append(engine.pool.checkedout())

    say(uow_factory, conversation_id, "bonjour", brain=FakeBrain(before_answer=look))
    assert open_transactions == [0]


def test_a_failing_brain_keeps_nothing(uow_factory, conversation_id):
    def fail(_turn: TurnInput) -> None:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        say(uow_factory, conversation_id, "contact", brain=FakeBrain(before_answer=fail))
    assert len(history(uow_factory, conversation_id, NOW)) == 1


def test_a_conversation_ends_thirty_days_after_its_last_message(uow_factory, conversation_id):
    last_day = NOW + timedelta(days=30) - timedelta(seconds=1)
    say(uow_factory, conversation_id, "encore là", now=last_day)
    assert len(history(uow_factory, conversation_id, last_day + timedelta(days=29))) == 3
    with pytest.raises(ConversationNotFound):
        say(uow_factory, conversation_id, "trop tard", now=last_day + timedelta(days=30))


def test_an_opinion_counts_once_and_for_an_answer_of_this_conversation_only(uow_factory, conversation_id):
    asked, answer = history(uow_factory, conversation_id, NOW)[0], say(uow_factory, conversation_id, "bonjour")
    rate_answer(uow_factory, conversation_id, answer.messages[0]["id"], False, NOW)
    rate_answer(uow_factory, conversation_id, answer.messages[0]["id"], True, NOW)
    kept = {message.id: message.helpful for message in uow_factory().messages.history(conversation_id)}
    assert kept[answer.messages[0]["id"]] is True and kept[asked["id"]] is None
    other = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    with pytest.raises(MessageUnknown):
        rate_answer(uow_factory, other, answer.messages[0]["id"], True, NOW)


def test_an_unanswered_question_is_kept_with_its_readings_and_without_contact_details(uow_factory, conversation_id):
    reply = say(uow_factory, conversation_id, "inconnu, écrivez à canari@example.org")
    kept = uow_factory().questions.latest(5)
    assert not reply.is_answered
    assert "canari" not in kept[0].masked_text and kept[0].guesses[0]["intent"] == "ask_price"


def test_a_version_that_moved_on_is_noticed_by_the_commit(uow_factory, conversation_id):
    late = uow_factory()
    late.conversations.get(conversation_id)
    late.messages.append(conversation_id, "user", NOW, {"text": "trop tard"})
    say(uow_factory, conversation_id, "bonjour")
    with pytest.raises(ConversationChanged):
        late.commit()


def test_a_server_that_restarted_between_two_messages_is_not_noticed(uow_factory, engine: Engine, conversation_id):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    say(uow_factory, conversation_id, "bonjour")
    with engine.connect() as connection:
        used = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT pg_terminate_backend({used})").scalar() is True
    other.dispose()
    assert len(say(uow_factory, conversation_id, "encore").messages) == 1
