"""Runs the evaluation: reads every phrase, plays every dialogue, writes the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.dialogues import play
from bot.evaluation.labelled import Phrase, default_files, read_labelled
from bot.evaluation.measures import Reading
from bot.evaluation.page import page
from bot.evaluation.summary import Summary, summarise

ROOT = Path(__file__).resolve().parents[2]
FALLBACK = "nlu_fallback"


def run_evaluation(program: Any, brain: Any, files: Iterable[Path] | None, output: Path, now: datetime | None = None) -> Summary:
    """Writes the page at `output` and returns the figures; `files` None or empty means the project's own.

    Dialogues are written in the program's database: give one that may be thrown away.
    Raises InputError when a file is not what it should be.
    """
    moment = now or program.assistant.clock()
    phrases, dialogues = read_labelled(list(files or ()) or default_files(ROOT))
    readings = read_phrases(brain, phrases)
    faults = play(program, brain, dialogues, moment)
    summary = summarise(readings, len(dialogues), faults, fallback_threshold(ROOT / "config.yml"))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(summary, readings, faults, moment.date()), encoding="utf-8")
    return summary


def read_phrases(brain: Any, phrases: Sequence[Phrase]) -> list[Reading]:
    """What the trained model reads in each phrase, the fallback set aside: it hides what was read."""
    return [_reading(phrase, brain.understand(phrase.text)) for phrase in phrases]


def fallback_threshold(config: Path) -> float:
    """The confidence below which the assistant asks « vouliez-vous dire »; 0 when config.yml has no such component."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return next((float(component["threshold"]) for component in pipeline if component["name"] == "FallbackClassifier"), 0.0)


def _reading(phrase: Phrase, parse: dict[str, Any]) -> Reading:
    ranked = [guess for guess in parse["intent_ranking"] or [parse["intent"]] if guess["name"] != FALLBACK]
    second = ranked[1]["name"] if len(ranked) > 1 else None
    return Reading(phrase, str(ranked[0]["name"]), float(ranked[0]["confidence"]), second)
