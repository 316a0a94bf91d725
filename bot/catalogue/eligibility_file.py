"""Reads the eligibility rules and proves that the examples written beside them hold; the rules themselves are the core's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.admissions.eligibility_examples import failing_examples, read_example
from bot.admissions.eligibility_rules import Rules
from bot.admissions.errors import KnowledgeError
from bot.catalogue.facts import Facts
from bot.catalogue.problems import Problem
from bot.catalogue.reading import RECORD_FOLDER, Reading
from bot.catalogue.yaml_source import Document, KeyPath, read_document

FILE = "eligibilite.yml"
EXAMPLES = "exemples"
_SHAPE_FAULTS = (TypeError, AttributeError, ValueError, KeyError)
_FOLLOW_MODEL = "Gardez la forme du fichier d'origine : mêmes clés, mêmes alignements"


def read_rules(reading: Reading) -> tuple[Rules | None, Document | None]:
    """The rules and their file; what is wrong is added to the reading, with its line."""
    document = read_document(reading.root / RECORD_FOLDER / FILE, reading.problems)
    if document is None:
        return None, None
    try:
        return Rules.from_mapping(document.data), document
    except KnowledgeError as error:
        reading.problems.append(_located(document, error))
    except _SHAPE_FAULTS as error:
        reading.problems.append(document.problem((), f"les règles ne peuvent pas être lues ({error})", _FOLLOW_MODEL))
    return None, document


def check_rules(reading: Reading, rules: Rules, document: Document) -> None:
    """Adds each example that does not hold, and each figure or date that differs from what applicants read."""
    _check_examples(reading, rules, document)
    if reading.base is None:
        return
    for path, applied, told, file in _figures_told_twice(rules, reading.base.facts):
        if applied != told:
            message = f"« {path[-1]} » vaut {applied} ici, mais {told} dans {file}"
            reading.problems.append(document.problem(path, message, "Mettez les deux fichiers d'accord avec la fiche"))
    if rules.section not in reading.base.facts.sections.values():
        message = f"la section « {rules.section} » n'existe pas"
        reading.problems.append(document.problem(("section",), message, "Écrivez un nom de sections.yml, mot pour mot"))


def _figures_told_twice(rules: Rules, facts: Facts) -> Iterator[tuple[KeyPath, object, object, str]]:
    entry, registration = facts.prerequis.entree, facts.identite.enregistrement
    yield ("seuils", "niveau_direct"), rules.direct_level, entry.sans_experience.niveau, "prerequis.yml"
    yield ("seuils", "niveau_avec_experience"), rules.level_with_experience, entry.avec_experience.niveau, "prerequis.yml"
    yield ("seuils", "experience_mois"), rules.experience_months, entry.avec_experience.experience_mois, "prerequis.yml"
    yield ("valable_du",), rules.valid_from, registration.decision, "identite.yml"
    yield ("valable_jusqu_au",), rules.valid_until, registration.echeance, "identite.yml"


def _check_examples(reading: Reading, rules: Rules, document: Document) -> None:
    examples = document.data.get(EXAMPLES) or []
    if not examples:
        reading.problems.append(document.problem((EXAMPLES,), "aucun exemple", "Écrivez au moins une situation et le verdict attendu"))
    try:
        for number, example in enumerate(examples, 1):
            read_example(example, number)
        failures = failing_examples(rules, examples, rules.valid_from)
    except KnowledgeError as error:
        reading.problems.append(_located(document, error))
        return
    except _SHAPE_FAULTS as error:
        reading.problems.append(document.problem((EXAMPLES,), f"un exemple ne peut pas être lu ({error})", _FOLLOW_MODEL))
        return
    for failure in failures:
        remedy = "Corrigez l'exemple s'il est faux, sinon la règle (« seuils », « statuts_admis »)"
        reading.problems.append(document.problem(_path(document, failure), failure.rstrip("."), remedy))


def _located(document: Document, error: KnowledgeError) -> Problem:
    value = "il manque une valeur" if error.value is None else f"« {error.value} » ne convient pas"
    where = error.place.partition(", ")[2]
    message = f"{where} : {value}" if where else value
    return document.problem(_path(document, f"{error.place}, {error.value}"), message, error.remedy.rstrip("."))


def _path(document: Document, place: str) -> KeyPath:
    """The path in the file of a place told in words: « eligibilite.yml, textes, niveau_direct » or « Exemple 3 … »."""
    numbered = re.search(r"[Ee]xemple (\d+)", place)
    if numbered:
        return (EXAMPLES, int(numbered[1]) - 1)
    path: KeyPath = ()
    for part in place.split(", "):
        if (*path, part) in document.lines:
            path += (part,)
    return path
