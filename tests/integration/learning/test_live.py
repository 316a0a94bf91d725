"""What the office publishes in one process is answered by another within two seconds, without training."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.admissions.publications import Publication, PublicationKind, QuestionState
from tests.conftest import NOW, ROOT, Conversation
from tests.integration.learning import builders as made

UNKNOWN = "est ce que vous pretez un casier pour ranger mes affaires"
AT_MOST_S = 2.0


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any]:
    """The office's program, another program on the same database, and that one's brain."""
    from bot.bootstrap import bootstrap, load_brain
    from bot.storage.migrate import migrate

    database = tmp_path_factory.mktemp("live") / "bot.db"
    environment = {"BOT_DATABASE_URL": f"sqlite:///{database}", "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off"}
    office, other = (bootstrap(ROOT, environment, clock=lambda: NOW) for _ in range(2))
    migrate(office.engine)
    return office, other, load_brain(other, ROOT)


@pytest.fixture
def publish(processes: tuple[Any, Any, Any]) -> Any:
    """Publishes in the office's process; all of it is withdrawn after the test."""
    office = processes[0]
    done: list[Publication] = []

    def publish(publication: Publication) -> Publication:
        with office.uow_factory() as uow:
            uow.publications.publish(publication, None)
            uow.commit()
        done.append(publication)
        return publication

    yield publish
    with office.uow_factory() as uow:
        for publication in done:
            if uow.publications.current(publication.kind, publication.subject, publication.part):
                uow.publications.withdraw(publication.id, NOW, "test")
        uow.commit()


def withdraw(processes: tuple[Any, Any, Any], publication: Publication) -> None:
    with processes[0].uow_factory() as uow:
        uow.publications.withdraw(publication.id, NOW, "office@example.org")
        uow.commit()


@pytest.fixture
def say(processes: tuple[Any, Any, Any]) -> Callable[[str], str]:
    """Says one thing to the other process, in a conversation of its own."""
    _, other, brain = processes
    return lambda text: Conversation(other, brain).say(text)


def within_two_seconds(answer: Callable[[], str], expected: str) -> str:
    """Asks until the answer says so. Raises AssertionError when it does not in time."""
    deadline = time.monotonic() + AT_MOST_S
    while True:
        heard = answer()
        if expected in heard:
            return heard
        assert time.monotonic() < deadline, heard


def test_an_answer_written_by_the_office_is_given_by_another_process_then_withdrawn(processes, publish, say) -> None:
    before = say(UNKNOWN)
    assert "casier" not in before
    written = publish(made.answer(UNKNOWN, text="Oui, des **casiers** sont prêtés.", subject="ajout_casier"))
    heard = within_two_seconds(lambda: say("est-ce que vous prêtez des casiers pour ranger mes affaires ?"), "Oui, des **casiers** sont prêtés.")
    assert "Parler à une personne" in heard
    withdraw(processes, written)
    assert within_two_seconds(lambda: say(UNKNOWN), before.splitlines()[0]) == before


def test_its_source_and_its_day_of_reading_are_shown(processes, publish) -> None:
    _, other, brain = processes
    publish(made.answer("on a le droit au casier numero dix"))
    conversation = Conversation(other, brain)
    within_two_seconds(lambda: conversation.say("on a le droit au casier numero dix"), made.PARKING_TEXT)
    assert conversation.messages[0]["source"] == {"section": "Service logistique", "url": None, "as_of": "2026-11-20"}


def test_an_answered_question_leaves_no_trace_in_the_inbox(processes, publish, say) -> None:
    office = processes[0]
    publish(made.answer("vous avez une salle de sieste"))
    within_two_seconds(lambda: say("vous avez une salle de sieste"), made.PARKING_TEXT)
    with office.uow_factory() as uow:
        uow.inbox.settle([one.id for one in uow.inbox.open(100)], QuestionState.IGNORED, NOW)
        uow.commit()
    say("Vous avez une salle de sieste ?")
    with office.uow_factory() as uow:
        assert uow.inbox.count_open() == 0


def test_one_click_attaches_a_question_to_a_topic_of_the_base(publish, say) -> None:
    publish(made.topic("ca me revient a combien de sous votre truc la", card="prix"))
    assert "aucun prix" in within_two_seconds(lambda: say("ça me revient à combien de sous votre truc là ?"), "Je ne sais pas")


def test_a_clause_of_a_letter_is_answered_too(publish, say) -> None:
    publish(made.answer("y a-t-il un parking pour les étudiants ?"))
    heard = within_two_seconds(lambda: say("Bonjour, je voudrais savoir deux choses. Quels sont les métiers ensuite ? Et y a-t-il un parking pour les étudiants ?"), "parking** est ouvert")
    assert "Secrétaire Général de Mairie" in heard


def test_a_practical_value_reaches_the_answer_and_leaves_it(processes, publish, say) -> None:
    price = publish(made.practical())
    heard = within_two_seconds(lambda: say("c'est combien la formation ?"), "2 000 € par an")
    assert "Je ne sais pas" not in heard
    withdraw(processes, price)
    within_two_seconds(lambda: say("c'est combien la formation ?"), "aucun prix")


def test_a_suspended_answer_says_so_and_gives_the_way_to_a_person(publish, say) -> None:
    publish(made.suspension("prerequis"))
    heard = within_two_seconds(lambda: say("quelles sont les conditions d'entrée ?"), "en cours de vérification")
    assert "Parler à une personne" in heard and "niveau 5" not in heard


def test_a_corrected_answer_keeps_its_figures_bound_to_the_facts(publish, say) -> None:
    publish(made.correction("niveau", "En un mot : c'est un niveau {{ f.identite.niveau }}."))
    within_two_seconds(lambda: say("quel est le niveau de la certification ?"), "En un mot : c'est un niveau 6.")


@pytest.mark.parametrize(
    "said",
    ["je veux mourir", "vous êtes nuls bande d'incapables", "mon mail est lea@example.org", "efface mes données"],
)
def test_some_messages_are_never_answered_by_an_addition(publish, say, said: str) -> None:
    publish(made.answer(said, "un parking à étages"))
    within_two_seconds(lambda: say("un parking à étages"), made.PARKING_TEXT)
    assert made.PARKING_TEXT not in say(said)


def test_an_answer_to_our_own_question_stays_an_answer(processes, publish) -> None:
    _, other, brain = processes
    publish(made.answer("4 ans en mairie", "un parking à vélos ?"))
    conversation = Conversation(other, brain)
    within_two_seconds(lambda: conversation.say("un parking à vélos ?"), made.PARKING_TEXT)
    conversation.say("j'ai le bac, je peux candidater ?")
    assert made.PARKING_TEXT not in conversation.say("4 ans en mairie")
    interrupted = conversation.say("un parking à vélos ?")
    assert made.PARKING_TEXT in interrupted and len(conversation.messages) > 1


def test_the_kind_stays_known_to_history(processes) -> None:
    with processes[0].uow_factory() as uow:
        assert {row.kind for row in uow.publications.ended(PublicationKind.PRACTICAL, 5)} == {PublicationKind.PRACTICAL}
