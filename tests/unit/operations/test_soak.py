"""The soak's verdict on memory, its chart and its table."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from benchmarks.soak import ALLOWED_GROWTH, growth
from benchmarks.soak_chart import Sample, picture, summary


def samples(memory):
    return [Sample(number / 12, mib, 20.0, 45.0, 0) for number, mib in enumerate(memory)]


@pytest.mark.parametrize(
    ("memory", "climbs"),
    [([800.0] * 40, False), ([500.0] * 5 + [800.0] * 35, False), ([800.0 + 5 * n for n in range(40)], True), ([800.0], False)],
    ids=["flat", "warms up", "leaks", "too short"],
)
def test_memory_that_climbs_after_the_beginning_is_a_leak(memory, climbs):
    assert (growth(samples(memory)) > ALLOWED_GROWTH) is climbs


def test_the_chart_is_an_svg_with_both_curves():
    root = ElementTree.fromstring(picture(samples([800.0, 810.0, 805.0]), 12.5))  # noqa: S314 - our own picture
    assert len([element for element in root.iter() if element.tag.endswith("polyline")]) == 2
    assert "12.5 messages" in (root.find("{http://www.w3.org/2000/svg}title").text or "")


def test_the_table_counts_the_errors_by_kind():
    table = summary(samples([800.0, 900.0]), 10, 500, ["HTTP 503", "HTTP 503"], 0.4)
    assert "2 × HTTP 503" in table and "800, 900, 900 Mio" in table and "| erreurs | aucune |" in summary([], 1, 0, [], 0)
