"""Facts written short, so that a table of sentences can be read at a glance, and the reading of such tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.admissions.facts import Ambiguity, Diploma, Experience, Status

TODAY = date(2026, 11, 22)
_FOLDER = Path(__file__).parent / "phrases"


def phrases(name: str) -> list[tuple[bool, str, str]]:
    """(asked, sentence, expected) for each line « sentence => expected »; « ? » before a sentence means asked."""
    rows = []
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            sentence, expected = (part.strip() for part in line.rsplit("=>", 1))
            rows.append((sentence.startswith("? "), sentence.removeprefix("? "), expected))
    return rows


def write_diploma(diploma: Diploma | Ambiguity | None) -> str:
    """« 5 », « 4 +deux-années », « étranger », « 5 ou 3 », « - » when nothing was read."""
    if diploma is None:
        return "-"
    if isinstance(diploma, Ambiguity):
        return " ou ".join(str(option.level) for option in diploma.options)
    marks = {"étranger": diploma.foreign, "indéterminé": diploma.level_unknown, "deux-années": diploma.two_years_validated, "sans-diplôme": diploma.without_diploma}
    named = [mark for mark, holds in marks.items() if holds]
    return " ".join(named) if diploma.level is None else " +".join([str(diploma.level), *named])


def write_experience(experience: Experience | None) -> str:
    """« 54 », « 24..48 », « 36.. », « 0 (148 mandat) », « inconnue », « - » when nothing was read."""
    if experience is None:
        return "-"
    if experience.unknown:
        return "inconnue"
    figure = "-" if experience.months is None and not experience.is_known else str(experience.months)
    if experience.at_least is not None:
        figure = f"{experience.at_least}..{'' if experience.open_ended else experience.at_most}"
    if experience.uncounted_kind is None:
        return figure
    length = "?" if experience.uncounted_months is None else experience.uncounted_months
    return f"{figure} ({length} {experience.uncounted_kind})"


def write_status(status: Status | None, unknown: bool = False) -> str:
    """The code of the contract, « inconnu » or « - »."""
    return status.value if status is not None else "inconnu" if unknown else "-"
