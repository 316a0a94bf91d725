"""What stands in for a module becomes the real one when it is used."""

from __future__ import annotations

import sys

import pytest

from bot.dialogue.lean_imports import _NotYetImported


def test_the_first_use_brings_the_real_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "colorsys", _NotYetImported("colorsys"))
    import colorsys

    assert isinstance(colorsys, _NotYetImported)
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert not isinstance(sys.modules["colorsys"], _NotYetImported)
