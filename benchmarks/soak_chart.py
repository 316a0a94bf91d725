"""The chart and the table of the soak: SVG written here, without script, font or outside file."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT, _LEFT, _TOP = 640, 150, 70, 40


@dataclass(frozen=True)
class Sample:
    """What was seen in one interval that ended `minutes` after the start; `errors` since the start."""

    minutes: float
    memory_mib: float
    median_ms: float
    p95_ms: float
    errors: int


def picture(samples: Sequence[Sample], rate: float) -> str:
    """Memory above, answer times below, over the minutes."""
    curves: list[tuple[str, Callable[[Sample], float]]] = [
        ("mémoire (Mio)", lambda sample: sample.memory_mib),
        ("95ᵉ centile du temps de réponse (ms)", lambda sample: sample.p95_ms),
    ]
    panels = "".join(_panel(title, samples, read, number) for number, (title, read) in enumerate(curves))
    height = _TOP + 2 * (_HEIGHT + 60)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 30} {height}" font-family="sans-serif" font-size="12" role="img">'
        f"<title>Endurance à {rate:.1f} messages par seconde</title>"
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_LEFT}" y="20" font-size="15">Endurance à {rate:.1f} messages par seconde</text>{panels}</svg>\n'
    )


def summary(samples: Sequence[Sample], rate: float, turns: int, errors: Sequence[str], stopped_s: float) -> str:
    """The figures, as a French Markdown table."""
    memory = [sample.memory_mib for sample in samples] or [0.0]
    kinds = ", ".join(f"{number} × {kind}" for kind, number in Counter(errors).items()) or "aucune"
    rows = [
        ("durée, débit", f"{samples[-1].minutes if samples else 0:.0f} min, {rate:.1f} messages par seconde"),
        ("requêtes, calibrage compris", str(turns)),
        ("erreurs", kinds),
        ("mémoire au début, la plus haute, à la fin", f"{memory[0]:.0f}, {max(memory):.0f}, {memory[-1]:.0f} Mio"),
        ("médiane et 95ᵉ centile du temps de réponse", f"{_typical(samples, 'median_ms'):.0f} et {_typical(samples, 'p95_ms'):.0f} ms"),
        ("arrêt (SIGTERM)", f"{stopped_s:.1f} s"),
    ]
    return "\n".join(["| mesure | valeur |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""])


def _typical(samples: Sequence[Sample], name: str) -> float:
    return statistics.median(getattr(sample, name) for sample in samples) if samples else 0.0


def _panel(title: str, samples: Sequence[Sample], read: Callable[[Sample], float], number: int) -> str:
    top = _TOP + 20 + number * (_HEIGHT + 60)
    highest = max((read(sample) for sample in samples), default=1.0) * 1.15 or 1.0
    last = max((sample.minutes for sample in samples), default=1.0)
    points = " ".join(
        f"{_LEFT + sample.minutes / last * _WIDTH:.1f},{top + _HEIGHT * (1 - read(sample) / highest):.1f}" for sample in samples
    )
    lines = "".join(_line(top + _HEIGHT * (1 - share), f"{highest * share:.0f}") for share in (0, 0.5, 1))
    return (
        f'<text x="{_LEFT}" y="{top - 8}">{title}</text>{lines}'
        f'<polyline points="{points}" fill="none" stroke="#1b6ca8" stroke-width="2"/>'
        f'<text x="{_LEFT + _WIDTH}" y="{top + _HEIGHT + 16}" text-anchor="end">{last:.0f} min</text>'
    )


def _line(y: float, label: str) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ccc"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    )
