"""The table: as text and Markdown, and as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from benchmarks.speed.figures import Figure, Line, Measured

_BAR, _GAP, _LEFT, _WIDTH = 12, 12, 430, 380
_OURS, _STOCK = "#1b6ca8", "#c98a2b"
INTRODUCTION = """# Vitesse, à côté de Rasa d'origine

« Rasa d'origine » : `rasa run` (canal REST) et `rasa run actions`, spaCy fr_core_news_md et DIET, mêmes politiques, domaine,
données et actions, conversations en SQLite (`benchmarks/stock/`). Mêmes conversations (celles de `tests/dialogues`), même
client, tours alternés, serveurs chauds. Médiane des passes, et entre parenthèses la plus basse et la plus haute. La machine
peut servir à autre chose en même temps : la charge moyenne est notée, et le temps processeur en dépend moins que la durée.
"""


def write(measured: Sequence[Measured], folder: Path) -> str:
    """Writes speed.md and speed.svg; returns the Markdown table."""
    table = markdown(measured)
    (folder / "speed.md").write_text(f"{INTRODUCTION}\n{table}\n", encoding="utf-8")
    (folder / "speed.svg").write_text(picture([line for row in measured for line in row.lines]), encoding="utf-8")
    return table


def markdown(measured: Iterable[Measured]) -> str:
    """One line per measure, then the conditions of each row."""
    lines = ["| mesure | unité | Rasa d'origine | le nôtre | rapport | but |", "|---|---|---|---|---|---|"]
    conditions = []
    for row in measured:
        lines += [f"| {' | '.join((one.measure, one.unit, _cell(one.stock), _cell(one.ours), _ratio(one), one.target))} |" for one in row.lines]
        notes = [f" ; {line.note}" for line in row.lines if line.note]
        conditions.append(f"- {row.row} : {row.at}, charge moyenne {row.load_average:.1f}, {row.rounds} passe(s){''.join(notes)}")
    return "\n".join([*lines, "", *conditions])


def picture(lines: Iterable[Line]) -> str:
    """Both sides as bars in proportion, each measure on its own scale from zero. An SVG without script, font or outside file."""
    shown = [line for line in lines if line.ratio is not None and line.ours is not None and line.stock is not None]
    height, width = len(shown) * (2 * _BAR + _GAP) + 44, _LEFT + _WIDTH + 150
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12" role="img">',
             "<title>Le nôtre à côté de Rasa d'origine, chaque mesure à son échelle depuis zéro</title>",
             f'<text x="{_LEFT}" y="20" fill="{_OURS}">■ le nôtre</text>', f'<text x="{_LEFT + 90}" y="20" fill="{_STOCK}">■ Rasa d\'origine</text>']
    for place, line in enumerate(shown):
        top = 34 + place * (2 * _BAR + _GAP)
        parts.append(f'<text x="{_LEFT - 8}" y="{top + _BAR + 3}" text-anchor="end">{escape(line.measure)} ({escape(line.unit)})</text>')
        parts += _bar(line.ours, line, _OURS, top) + _bar(line.stock, line, _STOCK, top + _BAR)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bar(figure: Figure | None, line: Line, colour: str, top: int) -> list[str]:
    if figure is None or line.ours is None or line.stock is None:
        return []
    length = _WIDTH * figure.middle / max(line.ours.middle, line.stock.middle, 1e-9)
    return [f'<rect x="{_LEFT}" y="{top}" width="{length:.0f}" height="{_BAR - 2}" fill="{colour}"/>',
            f'<text x="{_LEFT + length + 5:.0f}" y="{top + 10}">{_number(figure.middle)}</text>']


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "—"
    spread = "" if figure.least == figure.most else f" ({_number(figure.least)}–{_number(figure.most)})"
    return _number(figure.middle) + spread


def _ratio(line: Line) -> str:
    return "—" if line.ratio is None else f"{_number(line.ratio)} ×"


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")
