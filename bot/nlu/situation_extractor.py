"""Rasa component: everything a message says besides its intent, as entities.

`block`, `route`, `exam_kind` come from spaCy's EntityRuler; `diploma`, `experience`, `status` from the parsers of
bot/admissions; `email`, `phone` from bot/nlu/contact.py. Values are JSON-safe. What an answer to a question of ours
means (« 8 ans » after « combien d'années ? ») is read later, where the question is known: actions/reading.py.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.admissions.facts import Situation
from bot.admissions.reading import read_situation
from bot.nlu.contact import find_emails, find_phones
from bot.nlu.intent_classifier import SEGMENTS
from bot.nlu.language import detect_language
from bot.nlu.vocabulary import entity_patterns

# « les blocs 1 et 2 », « le bloc 1 ou le 3 »: the second number has no word of its own.
_TWO_BLOCKS = re.compile(r"\bblocs? (?:n° ?)?[123] ?(?:et|ou|,|/|&|puis|vs) ?(?:le |du |au |celui )?(?P<second>[123])\b")


@functools.lru_cache(maxsize=1)
def vocabulary_pipeline() -> Any:
    """spaCy's French tokenizer and the EntityRuler, nothing else: the one instance of this process."""
    import spacy

    nlp = spacy.blank("fr")
    nlp.add_pipe("entity_ruler").add_patterns(entity_patterns())
    return nlp


def find_vocabulary(text: str) -> list[dict[str, Any]]:
    """Entities block (int), route (str), exam_kind (str) with their places in the text."""
    plain = _fold_in_place(text)
    doc = _read_vocabulary(plain)
    second = [_entity("block", int(found["second"]), *found.span("second"), text) for found in _TWO_BLOCKS.finditer(plain)]
    named = [_entity(entity.label_, int(entity.ent_id_) if entity.label_ == "block" else entity.ent_id_, entity.start_char, entity.end_char, text)
            for entity in doc.ents]
    return sorted(named + second, key=lambda entity: int(entity["start"]))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SituationExtractor(GraphComponent, EntityExtractorMixin):
    """Adds to each message what it names, contact details, what the person says of themself, and a foreign language."""

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> SituationExtractor:
        return cls()

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy", "phonenumbers", "email_validator"]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = str(message.get(TEXT) or "")
            found = find_vocabulary(text) + find_contacts(text) + find_situation(text) + find_language(text)
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            for segment in message.get(SEGMENTS) or []:
                segment["entities"] = find_vocabulary(segment["text"])
        return messages


def find_contacts(text: str) -> list[dict[str, Any]]:
    """Entities email and phone."""
    return [_entity(mention.kind, mention.value, mention.start, mention.end, text) for mention in find_emails(text) + find_phones(text)]


def find_situation(text: str) -> list[dict[str, Any]]:
    """Entities diploma, experience and status: what the person says of themself; the whole message is their place."""
    update = read_situation(text, asked=None, today=date.today(), known=Situation())
    return [_entity(name, value, 0, len(text), text) for name, value in update.to_slots().items()]


def find_language(text: str) -> list[dict[str, Any]]:
    """Entity language, when the message is surely not French."""
    code = detect_language(text)
    return [] if code is None else [_entity("language", code, 0, len(text), text)]


def _entity(kind: str, value: Any, start: int, end: int, text: str) -> dict[str, Any]:
    return {"entity": kind, "value": value, "start": start, "end": end, "extractor": "SituationExtractor"}


@functools.lru_cache(maxsize=8)
def _read_vocabulary(folded: str) -> Any:
    """A message of one clause is read as a message, then as a clause."""
    return vocabulary_pipeline()(folded)


@functools.lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFD", letter)[0].lower()
    return plain if len(plain) == 1 else letter


def _fold_in_place(text: str) -> str:
    """Lower case without accents, each character in its place, so that entities keep their positions."""
    return "".join(_fold_letter(letter) for letter in text.replace("’", "'"))
