"""The figures and the page of `bot evaluate`, on readings that can be counted by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.admissions.errors import InputError
from bot.evaluation.dialogues import Fault, fold, reasons_against
from bot.evaluation.labelled import Dialogue, Expected, Phrase, read_labelled
from bot.evaluation.measures import Reading, confusions, expected_calibration_error, reliability, scope, topics, wrong_and_sure
from bot.evaluation.page import page
from bot.evaluation.summary import summarise

DOUBT = 0.3
FAR = "il pleut ?"


def _reading(expected: str, read: str, confidence: float, text: str = "combien ?") -> Reading:
    return Reading(Phrase(text, tuple(expected.split("|")), "phrases.yml", far=text == FAR), read, confidence, doubted=confidence < DOUBT)


READINGS = [
    _reading("ask_price", "ask_price", 0.95),
    _reading("ask_price", "ask_funding", 0.75, "c'est <b>payé</b> par qui & comment"),
    _reading("ask_price|ask_funding", "ask_funding", 0.85),
    _reading("ask_place", "ask_place", 0.25),
    _reading("ask_place", "out_of_scope", 0.9),
    _reading("out_of_scope", "out_of_scope", 0.5, FAR),
    _reading("out_of_scope", "ask_place", 0.2),
    _reading("out_of_scope", "ask_place", 0.6),
]


def test_a_second_right_reading_is_right() -> None:
    summary = summarise(READINGS, 3, [])
    assert summary.phrases == 8
    assert summary.accuracy == pytest.approx(4 / 8)
    assert summary.in_scope_accuracy == pytest.approx(3 / 5)


def test_a_wrong_answer_counts_as_sure_from_seventy_percent_and_a_doubt_does_not() -> None:
    assert [reading.confidence for reading in wrong_and_sure(READINGS)] == [0.75]
    assert [reading.confidence for reading in wrong_and_sure(READINGS, 0.0)] == [0.75, 0.6]


def test_out_of_scope_is_recognised_by_its_intent_or_by_doubt() -> None:
    score = scope(READINGS)
    assert (score.recognised, score.out_of_scope) == (2, 3)
    assert (score.far_recognised, score.far, score.near_recognised, score.near) == (1, 1, 1, 2)
    assert (score.refused, score.doubted, score.in_scope) == (1, 1, 5)


def test_a_phrase_that_may_be_read_as_out_of_scope_is_neither_refused_nor_out_of_scope() -> None:
    score = scope([_reading("express_distress|out_of_scope", "out_of_scope", 0.9)])
    assert (score.in_scope, score.refused, score.out_of_scope) == (1, 0, 0)


def test_topics_come_least_understood_first() -> None:
    assert [(score.intent, score.right, score.total) for score in topics(READINGS)] == [("out_of_scope", 1, 3), ("ask_place", 1, 2), ("ask_price", 2, 3)]


def test_confusions_count_wrong_readings_only() -> None:
    assert confusions(READINGS) == {("out_of_scope", "ask_place"): 2, ("ask_price", "ask_funding"): 1, ("ask_place", "out_of_scope"): 1}


def test_a_confidence_that_means_what_it_says_has_no_calibration_error() -> None:
    honest = [_reading("ask_price", "ask_price", 0.75)] * 3 + [_reading("ask_price", "ask_place", 0.75)]
    boastful = [_reading("ask_price", "ask_place", 1.0)]
    assert expected_calibration_error(reliability(honest)) == pytest.approx(0)
    assert expected_calibration_error(reliability(boastful)) == pytest.approx(1)
    assert expected_calibration_error([]) == 0


def test_full_confidence_falls_in_the_last_bin() -> None:
    (bin_,) = reliability([_reading("ask_price", "ask_price", 1.0)])
    assert (bin_.low, bin_.high, bin_.count, bin_.accuracy) == (0.9, 1.0, 1, 1.0)


def _page() -> str:
    dialogue = Dialogue("d-1", (), "dialogues.yml")
    faults = [Fault(dialogue, "<script>alert(1)</script>", "réponse", ("il manque bloc",))]
    return page(summarise(READINGS, 2, faults), READINGS, faults, date(2026, 11, 23))


def test_the_page_needs_nothing_from_outside() -> None:
    html = _page()
    assert re.findall(r"https?:|<script|<link|@import|url\(|src=", html) == []


def test_the_page_shows_sentences_as_they_are_and_runs_none() -> None:
    html = _page()
    assert "c&#x27;est &lt;b&gt;payé&lt;/b&gt; par qui &amp; comment" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_page_is_in_french_and_dated() -> None:
    html = _page()
    assert '<html lang="fr">' in html and "23/11/2026" in html and "<svg" in html


def test_the_page_of_nothing_is_a_page() -> None:
    assert "<svg" in page(summarise([], 0, []), [], [], date(2026, 11, 23))


def test_the_summary_is_a_markdown_table_in_french() -> None:
    table = summarise(READINGS, 3, []).to_markdown()
    assert table.startswith("| mesure | valeur |\n|---|---|\n")
    assert "| bien comprises | 50,0 % |" in table and "| dialogues réussis | 3 sur 3 |" in table


def test_an_answer_is_checked_without_accents_links_and_bold() -> None:
    expected = Expected("?", (("etude du dossier", "entretien"), ("limoges",)), ("garanti",))
    assert reasons_against("**Étude du dossier**, puis [Limoges](https://www.unilim.fr)", expected) == ()
    assert reasons_against("C'est garanti à Limoges", expected) == ("il manque etude du dossier ou entretien", "il y a garanti")
    assert fold("L’été\u202f!") == "l'ete !"


def test_phrases_and_dialogues_are_read_from_the_same_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "cas.yml"
    path.write_text('- {text: "combien ?", intent: ask_price, also: [ask_funding]}\n- {id: d-1, turns: [{say: "bonjour", expect: [["robot"]]}]}\n', encoding="utf-8")
    phrases, dialogues = read_labelled([path])
    assert phrases == [Phrase("combien ?", ("ask_price", "ask_funding"), "cas.yml")]
    assert dialogues == [Dialogue("d-1", (Expected("bonjour", (("robot",),), ()),), "cas.yml")]


@pytest.mark.parametrize("content", ["a: 1\n", "- {text: seul}\n", "- [\n", "- 3\n"])
def test_a_file_that_is_neither_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cas.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"cas\.yml"):
        read_labelled([path])
