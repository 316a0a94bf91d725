"""A message that asks what an acronym means gets its meaning; one that only uses it does not."""

from __future__ import annotations

import pytest

from bot.catalogue.catalogue import Catalogue, load_catalogue
from tests.unit.catalogue.conftest import KNOWLEDGE, TODAY


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(KNOWLEDGE, TODAY)


@pytest.mark.parametrize(
    ("message", "sigles"),
    [
        ("c koi un epci deja", ["EPCI"]),
        ("ça veut dire quoi CCAS", ["CCAS"]),
        ("RNCP ça veut dire quoi", ["RNCP"]),
        ("c'est quoi la GPEEC", ["GPEEC"]),
        ("kesako SGM", ["SGM"]),
        ("Que signifie le sigle CDG dans votre fiche ?", ["CDG"]),
        ("qu'est-ce qu'un EPCI et un CCAS ?", ["EPCI", "CCAS"]),
        ("Bonjour, quelle est la définition de LDG ?", ["LDG"]),
        ("lepci c'est quoi", ["EPCI"]),
        ("c'est quoi un BUT ?", ["BUT"]),
    ],
)
def test_the_meaning_asked_is_found(catalogue: Catalogue, message: str, sigles: list[str]) -> None:
    assert [sigle for sigle, _ in catalogue.define(message)] == sigles


@pytest.mark.parametrize(
    "message",
    [
        "",
        "je travaille dans un CCAS",
        "c'est quoi le jury de VAE ?",
        "ça veut dire que je dois passer par la VAE ?",
        "c'est quoi le but de la formation ?",
        "le but c'est quoi",
        "est-ce possible en VAE ?",
        "si j'ai un BTS je peux faire quoi",
        "c'est quoi le programme",
        "quel est le code RNCP ?",
    ],
)
def test_a_message_that_asks_something_else_defines_nothing(catalogue: Catalogue, message: str) -> None:
    assert catalogue.define(message) == []


def test_a_definition_gives_the_meaning_its_source_and_its_link_with_the_record(catalogue: Catalogue) -> None:
    answer = catalogue.render_definition(catalogue.define("c'est quoi un EPCI et un CCAS ?"), TODAY)

    assert "établissement public de coopération intercommunale" in answer.text and "centre communal d'action sociale" in answer.text
    assert "employeurs" in answer.text
    assert answer.source is not None and answer.source.section == "Sens courant du sigle dans l'administration française"


def test_every_acronym_of_the_glossary_can_be_told(catalogue: Catalogue) -> None:
    for item in catalogue.base.landmarks.glossaire:
        answer = catalogue.render_definition([(item.sigle, item.sens)], TODAY)

        assert item.sens in answer.text and item.sigle in answer.text
