"""The table of the comparison: as text, as Markdown and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.public_set import VARIANTS

_BAR, _GAP, _LEFT, _WIDTH = 14, 22, 330, 420
_COLOURS = ("#1b6ca8", "#5a9bc9", "#c98a2b", "#8a6d3b", "#6b6b6b")


@dataclass(frozen=True)
class Row:
    """What was measured of one pipeline. `shares`: mean and interval by variant; `scope`: AUROC, and recall when 95 % are kept."""

    title: str
    seeds: int
    shares: dict[str, tuple[float, float, float]]
    typical: dict[str, float]
    scope: tuple[float, float] | None


def write_results(rows: list[Row], folder: Path) -> str:
    """Writes understanding.md and understanding.svg in `folder`; returns the Markdown table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = markdown(rows)
    (folder / "understanding.md").write_text(table + "\n", encoding="utf-8")
    (folder / "understanding.svg").write_text(picture(rows), encoding="utf-8")
    return table


def markdown(rows: list[Row]) -> str:
    """One line per pipeline; accuracies in percent with their 95 % interval."""
    titles = ["chaîne", "tirages", *VARIANTS.values(), "hors-sujet : AUROC / rappel à 95 % gardés", "entraînement", "chargement",
              "p50 / p95", "mémoire servie / entraînement"]
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    return "\n".join(lines + ["| " + " | ".join(_cells(row)) + " |" for row in rows])


def _cells(row: Row) -> list[str]:
    typical = row.typical
    shares = ["{:.1f} ({:.1f}–{:.1f})".format(*(100 * value for value in row.shares[variant])) for variant in VARIANTS]
    scope = "non mesuré" if row.scope is None else f"{row.scope[0]:.2f} / {100 * row.scope[1]:.0f} %"
    return [row.title, str(row.seeds), *shares, scope, f"{typical['train_s']:.0f} s", f"{typical['load_s']:.1f} s",
            f"{typical['p50_ms']:.1f} / {typical['p95_ms']:.1f} ms", f"{typical['resident_mb']:.0f} / {typical['training_mb']:.0f} Mo"]


def picture(rows: list[Row]) -> str:
    """Accuracies as horizontal bars with their intervals: an SVG without script, font or outside file."""
    height = sum(_GAP + _BAR * len(VARIANTS) for _ in rows) + 20
    width = _LEFT + _WIDTH + 130
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12" role="img">',
             "<title>Exactitude par chaîne et par façon d'écrire</title>"]
    top = 10
    for row in rows:
        parts.append(f'<text x="{_LEFT - 100}" y="{top + _BAR * 3}" text-anchor="end">{escape(row.title)}</text>')
        for colour, (variant, title) in zip(_COLOURS, VARIANTS.items(), strict=False):
            parts += _bar(row.shares[variant], title, colour, top)
            top += _BAR
        top += _GAP
    return "\n".join([*parts, "</svg>"])


def _bar(share: tuple[float, float, float], title: str, colour: str, top: int) -> list[str]:
    mean, low, high = (value * _WIDTH for value in share)
    middle = top + _BAR / 2
    return [
        f'<text x="{_LEFT - 8}" y="{top + 11}" text-anchor="end">{escape(title)}</text>',
        f'<rect x="{_LEFT}" y="{top + 1}" width="{mean:.1f}" height="{_BAR - 3}" fill="{colour}"/>',
        f'<line x1="{_LEFT + low:.1f}" x2="{_LEFT + high:.1f}" y1="{middle}" y2="{middle}" stroke="#111"/>',
        f'<text x="{_LEFT + high + 6:.1f}" y="{top + 11}">{100 * share[0]:.1f} %</text>',
    ]
