"""Reads what Rasa's own files say, without loading Rasa."""

from __future__ import annotations

from pathlib import Path

import yaml


def domain_intents(root: Path) -> set[str]:
    """The names of all intents of domain.yml."""
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    return {name if isinstance(name, str) else next(iter(name)) for name in domain["intents"]}


def training_phrases(root: Path) -> list[tuple[str, str]]:
    """Every (phrase, intent) of data/nlu, in the order of files and lines."""
    phrases = []
    for path in sorted((root / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.strip() for line in block["examples"].splitlines()]
            phrases += [(line[2:].strip(), block["intent"]) for line in lines if line.startswith("- ")]
    return phrases
