"""The knowledge of one moment: the curated base with what the office has published, and the additions to search."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.admissions.publications import Publication, PublicationKind
from bot.catalogue.additions import AdditionIndex, Embedder, PhraseVectors
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.overlay import Overlay, PublishedCatalogue


@dataclass(frozen=True)
class LiveKnowledge:
    catalogue: PublishedCatalogue
    additions: AdditionIndex


class LiveBuilder:
    """Builds the knowledge of a moment; what does not change from one to the next is made once."""

    def __init__(self, curated: Catalogue, embedder: Embedder) -> None:
        self.overlay = Overlay(curated)
        self._vectors = PhraseVectors(embedder)

    def __call__(self, publications: Sequence[Publication], on: datetime.date) -> LiveKnowledge:
        catalogue = self.overlay.apply(publications, on)
        additions = [one for one in publications if one.kind is PublicationKind.ADDITION and one.is_current(on)]
        questions = {name: card.intents[0] for name, card in catalogue.cards.items() if card.intents}
        return LiveKnowledge(catalogue, AdditionIndex(additions, questions.get, self._vectors))
