"""Each control of docs/security.md names the test that holds it, and that test exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if "tests/" in line and line.startswith("|")]


def test_every_step_of_the_walk_has_its_threats() -> None:
    steps = " ".join(row[0] for row in ROWS)
    assert all(step in steps for step in ("widget", "web", "services", "dialogue", "base", "courriel", "webhook", "console", "sauvegardes", "dépendances"))
    assert all(len(row) == 4 and all(row) for row in ROWS)


@pytest.mark.parametrize("name", [row[3] for row in ROWS])
def test_the_test_that_holds_a_control_exists(name: str) -> None:
    path, _, function = name.partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {function}\(", source, re.MULTILINE) if function else source


def test_every_reviewed_package_is_explained() -> None:
    for package, version in re.findall(r"- paquet: (\S+)\n    version: (\S+)", (ROOT / "ops/advisories.yml").read_text(encoding="utf-8")):
        assert f"{package} {version}" in DOCUMENT
