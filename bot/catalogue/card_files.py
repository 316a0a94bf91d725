"""Which file each answer card stands in: the topics, as the admissions office arranged them."""

from __future__ import annotations

from pathlib import Path

from bot.catalogue.problems import Problem
from bot.catalogue.reading import ANSWERS_FOLDER, RECORD_FOLDER
from bot.catalogue.yaml_source import read_document


def card_files(root: Path) -> dict[str, tuple[str, ...]]:
    """The ids of the cards of each file of reponses/, by the file's name without its ending, in their order.

    For a base that load_catalogue has already accepted.
    """
    problems: list[Problem] = []
    documents = {file.stem: read_document(file, problems) for file in sorted((root / RECORD_FOLDER / ANSWERS_FOLDER).glob("*.yml"))}
    return {name: tuple(entry["id"] for entry in document.data) for name, document in documents.items() if document is not None}
