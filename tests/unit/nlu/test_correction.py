"""What a message becomes before it is read."""

from __future__ import annotations

import random
import string
import time

import pytest

from bot.nlu.correction import WordCorrector
from bot.nlu.lexicon import Lexicon


@pytest.mark.parametrize(("typed", "expected"), [
    ("la fromation", "la formation"),
    ("la formatoin coute cmb", "la formation coûte cmb"),
    ("le pris", "le prix"),
    ("les couts", "les cours"),
    ("alternence", "alternance"),
    ("voitrue", "voiture"),  # a common word that no training phrase has
])
def test_an_unknown_word_becomes_the_nearest_known_one(corrector: WordCorrector, typed: str, expected: str) -> None:
    assert corrector.correct(typed) == expected


@pytest.mark.parametrize("text", ["j'ai bossé", "on m'affirme", "la dune", "la maison", "le marché", "où sont les cours", "c'est où", "je marche"])
def test_a_word_of_french_is_left_as_it_is(corrector: WordCorrector, text: str) -> None:
    assert corrector.correct(text) == text


def test_accents_left_out_come_back(corrector: WordCorrector) -> None:
    assert corrector.correct("combien coute la duree") == "combien coûte la durée"


@pytest.mark.parametrize(("typed", "expected"), [
    ("c'est combien", "c'est combien"),
    ("C’EST COMBIEN", "c'est combien"),
    ("c combien", "c'est combien"),
    ("c est combien", "c'est combien"),
    ("cest combien", "c'est combien"),
    ("c a quel prix", "c'est a quel prix"),
    ("jai un bac", "j'ai un bac"),
    ("j ai un bac", "j'ai un bac"),
    ("jtravaille", "je travaille"),
    ("lalternance", "l'alternance"),
    ("l alternance", "l'alternance"),
    ("linscription", "l'inscription"),
    ("niveaubac", "niveau bac"),
    ("slt c koi", "salut c'est quoi"),
    ("bcp", "beaucoup"),
])
def test_abbreviations_and_lost_apostrophes_are_spelled_out(corrector: WordCorrector, typed: str, expected: str) -> None:
    assert corrector.correct(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), [
    ("bonjouuuuur", "bonjour"), ("stpppp", "s'il te plaît"), ("combien ???!!!", "combien ?!"), ("QUEL PRIX", "quel prix"), ("merci 😀👍", "merci 😀👍"),
])
def test_shouting_and_stretching_change_nothing(corrector: WordCorrector, typed: str, expected: str) -> None:
    assert corrector.correct(typed) == expected


@pytest.mark.parametrize("text", ["", "   ", "?", "12", "bac+2", "41406", "xyz", "a@b.fr", "日本語", "привет"])
def test_what_is_no_french_word_is_left_alone(corrector: WordCorrector, text: str) -> None:
    assert corrector.correct(text) == text


def test_a_training_typo_is_no_model_of_spelling(lexicon: Lexicon) -> None:
    learned = WordCorrector.from_phrases(["la fromation", "la formation", "le master", "un master", "mon master"], lexicon)
    assert "fromation" not in learned.vocabulary
    assert "master" in learned.vocabulary
    assert learned.correct("fromation") == "formation"


def test_nothing_that_was_typed_is_kept(corrector: WordCorrector) -> None:
    before = {name: repr(value) for name, value in vars(corrector).items() if isinstance(value, (dict, list, set, frozenset))}
    corrector.correct("Zébulonette Quichottine habite au village")
    assert {name: repr(value) for name, value in vars(corrector).items() if name in before} == before


@pytest.mark.parametrize("text", ["x" * 1000, "é" * 999 + "'", "ab" * 500, "a'" * 500, "qu " * 333, "l " * 500, "bonjour'" * 125, "formatio" * 125])
def test_a_hostile_text_takes_no_time(corrector: WordCorrector, text: str) -> None:
    start = time.perf_counter()
    corrector.correct(text)
    assert time.perf_counter() - start < 0.5


def test_a_thousand_letters_of_unknown_words_take_bounded_time() -> None:
    letters = random.Random(41406)
    words = ["".join(letters.choices(string.ascii_lowercase, k=7)) for _ in range(20_000)]
    corrector = WordCorrector.from_phrases([], Lexicon.build(words))
    hostile = " ".join("".join(letters.choices(string.ascii_lowercase, k=7)) for _ in range(125))
    start = time.perf_counter()
    corrector.correct(hostile)
    assert time.perf_counter() - start < 2
