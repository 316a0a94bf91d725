"""What counts as a word of French."""

from __future__ import annotations

import numpy as np

from bot.nlu.lexicon import COMMON_WORDS, Lexicon, hash_word


def test_a_word_is_known_only_when_it_was_given() -> None:
    lexicon = Lexicon.build(["mairie", "élu"])
    assert "mairie" in lexicon and "élu" in lexicon
    assert "elu" not in lexicon and "" not in lexicon


def test_an_empty_lexicon_knows_nothing() -> None:
    assert "mairie" not in Lexicon.build([])


def test_a_word_has_the_same_hash_in_every_process() -> None:
    assert hash_word("mairie") == 11293398308472513133


def test_hashes_are_sorted_so_that_they_can_be_searched() -> None:
    hashes = Lexicon.build(["b", "a", "c", "a"]).hashes
    assert len(hashes) == 3
    assert (np.diff(hashes.astype(object)) > 0).all()


def test_the_commonest_words_come_first_and_are_not_too_short() -> None:
    lexicon = Lexicon.build(["de", "mairie", "élu"])
    assert lexicon.common == ["mairie", "élu"]
    assert "de" in lexicon


def test_rare_words_are_known_but_are_nothing_to_correct_towards() -> None:
    words = [f"mot{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}{chr(97 + i // 17576)}" for i in range(COMMON_WORDS + 1)]
    lexicon = Lexicon.build(words)
    assert words[-1] in lexicon and words[-1] not in lexicon.common
