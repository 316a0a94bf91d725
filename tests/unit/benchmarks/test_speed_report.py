"""The table of speeds: medians, ratios that mean « better », rows kept between two runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.speed import report
from benchmarks.speed.conversations import everything, prescreenings, questions
from benchmarks.speed.figures import Figure, Line, Measured, keep, kept, percentile

TIMES = Line.of("un message", "ms", "10 fois mieux", {"ours": Figure.of([9, 8, 40]), "stock": Figure.of([90])})
RATE = Line.of("débit", "messages/s", "10 fois mieux", {"ours": Figure.of([60]), "stock": Figure.of([5])}, lower_is_better=False)
ALONE = Line.of("sans rien changer", "s", "moins de 2 s", {"ours": Figure.of([0.4])}, note="mesuré <seul>")


def test_a_figure_is_the_median_and_its_spread() -> None:
    assert Figure.of([9, 8, 40]) == Figure(9, 8, 40)
    assert percentile([float(time) for time in range(1, 101)], 0.95) == 96


@pytest.mark.parametrize(("line", "ratio"), [(TIMES, 10), (RATE, 12), (ALONE, None)])
def test_a_ratio_says_how_many_times_better(line: Line, ratio: float | None) -> None:
    assert line.ratio == ratio


def test_rows_come_back_in_the_tables_order_and_the_newest_counts(tmp_path: Path) -> None:
    keep(Measured("debit", [RATE], 5), tmp_path)
    keep(Measured("message", [RATE], 1), tmp_path)
    keep(Measured("message", [TIMES], 5), tmp_path)
    assert [(row.row, row.lines, row.rounds) for row in kept(("message", "debit", "volume"), tmp_path)] == [("message", [TIMES], 5), ("debit", [RATE], 5)]


def test_the_table_names_what_was_not_measured_and_under_which_load(tmp_path: Path) -> None:
    written = report.write([Measured("message", [TIMES, ALONE], 5, load_average=1.25)], tmp_path)
    assert "| un message | ms | 90,0 | 9,00 (8,00–40,0) | 10,0 × | 10 fois mieux |" in written
    assert "| sans rien changer | s | — | 0,40 | — | moins de 2 s |" in written
    assert "charge moyenne 1.2, 5 passe(s) ; mesuré <seul>" in written
    picture = (tmp_path / "speed.svg").read_text(encoding="utf-8")
    assert picture.count("<rect") == 2 and "sans rien changer" not in picture
    assert 'width="38"' in picture and 'width="380"' in picture  # ten times shorter is drawn ten times shorter


def test_there_is_enough_to_say() -> None:
    said = [text for dialogue in everything() for text in dialogue]
    assert len(set(said)) > 256  # more than the encoder remembers
    assert len(questions()) > 20 and len(prescreenings()) > 20
