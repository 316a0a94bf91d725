"""Runs the evaluation: reads every phrase, plays every dialogue, writes the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.evaluation.dialogues import Fault, play
from bot.evaluation.labelled import Phrase, default_files, read_labelled
from bot.evaluation.measures import Reading
from bot.evaluation.page import page
from bot.evaluation.summary import Summary, summarise

ROOT = Path(__file__).resolve().parents[2]
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Evaluation:
    """The figures, and what they were counted on."""

    summary: Summary
    readings: list[Reading]
    faults: list[Fault]


def run_evaluation(program: Any, brain: Any, files: Iterable[Path] | None, output: Path, now: datetime | None = None) -> Evaluation:
    """Writes the page at `output` and returns what was measured; `files` None or empty means the project's own.

    Dialogues are written in the program's database: give one that may be thrown away.
    Raises InputError when a file is not what it should be.
    """
    moment = now or program.assistant.clock()
    phrases, dialogues = read_labelled(list(files or ()) or default_files(ROOT))
    readings = read_phrases(brain, phrases)
    faults = play(program, brain, dialogues, moment)
    summary = summarise(readings, len(dialogues), faults)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(summary, readings, faults, moment.date()), encoding="utf-8")
    return Evaluation(summary, readings, faults)


def read_phrases(brain: Any, phrases: Sequence[Phrase]) -> list[Reading]:
    """What the trained model reads in each phrase, the fallback set aside: it hides what was read."""
    return [_reading(phrase, brain.understand(phrase.text)) for phrase in phrases]


def _reading(phrase: Phrase, parse: dict[str, Any]) -> Reading:
    ranked = [guess for guess in parse["intent_ranking"] or [parse["intent"]] if guess["name"] != FALLBACK]
    second = ranked[1]["name"] if len(ranked) > 1 else None
    doubted = (parse.get("intent") or {}).get("name") == FALLBACK
    return Reading(phrase, str(ranked[0]["name"]), float(ranked[0]["confidence"]), second, doubted)
