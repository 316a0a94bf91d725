"""A model file cut short, and an action that fails: said in words, at the start or to the person."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.admissions.errors import StorageUnavailable
from bot.training import model_path
from tests.faults.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "action_answer_question"


def test_a_cut_model_stops_the_start_with_one_sentence(tmp_path):
    model_path(ROOT, tmp_path).write_bytes(b"\x1f\x8b\x08\x00 cut short")
    values = {**os.environ, "PYTHONPATH": str(ROOT), "BOT_MODEL_DIR": str(tmp_path), "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(free_port())]
    started = subprocess.run(command, cwd=ROOT, env=values, capture_output=True, text=True, timeout=60)
    assert started.returncode == 1 and "Traceback" not in started.stderr
    assert "coupé ou abîmé" in started.stderr and "bot train --force" in started.stderr


@pytest.fixture
def broken_action(brain, monkeypatch):
    """Makes an action of the real dialogue raise."""

    def break_with(error):
        action = brain._processor.action_endpoint._actions[BROKEN]

        def run(*_arguments):
            raise error

        monkeypatch.setattr(action, "run", run)

    return break_with


def test_an_action_that_raises_apologises_and_the_conversation_goes_on(conversation, broken_action, monkeypatch):
    broken_action(RuntimeError("quotes what was typed"))
    assert "problème technique" in conversation.say("quels sont les métiers ?")
    assert "quotes" not in conversation.text
    monkeypatch.undo()
    assert "Secrétaire Général de Mairie" in conversation.say("quels sont les métiers ?")


def test_an_action_that_loses_the_database_gives_the_whole_turn_up(conversation, broken_action, program, monkeypatch):
    from bot.services.conversations import history
    from tests.conftest import NOW

    before = history(program.uow_factory, conversation.id, NOW)
    broken_action(StorageUnavailable("La base de données ne répond pas.", "57P01"))
    with pytest.raises(StorageUnavailable):
        conversation.say("quels sont les métiers ?")
    assert history(program.uow_factory, conversation.id, NOW) == before
    monkeypatch.undo()
    assert "Secrétaire Général de Mairie" in conversation.say("quels sont les métiers ?")
