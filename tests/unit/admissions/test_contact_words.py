"""Names, addresses and numbers state no fact; a name at the name question is a name whatever its words."""

from __future__ import annotations

import pytest

from bot.admissions.contact_words import declines_detail, introduced_name, is_name_answer, spoken_number, withdraws, without_contact_details
from bot.admissions.facts import Diploma, Situation
from bot.admissions.reading import read_situation
from tests.unit.admissions.notation import TODAY


@pytest.mark.parametrize("text", [
    "nina.dut@example.fr", "cap.ouest@example.com", "retraitee-active@example.org", "nina point bts arobase example point fr", "nina.bac (at) example.fr",
    "nina.deug @ example.fr", "nina master gmail com", "https://bts.example.fr/licence", "www.cap-bep.example.fr", "06 39 98 11 22", "+33 6 39 98 11 22",
    "je m'appelle Nina Licence", "Mme Cap Élise", "mon nom est Master", "nom : Brevet", "au nom de Bac",
])
def test_contact_details_state_no_fact(text: str) -> None:
    assert read_situation(text, None, TODAY, Situation()).changed == ()


@pytest.mark.parametrize("text", ["mon mail : nina.dut@example.fr et j'ai un CAP", "je m'appelle Nina Bts, j'ai un CAP", "j'ai un CAP. Cordialement, Nina Master"])
def test_facts_beside_contact_details_are_read(text: str) -> None:
    assert read_situation(text, None, TODAY, Situation()).diploma == Diploma(3, "CAP")


@pytest.mark.parametrize("text", ["de 2010 à 2019", "01/02/2019 au 03/04/2021", "bac 2019 2020", "je travaille chez orange", "mon compte chez free"])
def test_dates_and_employers_are_left_alone(text: str) -> None:
    assert without_contact_details(text) == text


@pytest.mark.parametrize("text", [
    "Nina Bts", "Master Élise", "Bts Paul", "julie bts", "LÉA BAC", "Paul Maire", "Mme Salarié Anne", "je m'appelle Nina Cap", "c'est Paul Brevet", "Nina Bac Moulin",
    "Claire Dupont", "jean-marc d'almeida",
])
def test_a_name_is_a_name_at_the_name_question(text: str) -> None:
    assert is_name_answer(text)


@pytest.mark.parametrize("text", [
    "ah et j'ai aussi un DEUG", "en fait c'est en auto-entreprise", "je bosse aussi à mi-temps", "et moi ? j'ai un bep", "je suis retraité", "retraitée", "un bts", "bts compta",
    "non", "non je l'ai pas eu", "4 ans", "pourquoi ?", "",
])
def test_a_fact_is_no_name(text: str) -> None:
    assert not is_name_answer(text)


@pytest.mark.parametrize(("text", "name"), [
    ("je m'appelle Nina Roux et j'ai un CAP", "Nina Roux"), ("je suis Mme Roux Nina", "Roux Nina"), ("Nina Roux, nina@example.fr 06 39 98 11 22", "Nina Roux"),
    ("Jean-Marc de La Tour", "Jean-Marc de La Tour"), ("Licence Pro", None), ("nina roux", None), ("j'ai rencontré Nina Roux", None),
])
def test_a_name_is_taken_unasked_only_when_it_is_introduced_or_alone(text: str, name: str | None) -> None:
    assert introduced_name(text) == name


@pytest.mark.parametrize(("text", "heard"), [
    ("c'est le zéro six, trente-neuf, quatre-vingt-dix-huit, onze, vingt-deux", "0639981122"), ("06 39 98 11 22", "06 39 98 11 22"),
    ("trois ans et six mois", "trois ans et six mois"),
])
def test_a_number_told_in_words_is_read_as_typed(text: str, heard: str) -> None:
    assert spoken_number(text) == heard


@pytest.mark.parametrize("text", [
    "laisse tomber pr le tel", "pas envie de donner mon num", "je préfère pas", "nan c bon le mail suffit", "je donne pas mon numéro comme ça", "on peut s'arrêter là",
    "pas le tel svp, par mail c'est mieux", "jsp mon num par coeur", "jai pas de portable", "je suis sur liste rouge", "tu peux m'envoyer un mail plutot", "ecrivez moi",
    "évitez de m'appeler", "m'appelez pas", "on passe", "c'est privé", "flemme", "que par téléphone", "hors de question", "pas par téléphone",
])
def test_one_detail_is_kept_back_in_any_words(text: str) -> None:
    assert declines_detail(text) and not withdraws(text)


@pytest.mark.parametrize("text", ["oui", "c'est le 06", "zero six douze", "mon tel est le", "pourquoi vous voulez pas mon adresse ?", "annule", "stop", "je veux plus être contacté"])
def test_a_detail_given_asked_about_or_withdrawn_with_all_the_rest_is_not_kept_back(text: str) -> None:
    assert not declines_detail(text)


@pytest.mark.parametrize("text", ["annule tout", "stop", "je ne veux plus être contacté", "effacez mes données", "j'ai changé d'avis, ne transmettez rien", "laisse tout tomber"])
def test_everything_is_withdrawn(text: str) -> None:
    assert withdraws(text)
