"""The knowledge of one moment: the curated base with what the office has published, and the additions to search."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.admissions.publications import ADDITION_PREFIX, Publication, PublicationKind
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


class LiveTitles(Mapping[str, str]):
    """The titles of all answers by id, at the moment they are asked for: those that the office writes come and go."""

    ENDED = "Une réponse du service, retirée depuis"

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue

    def __getitem__(self, card_id: str) -> str:
        if card_id.startswith(ADDITION_PREFIX) and card_id not in self._catalogue().cards:
            return self.ENDED
        return str(self._catalogue().cards[card_id].titre)

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue().cards)

    def __len__(self) -> int:
        return len(self._catalogue().cards)
