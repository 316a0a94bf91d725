"""How far words are from each other on a keyboard."""

from __future__ import annotations

import math

import pytest

from bot.nlu.spelling_distance import NEIGHBOUR_KEY_COST, SWAP_COST, NearWords, spelling_distance


@pytest.mark.parametrize(("typed", "meant", "expected"), [
    ("mairie", "mairie", 0),
    ("mairrie", "mairie", 1),
    ("mirie", "mairie", 1),
    ("maorie", "mairie", NEIGHBOUR_KEY_COST),  # o is beside i
    ("mapaie", "mairaie", 2),
    ("miarie", "mairie", SWAP_COST),
    ("miariee", "mairie", SWAP_COST + 1),
])
def test_each_fault_has_its_cost(typed: str, meant: str, expected: float) -> None:
    assert spelling_distance(typed, meant, 2) == pytest.approx(expected)


def test_more_faults_than_the_limit_are_infinitely_many() -> None:
    assert spelling_distance("formation", "alternance", 2) == math.inf
    assert spelling_distance("mai", "mairie", 2) == math.inf


def test_a_distance_is_the_same_both_ways() -> None:
    pairs = [("fromation", "formation"), ("stgae", "stage"), ("prxi", "prix"), ("exmaen", "examen")]
    assert [spelling_distance(a, b, 2) for a, b in pairs] == [spelling_distance(b, a, 2) for a, b in pairs]


def test_the_nearest_word_wins_and_then_the_first_of_the_list() -> None:
    near = NearWords(["carte", "porte", "parte"])
    assert min(near.within("partr", 1)).word == "parte"
    assert min(near.within("oarte", 1)).word == "parte"  # o is beside p, not beside c
    assert min(NearWords(["lave", "cave"]).within("bave", 1)).word == "lave"


def test_words_out_of_reach_are_not_found() -> None:
    assert NearWords(["mairie"]).within("formation", 2) == []
    assert NearWords([]).within("mairie", 2) == []
