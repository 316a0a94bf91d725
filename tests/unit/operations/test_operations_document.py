"""docs/operations.md agrees with the program: every setting with its default, every fault with a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cli import _parser
from bot.settings import known_variables, load_settings

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def table(title: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    section = TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


def test_every_setting_is_in_the_table_and_no_other():
    assert set(re.findall(r"BOT_[A-Z_]+[A-Z]", " ".join(row[0] for row in table("Réglages")))) == known_variables()


def test_the_defaults_of_the_table_are_those_of_the_program(tmp_path):
    settings = load_settings(tmp_path, {})
    told = {}
    for names, defaults, _ in table("Réglages"):
        variables, values = re.findall(r"`(BOT_\w+)`", names), re.findall(r"`([^`]+)`", defaults)
        if len(variables) == len(values):
            told |= dict(zip(variables, values, strict=True))
    shown = {
        "BOT_HOST": settings.host, "BOT_PORT": settings.port, "BOT_RATE_LIMIT": settings.rate_limit,
        "BOT_DATABASE_URL": settings.database_url.replace(f"{tmp_path}/", ""), "BOT_TIMEZONE": settings.timezone.key, "BOT_LOG_LEVEL": settings.log_level,
        "BOT_RETENTION_DAYS_CONVERSATIONS": settings.retention_days_conversations, "BOT_RETENTION_DAYS_LEADS": settings.retention_days_leads,
        "BOT_MODEL_DIR": f"{settings.model_dir.name}/",
    }
    for name, value in shown.items():
        assert told[name] == str(value), name


def test_every_fault_names_a_test_that_exists():
    rows = table("Pannes essayées")
    assert len(rows) >= 12 and all(len(row) == 5 and all(row) for row in rows)
    for row in rows:
        assert (ROOT / "tests" / row[-1].strip("`")).exists(), row[-1]


def test_every_test_of_faults_has_its_row():
    named = " ".join(row[-1] for row in table("Pannes essayées"))
    assert all(f"faults/{path.name}" in named for path in (ROOT / "tests/faults").glob("test_*.py"))


def test_every_command_that_is_named_exists_and_every_file_too():
    commands = set(_parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr]
    assert set(re.findall(r"`bot ([a-z]+)", TEXT)) <= commands
    for path in re.findall(r"`((?:ops|benchmarks|scripts|tests)/[\w./-]+)`", TEXT):
        assert (ROOT / path.split(" ")[0]).exists(), path
