"""What is published reaches every place that prints the same answers: pages without JavaScript, facts, recap e-mails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.announcing import recap_facts
from bot.bootstrap import ROOT, Program, bootstrap
from bot.catalogue.live import LiveTitles
from bot.serving import form_services, public_knowledge
from bot.storage.migrate import migrate
from tests.conftest import NOW
from tests.integration.learning import builders as made


@pytest.fixture
def program(tmp_path: Path) -> Program:
    wired = bootstrap(ROOT, {"BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db", "BOT_SECRET_KEY": "k" * 40}, clock=lambda: NOW)
    migrate(wired.engine)
    return wired


def publish(program: Program, *publications: Any) -> None:
    with program.uow_factory() as uow:
        for publication in publications:
            uow.publications.publish(publication, None)
        uow.commit()
    program.published.look_again()


def withdraw(program: Program, publication: Any) -> None:
    with program.uow_factory() as uow:
        uow.publications.withdraw(publication.id, NOW, "test")
        uow.commit()
    program.published.look_again()


def printed(program: Program, topics: Any, name: str) -> str:
    return next(answer.text for topic in topics(program.assistant.today()) for answer in topic.answers if answer.id == name)


def test_the_page_without_javascript_follows_publications(program: Program) -> None:
    topics = form_services(program).topics
    assert "aucun prix" in printed(program, topics, "prix")
    price = made.practical()
    publish(program, price, made.suspension("jury"), made.correction("merci", "Avec joie !"))
    assert "2 000 € par an" in printed(program, topics, "prix")
    assert "en cours de vérification" in printed(program, topics, "jury")
    withdraw(program, price)
    assert "aucun prix" in printed(program, topics, "prix")


def test_practical_values_are_public_facts_with_their_source(program: Program) -> None:
    before = public_knowledge(program)["facts"]
    publish(program, made.practical())
    added = [fact for fact in public_knowledge(program)["facts"] if fact not in before]
    assert added == [{"id": "pratique.prix", "label": "Le prix de la formation", "value": "2 000 € par an", "source": "Délibération du conseil"}]


def test_the_recap_repeats_what_the_file_contains_once_it_is_published(program: Program) -> None:
    assert recap_facts(program.published.current().catalogue, program.assistant.today()).file_contents is None
    publish(program, made.practical("dossier_pieces", "Un CV et une lettre"))
    facts = recap_facts(program.published.current().catalogue, program.assistant.today())
    assert (facts.file_contents, facts.file_contents_source) == ("Un CV et une lettre", "Délibération du conseil")


def test_a_lead_names_what_was_asked_even_once_it_is_withdrawn(program: Program) -> None:
    titles = form_services(program).card_titles
    parking = made.answer("un parking ?")
    publish(program, parking)
    assert (titles[made.PARKING], titles.get("prix"), titles.get("disparue", "?")) == ("Le parking", "Le prix", "?")
    withdraw(program, parking)
    assert titles[made.PARKING] == LiveTitles.ENDED
