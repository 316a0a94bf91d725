"""MASSIVE-fr, a public set of short French requests that nobody on this project wrote: read, never copied nor committed."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "BENCH_DATA"
WHERE_IT_COMES_FROM = (
    f"Le tableau de compréhension est laissé de côté : {VARIABLE} ne nomme pas le dossier de MASSIVE-fr (MASSIVE 1.1, fr-FR, Amazon.com, Inc., "
    "CC BY 4.0, https://github.com/alexa/massive, découpé en train_30_s0..s2.csv et test*.csv)."
)
# File of each kind of writing, and its title in the table.
VARIANTS = {"test": "net", "test_noaccent": "sans accents", "test_typo03": "fautes 3 %", "test_typo10": "fautes 10 %", "test_sms": "SMS"}


@dataclass(frozen=True)
class Phrase:
    text: str
    intent: str


def folder() -> Path | None:
    """The folder of the set, or None when the variable is missing or names no folder with the set."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named and (Path(named) / "test.csv").is_file() else None


def training_phrases(root: Path, seed: int, examples: int = 30) -> list[Phrase]:
    """`examples` phrases of each of 49 intents; seeds 0, 1 and 2 exist."""
    return _read(root / f"train_{examples}_s{seed}.csv")


def test_phrases(root: Path) -> dict[str, list[Phrase]]:
    """The same 2,888 requests written in five ways."""
    return {name: _read(root / f"{name}.csv") for name in VARIANTS}


def held_out_intents(root: Path) -> frozenset[str]:
    """Intents left out of the training to play the part of what is out of scope."""
    return frozenset((root / "oos_intents.txt").read_text(encoding="utf-8").split())


def _read(path: Path) -> list[Phrase]:
    with path.open(encoding="utf-8", newline="") as rows:
        return [Phrase(row["text"], row["intent"]) for row in csv.DictReader(rows)]
