"""The rules as the admissions office wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.admissions.eligibility import Rules

RULES_FILE = Path(__file__).parents[3] / "knowledge" / "rncp41406" / "eligibilite.yml"


@pytest.fixture(scope="session")
def rules_data() -> dict[str, Any]:
    return yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rules(rules_data: dict[str, Any]) -> Rules:
    return Rules.from_mapping(rules_data)
