"""What the office has published, laid over the curated base: one more catalogue, with the same facts and rules.

A correction that no longer fits the base (a fact renamed in a later version) is left out: the curated text is served.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.admissions.publications import Publication, PublicationKind
from bot.catalogue.catalogue import Catalogue, RenderedAnswer, Source
from bot.catalogue.rendering import Base, Renderer
from bot.catalogue.schema_answers import Card, PracticalItem
from bot.catalogue.templates import card_findings

HUMAN = "humain"  # the service that leads to a person


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer that the office wrote in its console: plain text, never a template."""

    text: str
    source: Source


@dataclass(frozen=True)
class PublishedCatalogue(Catalogue):
    """The curated catalogue with what is published on one day. `left_out` are ids of corrections that no longer fit."""

    suspended: frozenset[str] = frozenset()
    written: Mapping[str, WrittenAnswer] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def render(self, card_id: str, *, on: datetime.date, **asked: Any) -> RenderedAnswer:
        """As the curated catalogue, but for answers that are suspended or written by the office."""
        if card_id in self.suspended:
            return RenderedAnswer(self.base.texts.suspendu, None, ((self.title(HUMAN), HUMAN),))
        if card_id in self.written:
            answer = self.written[card_id]
            return RenderedAnswer(answer.text, answer.source, ((self.title(HUMAN), HUMAN),))
        return super().render(card_id, on=on, **asked)


class Overlay:
    """Lays publications over one curated catalogue; what was once found sound is not checked again."""

    def __init__(self, curated: Catalogue) -> None:
        self.curated = curated
        self._sound: dict[tuple[Any, ...], bool] = {}

    def apply(self, publications: Iterable[Publication], on: datetime.date) -> PublishedCatalogue:
        """The catalogue of that day."""
        current = [publication for publication in publications if publication.is_current(on)]
        base = replace(self.curated.base, practical=with_practical(self.curated.base, _of(current, PublicationKind.PRACTICAL)))
        renderer = self._renderer(base)
        cards, left_out = self._corrected(renderer, _of(current, PublicationKind.CORRECTION), on)
        written = {one.subject: written_answer(one) for one in _of(current, PublicationKind.ADDITION) if "text" in one.body}
        titles = {one.subject: str(one.body["title"]) for one in current if one.subject in written}
        cards |= {subject: _card_of(subject, title) for subject, title in titles.items()}
        base = replace(base, cards={**self.curated.base.cards, **cards})
        suspended = {one.subject for one in _of(current, PublicationKind.SUSPENSION)} & set(base.cards)
        curated = self.curated
        return PublishedCatalogue(base, curated.rules, self._renderer(base), curated._searches,
                                  suspended=frozenset(suspended), written=written, left_out=frozenset(left_out))

    def _renderer(self, base: Base) -> Renderer:
        """Templates compiled for one base serve the others: they are kept by their text."""
        return replace(self.curated.renderer, base=base)

    def _corrected(self, renderer: Renderer, corrections: Sequence[Publication], on: datetime.date) -> tuple[dict[str, Card], set[str]]:
        cards: dict[str, Card] = {}
        left_out: set[str] = set()
        for subject in dict.fromkeys(one.subject for one in corrections):
            own = [one for one in corrections if one.subject == subject]
            corrected = self._sound_card(renderer, own, on)
            if corrected is None:
                left_out |= {one.id for one in own}
            else:
                cards[subject] = corrected
        return cards, left_out

    def _sound_card(self, renderer: Renderer, corrections: Sequence[Publication], on: datetime.date) -> Card | None:
        card = self.curated.base.cards.get(corrections[0].subject)
        for one in corrections:
            card = None if card is None else with_text(card, one.part, str(one.body["text"]))
        if card is None:
            return None
        key = (card.id, *((one.part, one.body["text"]) for one in corrections))
        if key not in self._sound:
            self._sound[key] = not card_findings(renderer, card, on)
        return card if self._sound[key] else None


def with_practical(base: Base, publications: Iterable[Publication]) -> dict[str, PracticalItem]:
    """The practical entries with their published values; one whose entry is gone is passed over."""
    practical = dict(base.practical)
    for one in publications:
        if one.subject in practical:
            values = {"valeur": one.body["value"], "source": one.source, "expire_le": one.expires_on, "lu_le": one.read_on}
            practical[one.subject] = practical[one.subject].copy(update=values)
    return practical


def card_parts(card: Card) -> list[str]:
    """The parts of a card that have a text of their own: reponse, simple, variantes.0.reponse…"""
    holders: list[tuple[str, Any]] = [("", card)] + [(f"variantes.{rank}.", variant) for rank, variant in enumerate(card.variantes)]
    return [f"{prefix}{key}" for prefix, holder in holders for key in ("reponse", "simple") if getattr(holder, key)]


def text_of(card: Card, part: str) -> str | None:
    """The template of one part, None when the card has no such part."""
    if part not in card_parts(card):
        return None
    holder, key = _holder(card, part)
    return str(getattr(holder, key))


def with_text(card: Card, part: str, text: str) -> Card | None:
    """The card with another text in that part, None when it has no such part."""
    if part not in card_parts(card):
        return None
    _, key = _holder(card, part)
    if "." not in part:
        return card.copy(update={key: text})
    rank = int(part.split(".")[1])
    variants = list(card.variantes)
    variants[rank] = variants[rank].copy(update={key: text})
    return card.copy(update={"variantes": tuple(variants)})


def written_answer(publication: Publication) -> WrittenAnswer:
    """The answer that an addition carries."""
    read_on = publication.read_on or publication.created_at.date()
    return WrittenAnswer(str(publication.body["text"]), Source(publication.source or "", None, read_on))


def learned_intent(subject: str) -> str:
    """The question that only an addition's answer serves."""
    return f"ask_{subject}"


def _card_of(subject: str, title: str) -> Card:
    return Card(id=subject, intents=(learned_intent(subject),), titre=title, sans_source="écrite par le service", reponse="(texte publié)")


def _holder(card: Card, part: str) -> tuple[Any, str]:
    pieces = part.split(".")
    return (card, part) if len(pieces) == 1 else (card.variantes[int(pieces[1])], pieces[2])


def _of(publications: Iterable[Publication], kind: PublicationKind) -> list[Publication]:
    return [one for one in publications if one.kind is kind]
