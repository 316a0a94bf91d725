"""What the console has published becomes files of the repository, which the base's own check accepts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.additions_export import additions_files, write_additions
from bot.catalogue.catalogue import load_catalogue
from bot.catalogue.check import check_knowledge
from bot.training_data import domain_intents
from tests.integration.learning import builders as made

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
WRITTEN = made.answer("y a-t-il un parking ?", "où se garer [ici]", text="Oui : 40 places, {gratuites}.\n- à droite", subject="ajout_parking")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A copy of the base with everything exported put where LISEZMOI.txt says."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    publications = [WRITTEN, made.topic("ca coute cb", card="prix"), made.practical()]
    files = additions_files(publications, load_catalogue(ROOT / "knowledge", TODAY), TODAY)
    write_additions(files, tmp_path)
    sources = yaml.safe_load(files["reperes.yml"])
    landmarks = tmp_path / "knowledge" / "reperes.yml"
    text = landmarks.read_text(encoding="utf-8")
    added = "sources:\n" + "".join(f"  {key}: {{libelle: \"{value['libelle']}\", url: null}}\n" for key, value in sources.items())
    landmarks.write_text(text.replace("sources:\n", added, 1), encoding="utf-8")
    entries = {entry["id"]: entry for entry in yaml.safe_load(files["pratique.yml"])}
    practical = tmp_path / "knowledge" / "pratique.yml"
    kept = [entries.get(entry["id"], entry) for entry in yaml.safe_load(practical.read_text(encoding="utf-8"))]
    practical.write_text(yaml.dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return tmp_path


def test_the_check_accepts_the_files_once_they_are_copied(exported: Path) -> None:
    intents = domain_intents(ROOT) | {"ask_ajout_parking"}
    assert [str(problem) for problem in check_knowledge(exported / "knowledge", intents, TODAY)] == []


def test_the_copied_card_says_what_the_console_said(exported: Path) -> None:
    catalogue = load_catalogue(exported / "knowledge", TODAY)
    said = catalogue.render("ajout_parking", on=TODAY)
    assert said.text == WRITTEN.body["text"]
    assert "Service logistique" in said.source.section and "vrai jusqu'au 2027-06-30" in said.source.section
    assert "2 000 € par an" in catalogue.render("prix", on=TODAY).text


def test_phrases_are_training_examples_without_annotations(exported: Path) -> None:
    nlu: Any = yaml.safe_load((exported / "data/nlu/ajouts.yml").read_text(encoding="utf-8"))
    examples = {block["intent"]: block["examples"] for block in nlu["nlu"]}
    assert examples == {"ask_ajout_parking": "- y a-t-il un parking ?\n- où se garer (ici)\n", "ask_price": "- ca coute cb\n"}


def test_nothing_published_writes_nothing() -> None:
    expired = made.answer("un parking", expires_on=date(2026, 11, 1))
    assert additions_files([expired], load_catalogue(ROOT / "knowledge", TODAY), TODAY) == {}
