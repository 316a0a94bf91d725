"""What a person reads: facts in French, honest ignorance, sources, variants."""

from __future__ import annotations

import datetime

import pytest

from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.filters import WrongValue, date_fr, liste, majuscule, minuscule, pct, pluriel, puces
from tests.unit.catalogue.conftest import TODAY, BaseCopy

CARDS = "rncp41406/reponses/cartes.yml"


def load(base: BaseCopy) -> Catalogue:
    return load_catalogue(base.root, TODAY)


def test_an_answer_holds_the_fact_its_source_and_its_buttons(base: BaseCopy) -> None:
    answer = load(base).render("niveau", on=TODAY)

    assert answer.text == "La certification est de niveau 6."
    assert answer.source is not None
    assert (answer.source.section, answer.source.url, answer.source.as_of) == ("L'essentiel", None, TODAY)
    assert answer.buttons == (("Le prix", "prix"), ("Parler à une personne", "humain"))


def test_an_answer_follows_the_block_asked(base: BaseCopy) -> None:
    text = load(base).render("niveau", bloc=2, on=TODAY).text

    assert "Informer et communiquer auprès des administrés" in text


def test_the_first_variant_that_holds_wins_with_its_own_section(base: BaseCopy) -> None:
    base.edit(
        CARDS,
        "  boutons:",
        "  variantes:\n    - si: {bloc: 2, voie: vae}\n      section: voies_acces\n      reponse: Les deux.\n"
        "    - si: {bloc: tous}\n      reponse: Un bloc.\n  boutons:",
    )
    catalogue = load(base)

    both = catalogue.render("niveau", bloc=2, voie="vae", on=TODAY)

    assert (both.text, both.source and both.source.section) == ("Les deux.", "Voies d'accès à la certification")
    assert catalogue.render("niveau", bloc=2, on=TODAY).text == "Un bloc."
    assert catalogue.render("niveau", voie="vae", on=TODAY).text == "La certification est de niveau 6."


def test_only_the_certifier_section_gives_a_link(base: BaseCopy) -> None:
    base.edit(CARDS, "section: essentiel", "section: certificateur")

    source = load(base).render("niveau", on=TODAY).source

    assert source is not None and source.url == "https://www.unilim.fr"


def test_the_easier_wording_is_said_on_request(base: BaseCopy) -> None:
    base.edit(CARDS, "  boutons:", "  simple: Niveau licence.\n  boutons:")
    catalogue = load(base)

    assert catalogue.render("niveau", on=TODAY, simple=True).text == "Niveau licence."
    assert catalogue.render("competence", on=TODAY, simple=True).text == "Je n'ai pas trouvé."


def test_an_empty_practical_field_is_honestly_unknown(base: BaseCopy) -> None:
    answer = load(base).render("prix", on=TODAY)

    assert "Je ne sais pas" in answer.text and "le prix de la formation" in answer.text and "https://www.unilim.fr" in answer.text
    assert answer.source is None


@pytest.mark.parametrize(("on", "known"), [(datetime.date(2027, 8, 31), True), (datetime.date(2027, 9, 1), False)])
def test_a_practical_value_is_given_with_its_source_until_its_last_day(base: BaseCopy, on: datetime.date, known: bool) -> None:
    base.edit(
        "pratique.yml",
        'libelle: "le prix de la formation"\n  valeur: null\n  source: null\n  expire_le: null',
        'libelle: "le prix de la formation"\n  valeur: "1 200 euros"\n  source: "Délibération"\n  expire_le: 2027-08-31',
    )

    answer = load(base).render("prix", on=on)

    assert ("1 200 euros" in answer.text) is known
    assert (answer.source is not None and answer.source.section == "Délibération") is known


def test_an_intent_finds_its_card(base: BaseCopy) -> None:
    catalogue = load(base)

    assert catalogue.card_for_intent("ask_level").id == "niveau"
    with pytest.raises(KeyError):
        catalogue.card_for_intent("ask_weather")


def test_dates_are_written_in_french() -> None:
    assert date_fr(datetime.date(2028, 10, 27)) == "27 octobre 2028"
    assert date_fr(datetime.date(2029, 1, 1)) == "1er janvier 2029"
    with pytest.raises(WrongValue):
        date_fr("2028-10-27")


def test_lists_and_plurals_are_french() -> None:
    assert [liste([]), liste(["a"]), liste(["a", "b", "c"]), liste(["a", "b"], "ou")] == ["", "a", "a, b et c", "a ou b"]
    assert puces(["a", "b"]) == "- a\n- b"
    assert [pluriel(0, "bloc"), pluriel(1, "bloc"), pluriel(["x", "y"], "oral", "oraux")] == ["0 bloc", "1 bloc", "2 oraux"]
    assert [pct(81), pct(0), pct(None)] == ["81 %", "0 %", "non connu"]
    assert [minuscule("École"), majuscule("école")] == ["école", "École"]
