"""The project stays an ordinary Rasa project: its data validates and its test stories pass with Rasa's own tools."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def rasa_agent(brain: Any) -> Any:
    from rasa.core.agent import Agent

    from bot.settings import load_settings
    from bot.training import trained_model

    return Agent.load(str(trained_model(ROOT, load_settings(ROOT).model_dir)))


# Rasa warns that the questions of forms stand in no story: it looks for them in stories only.
@pytest.mark.filterwarnings("ignore:The utterance")
def test_the_training_data_is_valid() -> None:
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    importer = TrainingDataImporter.load_from_config(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
    validator = Validator.from_importer(importer)
    assert validator.verify_domain_validity()
    assert validator.verify_nlu(ignore_warnings=True)
    assert validator.verify_story_structure(ignore_warnings=False)
    assert validator.verify_form_slots()


def test_the_test_stories_pass_on_rasas_own_runner(rasa_agent: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.core.test import test as run_stories

    monkeypatch.chdir(tmp_path)
    stories = run_stories(str(ROOT / "tests/stories/test_stories.yml"), rasa_agent, out_directory=str(tmp_path), e2e=True,
                          disable_plotting=True, warnings=False)
    with ThreadPoolExecutor(max_workers=1) as thread:  # a browser test before this one may have left a loop running here
        report = thread.submit(asyncio.run, stories).result()
    assert report["report"]["conversation_accuracy"]["accuracy"] == 1.0, (tmp_path / "failed_test_stories.yml").read_text()
