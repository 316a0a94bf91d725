"""Checks what ties the files together: sections, ids, competences in one block, themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.catalogue.card_links import check_cards
from bot.catalogue.reading import Reading
from bot.catalogue.rendering import Base
from bot.catalogue.yaml_source import Document, KeyPath

# Path of the value, what is wrong, how to mend it.
Finding = tuple[KeyPath, str, str]

# What names an entry inside a list; two entries of one list never share it.
_NAMING_KEYS = ("id", "code", "numero", "annee", "niveau")


def check_links(reading: Reading) -> None:
    """Adds to the reading every reference that leads nowhere and every thing that stands twice."""
    for document in reading.documents.values():
        _tell(reading, document, _duplicates(document))
    if reading.base is None:
        return
    for document in reading.documents.values():
        _tell(reading, document, _sections(document, reading.base))
    for name, check in _FILE_CHECKS.items():
        document = reading.documents[name]
        _tell(reading, document, check(document, reading.base))
    check_cards(reading, reading.base)


def _tell(reading: Reading, document: Document, findings: Iterator[Finding]) -> None:
    reading.problems.extend(document.problem(*finding) for finding in findings)


def _duplicates(document: Document) -> Iterator[Finding]:
    for path, value in document.values():
        # Ids of cards, themes and practical items are watched across files when they are read.
        watched = path == () or document.file.name == "themes.yml"
        for position, key, name in _repeated(value) if isinstance(value, list) and not watched else ():
            yield (*path, position, key), f"« {key}: {name} » est écrit deux fois dans la liste", "Supprimez ou renommez l'un des deux"


def _repeated(items: list[Any]) -> Iterator[tuple[int, str, Any]]:
    seen: set[tuple[str, str]] = set()
    for position, item in enumerate(items):
        for key in _NAMING_KEYS if isinstance(item, dict) else ():
            if key in item:
                if (key, str(item[key])) in seen:
                    yield position, key, item[key]
                seen.add((key, str(item[key])))


def _sections(document: Document, base: Base) -> Iterator[Finding]:
    for path, value in document.values():
        if path and path[-1] == "section" and value is not None and value not in base.facts.sections:
            yield path, f"la section « {value} » n'existe pas", "Choisissez une clé de sections.yml"


def _competences(document: Document, base: Base) -> Iterator[Finding]:
    file = base.facts.files.competences
    blocks = {block.numero for block in base.facts.blocs}
    wordings = Counter(item.libelle for item in file.liste)
    attested = {identifier for theme in base.themes for identifier in theme.competences}
    for position, item in enumerate(file.liste):
        at: KeyPath = ("liste", position)
        if item.bloc not in blocks:
            yield (*at, "bloc"), f"le bloc {item.bloc} n'existe pas (compétence {item.id})", "Écrivez un numéro de blocs.yml"
        if wordings[item.libelle] > 1:
            yield (*at, "libelle"), f"le texte de la compétence {item.id} est écrit deux fois", "Une compétence est dans un seul bloc"
        if item.libelle_bloc == item.libelle:
            yield (*at, "libelle_bloc"), f"les deux formulations de {item.id} sont les mêmes", "Remettez les mots de la fiche pour le bloc"
        if item.id not in attested:
            yield at, f"la compétence {item.id} n'est dans aucun thème", "Ajoutez-la à un thème de themes.yml, pour qu'on la trouve"
    yield from _count("nombre_attendu", file.nombre_attendu, len(file.liste), "compétences")
    two_wordings = sum(item.libelle_bloc is not None for item in file.liste)
    yield from _count("nombre_deux_formulations", file.nombre_deux_formulations, two_wordings, "compétences à deux formulations")


def _activities(document: Document, base: Base) -> Iterator[Finding]:
    file = base.facts.files.activites
    yield from _count("nombre_attendu", file.nombre_attendu, len(file.liste), "activités")


def _count(key: str, expected: int, found: int, what: str) -> Iterator[Finding]:
    if expected != found:
        remedy = "Remettez ce qui manque, ou corrigez le nombre si la fiche a changé"
        yield (key,), f"{found} {what} dans la liste, {expected} attendues", remedy


def _exams(document: Document, base: Base) -> Iterator[Finding]:
    kinds = {kind.id for kind in base.facts.files.evaluations.sortes}
    blocks = {block.numero for block in base.facts.blocs}
    for path, value in document.values():
        if len(path) > 1 and path[-2] == "epreuves" and value not in kinds:
            yield path, f"l'épreuve « {value} » n'existe pas", "Choisissez un identifiant de « sortes »"
        if path and path[-1] == "bloc" and value not in blocks:
            yield path, f"le bloc {value} n'existe pas", "Écrivez un numéro de blocs.yml"


def _landmarks(document: Document, base: Base) -> Iterator[Finding]:
    for path, value in document.values():
        if path and path[-1] == "source" and value not in base.landmarks.sources:
            yield path, f"la source « {value} » n'existe pas", "Choisissez une clé de « sources », ou ajoutez-la"


def _themes(document: Document, base: Base) -> Iterator[Finding]:
    facts = base.facts
    competences = {item.id for item in facts.competences}, "competences.yml"
    known = {
        "competences": competences,
        "voisines": competences,
        "activites": ({item.id for item in facts.activites}, "activites.yml"),
        "epreuves": ({item.id for item in facts.epreuves}, "evaluations.yml"),
    }
    for path, value in document.values():
        if len(path) == 4 and path[2] in known and value not in known[path[2]][0]:
            yield path, f"« {value} » n'existe pas", f"Choisissez un identifiant de {known[path[2]][1]}"


_FILE_CHECKS: Mapping[str, Callable[[Document, Base], Iterator[Finding]]] = {
    "rncp41406/competences.yml": _competences,
    "rncp41406/activites.yml": _activities,
    "rncp41406/evaluations.yml": _exams,
    "rncp41406/themes.yml": _themes,
    "reperes.yml": _landmarks,
}
