"""The quick way through Rasa answers as Rasa's own way does: every dialogue of this folder, said to both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Conversation

FOLDER = Path(__file__).parent
# What is drawn at random or read from the clock.
PASSING = ("id", "payload", "timestamp", "at")


def _dialogues() -> list[dict[str, Any]]:
    return [dialogue for path in sorted(FOLDER.glob("*.yml")) for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def plain_brain(program: Any) -> Any:
    """The same model run Rasa's way: its scheduler, its trackers, its JSON and the check of it."""
    from bot.bootstrap import load_brain

    return load_brain(program, ROOT, plain=True)


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lasting(part) for name, part in value.items() if name not in PASSING}
    return [_lasting(part) for part in value] if isinstance(value, list) else value


def _kept(program: Any, conversation: Conversation) -> Any:
    with program.uow_factory() as uow:
        return _lasting([uow.conversations.get(conversation.id).state, uow.events.latest(conversation.id, 1_000)])


def test_both_runners_say_and_keep_the_same(program: Any, brain: Any, plain_brain: Any) -> None:
    for dialogue in _dialogues():
        quick, plain = Conversation(program, brain), Conversation(program, plain_brain)
        for turn in dialogue["turns"]:
            quick.say(turn["say"])
            plain.say(turn["say"])
            assert _lasting(quick.messages) == _lasting(plain.messages), f"{dialogue['id']} « {turn['say']} »"
        assert _kept(program, quick) == _kept(program, plain), dialogue["id"]


def test_the_comparison_is_between_two_ways(brain: Any, plain_brain: Any) -> None:
    from bot.dialogue.direct_runner import DirectRunner

    assert isinstance(brain._processor.graph_runner, DirectRunner)
    assert not isinstance(plain_brain._processor.graph_runner, DirectRunner)
