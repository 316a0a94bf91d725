"""Whole pre-screenings of people invented by other hands than the parsers': verdict and facts of the lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.profiles import faults, play

PROFILES = yaml.safe_load((Path(__file__).parent / "profils.yml").read_text(encoding="utf-8"))
FLOOR = 0.90


def test_profiles_get_their_verdict_and_facts(new_conversation: Any, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for profile in PROFILES:
        conversation = new_conversation()
        log = play(conversation, profile)
        found = faults(conversation, profile)
        if found:
            wrong.append(f"{profile['id']} {'; '.join(found)}\n" + "\n".join(f"   {said} → {answered[:120]!r}" for said, answered in log))
    share = 1 - len(wrong) / len(PROFILES)
    with capsys.disabled():
        print(f"\nprofils : verdict et faits justes {share:.1%} de {len(PROFILES)}")
    assert share >= FLOOR, "\n".join(wrong)
