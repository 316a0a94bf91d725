"""Blocks, routes and kinds of exam, by the names people give them."""

from __future__ import annotations

import pytest

from bot.nlu.situation_extractor import find_vocabulary


def _found(text: str) -> list[tuple[str, object]]:
    return [(entity["entity"], entity["value"]) for entity in find_vocabulary(text)]


@pytest.mark.parametrize(("text", "block"), [
    ("le bloc 1", 1), ("bloc n° 2", 2), ("le deuxième bloc", 2), ("BC03", 3), ("le dernier bloc", 3), ("RNCP41406BC01", 1), ("bloc deux", 2), ("blok 3", 3),
])
def test_a_block_is_known_by_its_number(text: str, block: int) -> None:
    assert ("block", block) in _found(text)


@pytest.mark.parametrize(("text", "route"), [
    ("en VAE", "vae"), ("par la validation des acquis", "vae"), ("en alternance", "apprentissage"), ("contrat pro", "contrat_professionnalisation"),
    ("en formation continue", "formation_continue"), ("Candidat Libre", "candidature_individuelle"), ("reprise d’études", "formation_continue"),
])
def test_a_route_is_known_by_its_names(text: str, route: str) -> None:
    assert ("route", route) in _found(text)


@pytest.mark.parametrize(("text", "kind"), [("la QRC", "qrc"), ("le grand oral", "grand_oral"), ("un jeu de rôle", "jeu_de_role"), ("la soutenance", "rapport_stage")])
def test_an_exam_is_known_by_its_kind(text: str, kind: str) -> None:
    assert ("exam_kind", kind) in _found(text)


@pytest.mark.parametrize("text", ["", "bonjour", "j'ai 3 ans d'expérience", "niveau 5", "bac 2"])
def test_other_numbers_are_no_block(text: str) -> None:
    assert [entity for entity in _found(text) if entity[0] == "block"] == []


def test_an_entity_has_its_place_in_the_text_as_typed() -> None:
    text = "Où est évalué le BLOC 2, l’été ?"
    entity = find_vocabulary(text)[0]
    assert text[entity["start"]:entity["end"]] == "BLOC 2"
