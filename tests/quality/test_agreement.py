"""What the documents, the settings and the command line say agree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import known_variables

ROOT = Path(__file__).parents[2]
# Documents that must name every setting, each in its own way.
SETTING_LISTS = (".env.example", "docs/operations.md")
_SETTING = re.compile(r"\bBOT_[A-Z][A-Z_]*[A-Z]\b")
# Names that look like a setting and are none: test tools and other programs' variables.
NOT_SETTINGS = frozenset({"BOT_DATA"})


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", SETTING_LISTS)
def test_every_setting_is_documented(document: str) -> None:
    assert known_variables() - set(_SETTING.findall(read(document))) == set()


@pytest.mark.parametrize("document", [*SETTING_LISTS, "README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))])
def test_no_document_names_a_setting_that_does_not_exist(document: str) -> None:
    assert set(_SETTING.findall(read(document))) - known_variables() - NOT_SETTINGS == set()


def test_every_command_is_in_the_readme() -> None:
    helped = subprocess.run([sys.executable, "-m", "bot.cli", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^    ([a-z]+)(?:  |$)", helped, re.MULTILINE)
    missing = [name for name in names if f"`bot {name}" not in read("README.md")]
    assert len(names) >= 10 and missing == []


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    makefile = read("Makefile")
    [phony] = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    internal = {"help", "clean", "nightly-faults", "nightly-fuzz", "mutation", "sbom"}
    assert [name for name in phony.split() if name not in internal and f"make {name}" not in makefile] == []
