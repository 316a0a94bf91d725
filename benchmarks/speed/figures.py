"""Figures of repeated rounds: medians, spreads, and what is kept of a row between two runs of `make bench`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Figure:
    """The median of the rounds, with the least and the most."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, rounds: Sequence[float]) -> Figure:
        return cls(median(rounds), min(rounds), max(rounds))


@dataclass(frozen=True)
class Line:
    """One line of the table. `lower_is_better` tells how the ratio is read; a side without figure was not measured, `note` says why."""

    measure: str
    unit: str
    target: str
    ours: Figure | None
    stock: Figure | None = None
    lower_is_better: bool = True
    note: str = ""

    @classmethod
    def of(cls, measure: str, unit: str, target: str, sides: Mapping[str, Figure], lower_is_better: bool = True, note: str = "") -> Line:
        """A line from the figures of the sides by name."""
        return cls(measure, unit, target, sides.get("ours"), sides.get("stock"), lower_is_better, note)

    @property
    def ratio(self) -> float | None:
        """How many times better than stock; None without both sides."""
        if self.ours is None or self.stock is None or not self.ours.middle or not self.stock.middle:
            return None
        return self.stock.middle / self.ours.middle if self.lower_is_better else self.ours.middle / self.stock.middle


@dataclass(frozen=True)
class Measured:
    """A row of the bench: its lines, and under which conditions they were measured."""

    row: str
    lines: list[Line]
    rounds: int
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="minutes"))
    load_average: float = field(default_factory=lambda: os.getloadavg()[0])


def percentile(times: Sequence[float], share: float) -> float:
    """The value that `share` of the times do not pass."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def keep(measured: Measured, folder: Path) -> None:
    """Writes a row, replacing what was measured of it before."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"speed-{measured.row}.json").write_text(json.dumps(asdict(measured), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept(rows: Sequence[str], folder: Path) -> list[Measured]:
    """The rows measured so far, in order."""
    found = []
    for row in rows:
        path = folder / f"speed-{row}.json"
        if path.is_file():
            body = json.loads(path.read_text(encoding="utf-8"))
            found.append(Measured(**{**body, "lines": [_line(line) for line in body["lines"]]}))
    return found


def _line(body: dict[str, object]) -> Line:
    sides = {name: None if body[name] is None else Figure(**body[name]) for name in ("ours", "stock")}  # type: ignore[arg-type]
    return Line(**{**body, **sides})  # type: ignore[arg-type]
