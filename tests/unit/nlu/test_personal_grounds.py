"""Religion, origin, gender, pregnancy and disability in questions about being admitted."""

from __future__ import annotations

import pytest

from bot.nlu.personal_grounds import asks_about_equality, asks_with_a_disability
from bot.nlu.reconsider import reconsider


@pytest.mark.parametrize("text", [
    "mon foulard va-t-il poser probleme a l'entretien",
    "vous prenez les juifs ?",
    "on m'a recale parce que je suis noir",
    "un homme transgenre peut-il candidater",
    "enceinte de quatre mois, puis-je m'inscrire ?",
    "votre commission est raciste",
    "je suis d'origine turque, j'ai mes chances ?",
])
def test_a_question_of_equality_is_recognised(text: str) -> None:
    assert asks_about_equality(text)


@pytest.mark.parametrize("text", [
    "j'ai travaille au noir, est-ce accepte ?",
    "j'ai loupe le bac, suis-je accepte ?",
    "quelle est l'origine de la fiche",
    "un velo, c'est accepte sur le campus ?",
    "mon bailleur m'a refuse un logement car je suis noire",
    "je suis de nationalite turque, j'ai le droit de m'inscrire ?",
])
def test_other_questions_are_not_about_equality(text: str) -> None:
    assert not asks_about_equality(text)


@pytest.mark.parametrize("text", [
    "je suis sourd de naissance, puis-je passer l'oral ?",
    "en fauteuil roulant, c'est possible ?",
    "dysorthographique, est-ce que je peux composer sur ordinateur ?",
    "ma fille est aveugle, elle peut suivre les cours ?",
    "malgre mon handicap je peux candidater ?",
    "j'ai une sclerose en plaques, je peux entrer ?",
])
def test_a_disability_told_of_a_person_is_recognised(text: str) -> None:
    assert asks_with_a_disability(text)


@pytest.mark.parametrize("text", [
    "on apprend a accueillir une personne sourde ?",
    "j'ai un agent handicape dans mon service, est-ce etudie",
    "le handicap est dans quel bloc ?",
    "je suis salariee, puis-je candidater ?",
])
def test_the_handicap_of_others_is_a_matter_of_the_programme(text: str) -> None:
    assert not asks_with_a_disability(text)


def test_a_refusal_feared_for_a_diploma_is_a_situation_to_check() -> None:
    assert reconsider("j'ai raté ma licence, ils vont me refuser ?", "ask_discrimination", {"diploma"}) == "request_prescreening"
    assert reconsider("j'ai une licence et je suis voilée, ils vont me refuser ?", "ask_discrimination", {"diploma"}) == "ask_discrimination"


@pytest.mark.parametrize(("text", "read", "meant"), [
    ("Refusez-vous celles qui portent le foulard ?", "insult", "ask_discrimination"),
    ("les gays sont acceptés ?", "ask_capacity", "ask_discrimination"),
    ("accueillir des femmes voilées au guichet, on l'apprend ?", "ask_competence", None),
    ("je veux mourir, on m'a refusée parce que je suis voilée", "express_distress", None),
    ("malentendante, est-ce que je peux suivre la formation ?", "request_prescreening", "ask_disability_support"),
    ("je suis malentendante", "give_situation", None),
    ("les conditions pour être certifié, et non pour entrer ?", "ask_prerequisites", "ask_certification_prerequisites"),
    ("les conditions pour entrer et pour valider ?", "ask_prerequisites", None),
])
def test_they_decide_against_the_reading(text: str, read: str, meant: str | None) -> None:
    assert reconsider(text, read, set()) == meant
