"""Answers that must say one thing plainly: what testers read and took for something else."""

from __future__ import annotations

import pytest

from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.search import LexicalEmbedder
from tests.unit.catalogue.conftest import KNOWLEDGE, TODAY


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(KNOWLEDGE, TODAY)


def test_equality_is_answered_by_the_conditions_of_the_record_a_person_and_a_sourced_body(catalogue: Catalogue) -> None:
    rendered = catalogue.render("discrimination", on=TODAY)

    assert "aucune condition" in rendered.text and "religion" in rendered.text and "Défenseur des droits" in rendered.text
    assert catalogue.base.landmarks.sources["defenseur_des_droits"].libelle in rendered.text
    assert rendered.source is not None and "Prérequis" in rendered.source.section


def test_a_matter_examined_in_other_blocks_is_not_told_as_the_exam_of_its_own(catalogue: Catalogue) -> None:
    text = catalogue.render("competence", hits=catalogue.find_competences("le budget", LexicalEmbedder())[:1], on=TODAY).text

    own, elsewhere = text.index("Le bloc 3 est évalué par"), text.index("Le sujet revient aussi dans d'autres blocs")
    assert own < text.index("jeu de rôle") < elsewhere < text.index("QRC")


def test_a_matter_examined_in_its_own_block_is_told_so(catalogue: Catalogue) -> None:
    text = catalogue.render("competence", hits=catalogue.find_competences("note de synthèse", LexicalEmbedder())[:1], on=TODAY).text

    assert "À l'évaluation" in text and "d'autres blocs" not in text


@pytest.mark.parametrize(("card", "said"), [
    ("experience", "un apprenti est salarié"),
    ("experience", "**je ne compte pas** les stages, le bénévolat, le service civique ni un mandat d'élu"),
    ("donnees_personnelles", "ni à votre employeur, ni à une entreprise"),
    ("donnees_personnelles", "je ne sais pas où ce service est hébergé"),
    ("validite", "ni si l'enregistrement sera renouvelé"),
    ("selection", "pas de concours d'entrée"),
    ("concours", "aucun concours"),
    ("amenagements_handicap", "aucune condition liée à la santé ou au handicap"),
    ("metiers", "aucun autre métier"),
    ("niveau", "ce n'est pas une licence"),
    ("equivalences", "CNFPT"),
])
def test_it_is_said_plainly(catalogue: Catalogue, card: str, said: str) -> None:
    assert said in catalogue.render(card, on=TODAY).text


def test_a_message_without_a_matter_is_not_told_that_the_record_lacks_it(catalogue: Catalogue) -> None:
    text = catalogue.render("competence", hits=[], on=TODAY).text

    assert "Je ne reconnais pas de matière" in text and "ne trouve pas" not in text


@pytest.mark.parametrize("intent", ["ask_statistics", "ask_selection", "ask_public_service_exam", "ask_jobs", "ask_age_limit", "ask_discrimination", "ask_disability_support"])
def test_a_wrong_premise_has_its_reminder(catalogue: Catalogue, intent: str) -> None:
    assert catalogue.reminder(catalogue.card_for_intent(intent).id, TODAY)


@pytest.mark.parametrize(("words", "block"), [
    ("le centre aéré", 2), ("les réseaux sociaux", 2), ("le site web", 2), ("la garderie", 2), ("un agent ingérable", 3), ("les gens relous au guichet", 2),
    ("recadrer un agent", 3), ("les usagers difficiles", 2),
])
def test_everyday_words_find_their_block(catalogue: Catalogue, words: str, block: int) -> None:
    best = catalogue.find_competences(words, LexicalEmbedder())[0]

    assert best.named and best.competences[0].bloc == block
