"""Bars drawn on the server: where each one stands in its picture. The page writes them as SVG, with their table beside.

Lengths are in the picture's own units; labels and figures stand in the table too, so the picture may leave labels out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.services.figures import Series

WIDTH, COLUMN_HEIGHT = 640, 160
LABEL_HEIGHT, FIGURE_HEIGHT = 22, 18
MOST_LABELS = 12
LABELLED_COLUMNS = 31
BAR_HEIGHT, BAR_GAP, LABEL_WIDTH, FIGURE_WIDTH = 22, 8, 250, 50
MOST_BARS = 12
LONGEST_LABEL = 36


@dataclass(frozen=True)
class Mark:
    """One bar, and where its label and its figure are written; an empty text is not written."""

    x: float
    y: float
    width: float
    height: float
    label: str
    figure: str
    label_x: float
    label_y: float
    figure_x: float
    figure_y: float
    is_marked: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of one series. `is_upright`: columns over a time line, else bars one under the other."""

    title: str
    width: int
    height: int
    is_upright: bool
    marks: tuple[Mark, ...]


def columns(series: Series, marked: Collection[int] = ()) -> Chart:
    """Columns from left to right; `marked` are the places drawn in another pattern."""
    count = max(1, len(series.rows))
    step = WIDTH / count
    top = max((value for _label, value in series.rows), default=0)
    every = math.ceil(count / MOST_LABELS)
    marks = []
    for place, (label, value) in enumerate(series.rows):
        height = _share(value, top) * COLUMN_HEIGHT
        middle = round((place + 0.5) * step, 1)
        upper = round(FIGURE_HEIGHT + COLUMN_HEIGHT - height, 1)
        figure = str(value) if value and count <= LABELLED_COLUMNS else ""
        marks.append(Mark(
            round(place * step + 0.1 * step, 1), upper, round(0.8 * step, 1), round(height, 1), label if place % every == 0 else "", figure,
            middle, FIGURE_HEIGHT + COLUMN_HEIGHT + 16, middle, upper - 4, place in marked,
        ))
    return Chart(series.title, WIDTH, FIGURE_HEIGHT + COLUMN_HEIGHT + LABEL_HEIGHT, True, tuple(marks))


def bars(series: Series) -> Chart:
    """Bars from top to bottom, the first dozen of them."""
    rows: Sequence[tuple[str, int]] = series.rows[:MOST_BARS]
    top = max((value for _label, value in rows), default=0)
    room = WIDTH - LABEL_WIDTH - FIGURE_WIDTH
    marks = []
    for place, (label, value) in enumerate(rows):
        y = place * (BAR_HEIGHT + BAR_GAP)
        width = round(_share(value, top) * room, 1)
        baseline = y + BAR_HEIGHT - 6
        marks.append(Mark(LABEL_WIDTH, y, width, BAR_HEIGHT, _short(label), str(value), LABEL_WIDTH - 8, baseline, LABEL_WIDTH + width + 6, baseline))
    return Chart(series.title, WIDTH, max(1, len(rows)) * (BAR_HEIGHT + BAR_GAP), False, tuple(marks))


def _share(value: int, top: int) -> float:
    return max(0, value) / top if top > 0 else 0.0


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
