"""Reads what people wrote and what it should be understood as: lists in YAML, of phrases or of dialogues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.admissions.errors import InputError


@dataclass(frozen=True)
class Phrase:
    """One message; every name of `intents` is a right reading, the first the most natural one.

    `far` tells an out-of-scope message that nothing links to the assistant (weather) from a near miss (another diploma).
    """

    text: str
    intents: tuple[str, ...]
    file: str
    far: bool = False


@dataclass(frozen=True)
class Expected:
    """What one answer must hold (each group: one of its patterns) and must not, after folding."""

    say: str
    groups: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    id: str
    turns: tuple[Expected, ...]
    file: str


def default_files(root: Path) -> list[Path]:
    """The phrases and dialogues that the project keeps apart from its training data."""
    return [*sorted((root / "tests" / "nlu").glob("phrases_*.yml")), *sorted((root / "tests" / "dialogues").glob("*.yml"))]


def read_labelled(files: Iterable[Path]) -> tuple[list[Phrase], list[Dialogue]]:
    """Everything of the files, in order. Raises InputError naming the file and the row that is neither."""
    phrases: list[Phrase] = []
    dialogues: list[Dialogue] = []
    for path in files:
        for place, row in enumerate(_rows(path), 1):
            if isinstance(row, dict) and {"text", "intent"} <= row.keys():
                phrases.append(Phrase(str(row["text"]), (row["intent"], *row.get("also", ())), path.name, row.get("scope") == "far"))
            elif isinstance(row, dict) and {"id", "turns"} <= row.keys():
                dialogues.append(Dialogue(str(row["id"]), tuple(_expected(turn) for turn in row["turns"]), path.name))
            else:
                raise InputError(f"{path}, élément {place} : il faut « text » et « intent », ou « id » et « turns »")
    return phrases, dialogues


def _rows(path: Path) -> list[Any]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InputError(f"{path} n'est pas du YAML lisible : {error}") from error
    if not isinstance(rows, list):
        raise InputError(f"{path} doit contenir une liste de phrases ou de dialogues")
    return rows


def _expected(turn: dict[str, Any]) -> Expected:
    return Expected(turn["say"], tuple(tuple(group) for group in turn.get("expect") or ()), tuple(turn.get("forbid") or ()))
