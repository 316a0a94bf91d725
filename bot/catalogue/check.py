"""Proves that the knowledge base is whole: « bot knowledge check » and the tests call this."""

from __future__ import annotations

import datetime
from collections.abc import Set as AbstractSet
from pathlib import Path

from bot.catalogue.catalogue import read_and_check
from bot.catalogue.problems import Problem
from bot.catalogue.reading import ANSWERS_FOLDER, RECORD_FOLDER, Reading

# Questions whose answer is computed from what the person said, so that no card can hold it.
SERVED_BY_CODE = frozenset({"ask_hypothesis", "ask_reasons"})


def check_knowledge(root: Path, intents: AbstractSet[str], today: datetime.date) -> list[Problem]:
    """Everything wrong in the base, in the order of files and lines; `intents` are all those of the domain.

    Warnings (expired practical values) are in the list, marked; the base is sound when nothing else is.
    """
    reading, _ = read_and_check(root, today)
    _check_intents(reading, intents)
    _check_expiry(reading, today)
    return sorted(set(reading.problems), key=lambda problem: (str(problem.file), problem.line, problem.message))


def _check_intents(reading: Reading, intents: AbstractSet[str]) -> None:
    if reading.base is None:
        return
    served: dict[str, str] = {}
    for card in reading.base.cards.values():
        for intent in card.intents:
            if intent not in intents:
                reading.report(
                    "card",
                    card.id,
                    f"l'intention « {intent} » n'existe pas (carte « {card.id} »)",
                    "Corrigez son nom, ou supprimez la carte : personne ne peut la demander",
                )
            if intent in served:
                reading.report(
                    "card",
                    card.id,
                    f"l'intention « {intent} » a déjà la carte « {served[intent]} »",
                    "Gardez une seule carte par question",
                )
            served.setdefault(intent, card.id)
    folder = reading.root / RECORD_FOLDER / ANSWERS_FOLDER
    for intent in sorted(intents - served.keys() - SERVED_BY_CODE):
        if intent.startswith("ask_"):
            reading.problems.append(
                Problem(
                    folder,
                    1,
                    f"la question « {intent} » n'a pas de réponse",
                    f"Ajoutez une carte avec « intent: {intent} » dans un fichier de ce dossier",
                )
            )


def _check_expiry(reading: Reading, today: datetime.date) -> None:
    for item in reading.base.practical.values() if reading.base is not None else ():
        if item.is_expired(today):
            reading.report(
                "practical",
                item.id,
                f"« {item.libelle} » a expiré le {item.expire_le} et n'est plus donné aux candidats",
                "Mettez à jour « valeur », « source » et « expire_le »",
                within=("expire_le",),
                warning=True,
            )
