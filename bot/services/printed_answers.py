"""Use case: every answer of the knowledge base on one page, by topic, for whoever reads or prints instead of asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

# Files of answers, in the order of a first reading, with their titles. A file that is not here goes last.
TOPICS = {
    "presentation": "La certification et le métier",
    "entree": "Entrer en formation",
    "voies": "Les voies d'accès",
    "candidature": "Candidater, et après",
    "blocs": "Le programme",
    "evaluation": "Les épreuves, le stage, le jury",
    "metiers": "Les métiers et les employeurs",
    "niveau": "Le niveau",
    "chiffres": "Les résultats en chiffres",
    "certificateur": "L'université, les codes, l'enregistrement",
    "pratique": "Informations pratiques",
}
OTHERS = "Autres questions"
UNKNOWN_FILE, UNKNOWN_TOPIC = "inconnu", "Ce que nous ne savons pas encore"
# Talk that only makes sense in a conversation.
CONVERSATION_FILES = frozenset({"echange", "conduite", "bien_etre"})
# Answers that a conversation narrows to the block asked: here each block has its own, under this title.
BY_BLOCK = {"ask_block_content": "Bloc {number} : {short_title}", "ask_competences": "Bloc {number} : toutes ses compétences"}
# Says something only once a matter is named.
NARROWED = frozenset({"ask_competence"})


@dataclass(frozen=True)
class PrintedAnswer:
    """One answer: `text` as a card gives it (line breaks, Markdown's links, bold and lists), `source` JSON-safe or None."""

    id: str
    title: str
    text: str
    source: Mapping[str, Any] | None


@dataclass(frozen=True)
class PrintedTopic:
    id: str
    title: str
    answers: tuple[PrintedAnswer, ...]


class Cards(Protocol):
    """What printing needs of the catalogue: its cards by id, its practical values, the titles of its blocks."""

    @property
    def cards(self) -> Mapping[str, Any]: ...
    @property
    def base(self) -> Any: ...


class Renders(Protocol):
    def render_answer(self, card_id: str, *, bloc: int | None, voie: str | None, epreuve: str | None, on: date) -> Any: ...


def printed_topics(cards: Cards, renders: Renders, files: Mapping[str, Sequence[str]], on: date) -> tuple[PrintedTopic, ...]:
    """Every question's answer that day; `files` names the cards of each file. What nobody knows yet comes last, together."""
    printer = _Printer(cards, renders, on)
    known: dict[str, list[PrintedAnswer]] = {name: [] for name in (*TOPICS, "")}
    unknown: list[PrintedAnswer] = []
    for file, ids in files.items():
        for card in (cards.cards[name] for name in ids if file not in CONVERSATION_FILES):
            place = unknown if file == UNKNOWN_FILE or printer.is_unknown(card) else known[file if file in TOPICS else ""]
            place.extend(printer.print(card))
    topics = [PrintedTopic(name or "autres", TOPICS.get(name, OTHERS), tuple(answers)) for name, answers in known.items()]
    return tuple(topic for topic in [*topics, PrintedTopic(UNKNOWN_FILE, UNKNOWN_TOPIC, tuple(unknown))] if topic.answers)


class _Printer:
    def __init__(self, cards: Cards, renders: Renders, on: date) -> None:
        self._cards, self._renders, self._on = cards, renders, on

    def is_unknown(self, card: Any) -> bool:
        """Whether the card has practical values to give and not one of them is known that day."""
        return bool(card.pratique) and not any(self._cards.base.practical[name].is_known(self._on) for name in card.pratique)

    def print(self, card: Any) -> list[PrintedAnswer]:
        asked = [intent for intent in card.intents if intent.startswith("ask_") and intent not in NARROWED]
        if not asked:
            return []
        if asked[0] not in BY_BLOCK:
            return [self._answer(card, card.id, card.titre)]
        return [self._answer(card, f"{card.id}-{block.numero}", _title(asked[0], block), block.numero) for block in self._cards.base.facts.blocs]

    def _answer(self, card: Any, answer_id: str, title: str, block: int | None = None) -> PrintedAnswer:
        rendered = self._renders.render_answer(card.id, bloc=block, voie=None, epreuve=None, on=self._on)
        source = rendered.source
        fields = None if source is None else {"section": source.section, "url": source.url, "as_of": source.as_of}
        return PrintedAnswer(answer_id, title, rendered.text, fields)


def _title(intent: str, block: Any) -> str:
    return BY_BLOCK[intent].format(number=block.numero, short_title=block.titre_court)
