"""The catalogue that the services use: cards, facts, rules and search over one checked base. It decides nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.admissions.eligibility_rules import Rules
from bot.catalogue.definitions import DEFINITION_CARD, acronyms_asked
from bot.catalogue.eligibility_file import check_rules, read_rules
from bot.catalogue.links import check_links
from bot.catalogue.problems import raise_first_error
from bot.catalogue.public_facts import PublicFact, public_facts
from bot.catalogue.reading import Reading, read_base
from bot.catalogue.rendering import Asked, Base, Renderer, ThemeView
from bot.catalogue.schema import Competence
from bot.catalogue.schema_answers import AbsentTheme, Card, Theme
from bot.catalogue.search import STRONG, Embedder, ThemeHit, ThemeSearch
from bot.catalogue.templates import check_templates

# The only section whose answers carry a link: the record gives no other.
_LINKED_SECTION = "certificateur"


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; `as_of` is None for a practical value, whose day of reading is not recorded."""

    section: str
    url: str | None
    as_of: datetime.date | None


@dataclass(frozen=True)
class RenderedAnswer:
    """`buttons` are (title, id of a card or of a service)."""

    text: str
    source: Source | None
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Catalogue:
    base: Base
    rules: Rules
    renderer: Renderer
    _searches: dict[int, ThemeSearch] = field(default_factory=dict, repr=False, compare=False)

    @property
    def cards(self) -> Mapping[str, Card]:
        return self.base.cards

    @property
    def as_of(self) -> datetime.date:
        read_on: datetime.date = self.base.facts.identite.lu_le
        return read_on

    def card_for_intent(self, intent: str) -> Card:
        """The card that serves the intent. Raises: KeyError when none does (check_knowledge proves that each question has one)."""
        for card in self.cards.values():
            if intent in card.intents:
                return card
        raise KeyError(intent)

    def facts(self) -> list[PublicFact]:
        return public_facts(self.base.facts)

    def render(
        self,
        card_id: str,
        *,
        bloc: int | None = None,
        voie: str | None = None,
        epreuve: str | None = None,
        on: datetime.date,
        hits: Sequence[ThemeHit] = (),
        simple: bool = False,
    ) -> RenderedAnswer:
        """What the card says that day for what was asked; `hits` only serves the card of competences, `simple` asks for easier words."""
        card, asked = self.cards[card_id], Asked(bloc, voie, epreuve)
        text = self.renderer.card_text(card, asked, on, self._views(hits), simple)
        return self._rendered(card, text, self._source(card, asked, on))

    def define(self, text: str) -> list[tuple[str, str]]:
        """The acronyms whose meaning a message asks (« c'est quoi un EPCI ? »), each with its meaning; empty when it asks none."""
        glossary = self.base.landmarks.glossaire if DEFINITION_CARD in self.cards else ()
        return [(item.sigle, item.sens) for item in acronyms_asked(text, glossary)]

    def render_definition(self, sigles: Sequence[tuple[str, str]], on: datetime.date) -> RenderedAnswer:
        """What `define` found, told with its link to the record."""
        card = self.cards[DEFINITION_CARD]
        wanted = {sigle for sigle, _ in sigles}
        items = [item for item in self.base.landmarks.glossaire if item.sigle in wanted]
        return self._rendered(card, self.renderer.card_text(card, Asked(), on, sigles=items), self._source(card, Asked(), on))

    def reminder(self, card_id: str, on: datetime.date) -> str | None:
        """What corrects a premise about the card's matter, None when it has nothing to correct."""
        return self.renderer.reminder(self.cards[card_id], on)

    def title(self, name: str) -> str:
        """The title of the button that leads to a card or a service."""
        return self.cards[name].titre if name in self.cards else self.base.texts.services[name]

    def find_competences(self, text: str, embedder: Embedder, limit: int = 3) -> list[ThemeHit]:
        """The matters that the text names, best first, scored from 0 to 1 (see search.STRONG)."""
        return self.prepare_search(embedder).find(text, limit)

    def prepare_search(self, embedder: Embedder) -> ThemeSearch:
        """The index for this embedder, built at the first call: call it at the start so that no message waits for it."""
        if id(embedder) not in self._searches:
            competences = {item.id: item for item in self.base.facts.competences}
            self._searches[id(embedder)] = ThemeSearch([*self.base.themes, *self.base.absents], competences, embedder)
        return self._searches[id(embedder)]

    def _rendered(self, card: Card, text: str, source: Source | None) -> RenderedAnswer:
        return RenderedAnswer(text, source, tuple((self.title(name), name) for name in card.boutons))

    def _source(self, card: Card, asked: Asked, on: datetime.date) -> Source | None:
        variant = self.renderer.variant(card, asked)
        section = (variant.section if variant is not None else None) or card.section
        if section is not None:
            url = self.base.facts.identite.certificateur.site if section == _LINKED_SECTION else None
            return Source(self.base.facts.sections[section], url, self.as_of)
        if card.source is not None:
            landmark = self.base.landmarks.sources[card.source]
            return Source(landmark.libelle, landmark.url, self.base.landmarks.lu_le)
        known = [self.base.practical[name] for name in card.pratique if self.base.practical[name].is_known(on)]
        return Source(known[0].source or "", None, known[0].lu_le) if known else None

    def _views(self, hits: Sequence[ThemeHit]) -> list[ThemeView]:
        """The matters for a template; a competence that several of them hold is told once."""
        views, told = [], set()
        for hit in hits:
            views.append(self._view(hit, [item for item in hit.competences if item.id not in told]))
            told |= {item.id for item in hit.competences}
        return views

    def _view(self, hit: ThemeHit, competences: Sequence[Competence]) -> ThemeView:
        facts, theme = self.base.facts, hit.theme
        blocks = tuple(block for block in facts.blocs if any(item.bloc == block.numero for item in competences))
        activities = tuple(item for item in facts.activites if item.id in (theme.activites if isinstance(theme, Theme) else ()))
        lines = tuple(line for exam in facts.epreuves if exam.id in theme.epreuves for line in exam.lignes)
        near = tuple(item for item in facts.competences if item.id in (theme.voisines if isinstance(theme, AbsentTheme) else ()))
        return ThemeView(theme.libelle, hit.absent, tuple(competences), blocks, activities, hit.named or hit.score >= STRONG, lines, near)


def load_catalogue(root: Path, today: datetime.date) -> Catalogue:
    """Reads and checks knowledge/.

    Raises: KnowledgeError with file, line and remedy of the first fault that would make an answer wrong or impossible.
    """
    reading, rules = read_and_check(root, today)
    raise_first_error(reading.problems)
    if reading.base is None or rules is None:
        raise AssertionError("a faulty base always has a problem")
    return Catalogue(reading.base, rules, Renderer(reading.base))


def read_and_check(root: Path, today: datetime.date) -> tuple[Reading, Rules | None]:
    """The reading with every problem that does not depend on the intents, and the rules when they can be read."""
    reading = read_base(root)
    rules, rules_document = read_rules(reading)
    if rules is not None and rules_document is not None:
        check_rules(reading, rules, rules_document)
    check_links(reading)
    check_templates(reading, today)
    return reading, rules
