"""The curated answers as the console edits them: what each part says, what a draft would say, what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.admissions.errors import InputError
from bot.admissions.publications import Publication, PublicationKind
from bot.catalogue import editing
from bot.catalogue.catalogue import RenderedAnswer
from bot.catalogue.editing import NamedFact, Piece
from bot.catalogue.overlay import HUMAN, Overlay, card_parts, text_of, with_text
from bot.catalogue.public_facts import typed_facts
from bot.catalogue.rendering import Asked
from bot.catalogue.schema_answers import Card
from bot.catalogue.templates import everything_askable, path_of

# Texts that bind the university or keep people safe: they change in the repository, where they are read again by others.
PROTECTED_INTENTS = frozenset({"express_distress"})
PROTECTED_CARDS = frozenset({"accueil", "consentement", "donnees_personnelles"})
MOST_PREVIEWS = 5
_ASKED_WORDS = {"bloc": "bloc", "voie": "voie", "epreuve": "épreuve"}


@dataclass(frozen=True)
class EditablePart:
    """One part of an answer, ready for its form. `text` has marks in the place of what comes from the facts."""

    name: str
    label: str
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Preview:
    """What the chat would say; `label` tells for which question, empty when there is one only."""

    label: str
    text: str
    source: Mapping[str, Any] | None
    buttons: tuple[str, ...]


class AnswerEditor:
    """Everything here is read from the curated base; what is published comes in as an argument."""

    def __init__(self, overlay: Overlay, card_files: Mapping[str, Sequence[str]]) -> None:
        self._overlay = overlay
        self._base = overlay.curated.base
        self._files = card_files
        self._facts = typed_facts(self._base.facts)

    @property
    def card_files(self) -> Mapping[str, Sequence[str]]:
        """The ids of the answers of each file, as the office arranged them."""
        return self._files

    def title(self, card_id: str) -> str | None:
        """The title of an answer of the base, None when there is none of that id."""
        card = self._base.cards.get(card_id)
        return None if card is None else str(card.titre)

    def topic_of_intent(self, intent: str) -> str | None:
        """The answer that serves a reading, when a person can ask for it."""
        return next((name for name, card in self._base.cards.items() if intent in card.intents and self.is_askable(name)), None)

    def is_askable(self, card_id: str) -> bool:
        """Whether a question can be attached to it."""
        card = self._base.cards.get(card_id)
        return card is not None and any(intent.startswith(("ask_", "request_")) for intent in card.intents)

    def is_protected(self, card_id: str) -> bool:
        """Whether the console may not change it."""
        card = self._base.cards[card_id]
        return card_id in PROTECTED_CARDS or bool(PROTECTED_INTENTS & set(card.intents))

    def parts(self, card_id: str) -> list[tuple[str, str]]:
        """(name, label) of each part that has a text."""
        card = self._base.cards[card_id]
        return [(part, _label(card, part)) for part in card_parts(card)]

    def template(self, card_id: str, part: str) -> str | None:
        """The curated template of a part, None when there is no such part."""
        card = self._base.cards.get(card_id)
        return None if card is None else text_of(card, part)

    def form(self, card_id: str, part: str, template: str, on: datetime.date) -> EditablePart:
        """The part as its author edits it, `template` being its present text."""
        card = self._base.cards[card_id]
        text, codes = editing.editable(template)
        pieces = editing.pieces_of(self._overlay.curated.renderer, card, part, codes, template, on)
        return EditablePart(part, _label(card, part), text, tuple(pieces))

    def facts(self) -> list[NamedFact]:
        """What may be put in by its name, with its present value."""
        return editing.named_facts(self._facts)

    def checked(self, card_id: str, part: str, typed: str, before: str, on: datetime.date) -> str:
        """The template of what was typed, written from the template `before`.

        Raises: InputError with a sentence for its author: an unknown mark, a figure typed by hand, a text that cannot be said.
        """
        template = editing.template_of(typed, editing.editable(before)[1], self._facts)
        card = with_text(self._base.cards[card_id], part, template)
        if card is None:
            raise InputError("Cette partie de la réponse n'existe plus : revenez à la liste des réponses.")
        faults = editing.faults_of(self._overlay.curated.renderer, card, template, on)
        if faults:
            raise InputError(faults[0])
        return template

    def preview(self, card_id: str, part: str, publications: Sequence[Publication], on: datetime.date) -> list[Preview]:
        """What a part says with these publications, for each question that it answers differently."""
        catalogue = self._overlay.apply([one for one in publications if one.kind is not PublicationKind.SUSPENSION], on)
        card, renderer = catalogue.cards[card_id], catalogue.renderer
        found: dict[str, Preview] = {}
        for asked, _, simple in everything_askable(renderer, card):
            if ".".join(map(str, path_of(renderer, card, asked, simple))) == part and len(found) < MOST_PREVIEWS:
                said = catalogue.render(card_id, bloc=asked.bloc, voie=asked.voie, epreuve=asked.epreuve, simple=simple, on=on)
                found.setdefault(said.text, _preview(_asked_words(asked), said, catalogue.as_of))
        return list(found.values())

    def preview_answers(self, card_ids: Sequence[str], publications: Sequence[Publication], on: datetime.date) -> list[Preview]:
        """What several answers say with these publications, by their titles."""
        catalogue = self._overlay.apply(publications, on)
        return [_preview(catalogue.title(name), catalogue.render(name, on=on), catalogue.as_of) for name in card_ids]

    def preview_written(self, text: str, source: str, read_on: datetime.date) -> Preview:
        """An answer that the office writes, as the chat shows it."""
        return Preview("", text, {"section": source, "url": None, "as_of": read_on}, (self._overlay.curated.title(HUMAN),))

    def practical_items(self) -> Mapping[str, str]:
        """The label of each practical entry, by its id."""
        return {name: str(item.libelle) for name, item in self._base.practical.items()}

    def practical_in_files(self, name: str) -> tuple[str, str | None, datetime.date | None] | None:
        """Value, source and expiry that the file itself gives, None when it is empty there."""
        item = self._base.practical[name]
        return None if item.valeur is None else (item.valeur, item.source, item.expire_le)

    def answers_with(self, name: str) -> list[str]:
        """The answers that say a practical value: those that name it, and those whose text looks at it."""
        found = []
        for card_id, card in self._base.cards.items():
            texts = [text_of(card, part) or "" for part in card_parts(card)]
            if name in card.pratique or any(f"pratique.{name}" in text for text in texts):
                found.append(card_id)
        return found

    def left_out(self, publications: Sequence[Publication], on: datetime.date) -> frozenset[str]:
        """The ids of corrections that no longer fit the base, so that the curated text is served."""
        return self._overlay.apply(publications, on).left_out

    def registration_end(self) -> datetime.date:
        """The day after which nobody can enrol under the present registration."""
        end: datetime.date = self._base.facts.identite.enregistrement.echeance
        return end


def _preview(label: str, said: RenderedAnswer, as_of: datetime.date) -> Preview:
    source = said.source
    shown = None if source is None else {"section": source.section, "url": source.url, "as_of": source.as_of or as_of}
    return Preview(label, said.text, shown, tuple(title for title, _ in said.buttons))


def _asked_words(asked: Asked) -> str:
    return ", ".join(f"{_ASKED_WORDS[name]} : {value}" for name, value in asked.as_dict().items() if value is not None)


def _label(card: Card, part: str) -> str:
    words = "version plus simple" if part.endswith("simple") else "réponse"
    if "." not in part:
        return words[:1].upper() + words[1:]
    condition = card.variantes[int(part.split(".")[1])].si.dict(exclude_none=True)
    told = ", ".join(f"{_ASKED_WORDS[name]} {value}" for name, value in condition.items())
    return f"{words[:1].upper()}{words[1:]} quand la question porte sur : {told}"
