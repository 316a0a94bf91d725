"""What is said during the measures: the dialogues of tests/dialogues, by kind."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "dialogues"
Dialogue = list[str]
# Questions that a card answers; turns that read facts into slots, move a form on and write what they changed.
QUESTIONS = ("faq_suite", "faq_pratique", "blocs", "premisse_fausse", "ellipse")
PRESCREENING = ("preselection_eligible", "preselection_pas_encore", "preselection_a_etudier", "correction")


def questions() -> list[Dialogue]:
    """Dialogues of questions only."""
    return _read(QUESTIONS)


def prescreenings() -> list[Dialogue]:
    """Dialogues of a pre-screening only."""
    return _read(PRESCREENING)


def everything() -> list[Dialogue]:
    """All dialogues, in the order of their files."""
    return _read(tuple(sorted(path.stem for path in FOLDER.glob("*.yml"))))


def _read(names: tuple[str, ...]) -> list[Dialogue]:
    return [[turn["say"] for turn in dialogue["turns"]] for name in names
            for dialogue in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))]
