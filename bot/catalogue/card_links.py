"""Checks where the cards of answers lead: buttons, sources, practical information, conditions of variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.catalogue.reading import Reading
from bot.catalogue.rendering import Base
from bot.catalogue.schema_answers import ANY, Card
from bot.catalogue.yaml_source import KeyPath

# Path inside the card, what is wrong, how to mend it.
Finding = tuple[KeyPath, str, str]


def check_cards(reading: Reading, base: Base) -> None:
    """Adds to the reading every reference of a card that leads nowhere."""
    askable = {
        "bloc": {block.numero for block in base.facts.blocs},
        "voie": {route.id for route in base.facts.voies},
        "epreuve": {exam.id for exam in base.facts.epreuves},
    }
    for card in base.cards.values():
        for within, message, remedy in (*_references(card, base), *_conditions(card, askable)):
            reading.report("card", card.id, f"{message} (carte « {card.id} »)", remedy, within=within)


def _references(card: Card, base: Base) -> Iterator[Finding]:
    # A button asks the question of a card: a card that serves no intent cannot be reached.
    reachable = {name for name, target in base.cards.items() if target.intents} | set(base.texts.services)
    for position, button in enumerate(card.boutons):
        if button not in reachable:
            remedy = "Écrivez l'identifiant d'une carte qui a une intention, ou un service de modeles.yml"
            yield ("boutons", position), f"le bouton « {button} » ne mène à rien", remedy
    if card.source is not None and card.source not in base.landmarks.sources:
        yield ("source",), f"la source « {card.source} » n'existe pas", "Choisissez une clé de « sources » de reperes.yml"
    for name in card.pratique:
        if name not in base.practical:
            yield ("pratique",), f"l'information pratique « {name} » n'existe pas", "Choisissez un identifiant de pratique.yml"


def _conditions(card: Card, askable: Mapping[str, set[Any]]) -> Iterator[Finding]:
    for position, variant in enumerate(card.variantes):
        for key, value in variant.si.dict(exclude_none=True).items():
            if value != ANY and value not in askable[key]:
                choices = ", ".join(map(str, sorted(askable[key])))
                yield (
                    ("variantes", position, "si", key),
                    f"la condition « {key}: {value} » ne peut pas arriver",
                    f"Choisissez parmi {choices}, {ANY}",
                )
