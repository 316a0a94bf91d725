"""Reads the files of knowledge/ into one Base and keeps, for each, where every value was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.catalogue import schema, schema_entry
from bot.catalogue import schema_answers as answers
from bot.catalogue.facts import FactFiles, join_facts
from bot.catalogue.problems import Problem
from bot.catalogue.rendering import Base
from bot.catalogue.validation import list_of, validate, validate_list
from bot.catalogue.yaml_source import Document, KeyPath, read_document

RECORD_FOLDER = "rncp41406"
ANSWERS_FOLDER = "reponses"

FACT_FILES: Mapping[str, type[BaseModel]] = {
    "identite": schema.Identity,
    "objectifs": schema.Objectives,
    "activites": schema.Activities,
    "competences": schema.Competences,
    "blocs": schema.Blocks,
    "evaluations": schema.Exams,
    "secteurs": schema.Sectors,
    "metiers": schema.Occupations,
    "prerequis": schema_entry.Prerequisites,
    "voies": schema_entry.Routes,
    "statistiques": schema.Statistics,
    "territoires": schema.Territories,
    "references": schema.References,
}


@dataclass
class Reading:
    """What was read and what is wrong so far; `base` is None as long as one file is faulty by itself."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    unreadable: set[Path] = field(default_factory=set)
    places: dict[tuple[str, str], tuple[Document, KeyPath]] = field(default_factory=dict)
    base: Base | None = None

    def place(self, kind: str, name: str) -> tuple[Document, KeyPath]:
        """Where the « card », « theme », « absent » or « practical » of that id was typed."""
        return self.places[(kind, name)]

    def report(self, kind: str, name: str, message: str, remedy: str, *, within: KeyPath = (), warning: bool = False) -> None:
        document, path = self.place(kind, name)
        self.problems.append(document.problem(path + within, message, remedy, warning=warning))


def read_base(root: Path) -> Reading:
    """Every file of the base, validated one by one; what links one file to another is checked apart."""
    reading = Reading(root)
    record = root / RECORD_FOLDER
    parts = {name: _read_entry(reading, record / f"{name}.yml", model) for name, model in FACT_FILES.items()}
    sections = _read_sections(reading, record / "sections.yml")
    landmarks = _read_entry(reading, root / "reperes.yml", answers.Landmarks)
    texts = _read_entry(reading, record / "modeles.yml", answers.SharedTexts)
    practical = _read_listed(reading, root / "pratique.yml", answers.PracticalItem, "practical")
    _check_theme_keys(reading, record / "themes.yml")
    themes = _read_listed(reading, record / "themes.yml", answers.Theme, "theme", "themes")
    absents = _read_listed(reading, record / "themes.yml", answers.AbsentTheme, "absent", "absents")
    cards = [card for file in sorted((record / ANSWERS_FOLDER).glob("*.yml")) for card in _read_listed(reading, file, answers.Card, "card")]
    if not cards:
        reading.problems.append(Problem(record / ANSWERS_FOLDER, 1, "aucune carte de réponse", "Remettez les fichiers .yml de ce dossier"))
    if not reading.problems and sections is not None and None not in (*parts.values(), landmarks, texts):
        facts = join_facts(sections, FactFiles(**{item.name: parts[item.name] for item in fields(FactFiles)}))
        reading.base = Base(
            facts,
            landmarks,
            {item.id: item for item in practical},
            texts,
            {card.id: card for card in cards},
            tuple(themes),
            tuple(absents),
        )
    return reading


def _document(reading: Reading, file: Path) -> Document | None:
    """The file read once, however many times it is asked for, so that a fault is told once."""
    name = str(file.relative_to(reading.root))
    if name not in reading.documents and file not in reading.unreadable:
        document = read_document(file, reading.problems)
        if document is None:
            reading.unreadable.add(file)
            return None
        reading.documents[name] = document
    return reading.documents.get(name)


def _read_entry(reading: Reading, file: Path, model: type[BaseModel]) -> Any:
    document = _document(reading, file)
    return document and validate(model, document, document.data, (), reading.problems)


def _read_sections(reading: Reading, file: Path) -> dict[str, str] | None:
    document = _document(reading, file)
    if document is None:
        return None
    if not isinstance(document.data, dict) or not all(isinstance(title, str) and title for title in document.data.values()):
        reading.problems.append(document.problem((), "chaque section a une clé et un nom", 'Écrivez une ligne « cle: "Nom" » par section'))
        return None
    return document.data


def _check_theme_keys(reading: Reading, file: Path) -> None:
    document = _document(reading, file)
    if document is None or not isinstance(document.data, dict):
        return
    for key in document.data:
        if key not in ("themes", "absents"):
            reading.problems.append(
                document.problem((key,), f"la clé « {key} » n'existe pas", "Ce fichier a deux listes : themes et absents")
            )


def _read_listed(reading: Reading, file: Path, model: type[BaseModel], kind: str, key: str | None = None) -> list[Any]:
    document = _document(reading, file)
    if document is None:
        return []
    data = list_of(document, key)
    at: KeyPath = () if key is None else (key,)
    entries = validate_list(model, document, reading.problems, key)
    for position, item in enumerate(data if isinstance(data, list) else []):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            _remember(reading, document, kind, item["id"], (*at, position))
    return entries


def _remember(reading: Reading, document: Document, kind: str, name: str, path: KeyPath) -> None:
    if (kind, name) in reading.places:
        first, where = reading.place(kind, name)
        reading.problems.append(
            document.problem(
                (*path, "id"),
                f"l'identifiant « {name} » est déjà pris",
                f"Choisissez-en un autre : il est à {first.file.name}, ligne {first.line(where)}",
            )
        )
        return
    reading.places[(kind, name)] = (document, path)
