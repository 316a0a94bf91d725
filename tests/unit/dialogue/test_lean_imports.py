"""A process that serves does not carry TensorFlow, and what stands in for it becomes the real module when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.dialogue.lean_imports import _NotYetImported

SERVING = """
import sys
from bot.dialogue.lean_imports import leave_training_aside
leave_training_aside()
import bot.dialogue.brain, bot.nlu.intent_classifier, bot.nlu.situation_extractor
assert "tensorflow" not in sys.modules
"""


def test_serving_does_not_import_tensorflow() -> None:
    environment = {"RASA_TELEMETRY_ENABLED": "false", "PATH": "/usr/bin:/bin", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", SERVING], capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr


def test_the_first_use_brings_the_real_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "colorsys", _NotYetImported("colorsys"))
    import colorsys

    assert isinstance(colorsys, _NotYetImported)
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert not isinstance(sys.modules["colorsys"], _NotYetImported)
