"""Pictures of the report: SVG written here, without script, font or outside file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.measures import Bin

_SIDE, _MARGIN = 320, 46


def reliability_diagram(bins: Sequence[Bin]) -> str:
    """One bar per bin: how often readings of this confidence are right; on the diagonal, the confidence means what it says."""
    size = _SIDE + 2 * _MARGIN
    bars = "".join(_bar(bin_) for bin_ in bins)
    ticks = "".join(_tick(value / 5) for value in range(6))
    return (
        f'<svg viewBox="0 0 {size} {size}" width="{size}" role="img" aria-labelledby="fiabilite-titre" font-size="11">'
        '<title id="fiabilite-titre">Exactitude selon la confiance</title>'
        f"{bars}{ticks}"
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" class="ideal"/>'
        f'<text x="{_x(0.5)}" y="{size - 8}" text-anchor="middle">confiance</text>'
        f'<text x="12" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 12 {_y(0.5)})">part de lectures justes</text></svg>'
    )


def _bar(bin_: Bin) -> str:
    width = (bin_.high - bin_.low) * _SIDE - 2
    top = _y(bin_.accuracy)
    return (f'<rect x="{_x(bin_.low) + 1:.1f}" y="{top:.1f}" width="{width:.1f}" height="{_y(0) - top:.1f}" class="bar"/>'
            f'<circle cx="{_x(bin_.confidence):.1f}" cy="{top:.1f}" r="3.5" class="point"/>'
            f'<text x="{_x((bin_.low + bin_.high) / 2):.1f}" y="{_y(0) - 5:.1f}" text-anchor="middle" class="count">{bin_.count}</text>')


def _tick(value: float) -> str:
    label = f"{value:.1f}".replace(".", ",")
    return (f'<text x="{_x(value):.1f}" y="{_y(0) + 15:.1f}" text-anchor="middle">{label}</text>'
            f'<text x="{_x(0) - 6:.1f}" y="{_y(value) + 4:.1f}" text-anchor="end">{label}</text>')


def _x(value: float) -> float:
    return _MARGIN + value * _SIDE


def _y(value: float) -> float:
    return _MARGIN + (1 - value) * _SIDE
