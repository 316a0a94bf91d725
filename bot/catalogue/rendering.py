"""Turns a card into the text that a person reads: Jinja2 in strict mode, where a missing or empty value is an error."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.catalogue import schema
from bot.catalogue.facts import Facts
from bot.catalogue.filters import FILTERS, WrongValue, liste, written
from bot.catalogue.public_facts import FactsByName
from bot.catalogue.schema_answers import AbsentTheme, Acronym, Card, Landmarks, PracticalItem, SharedTexts, Theme, Variant

RENDERING_FAULTS = (TemplateError, WrongValue, TypeError, ValueError, AttributeError, KeyError, IndexError)


@dataclass(frozen=True)
class Base:
    """Everything read from knowledge/, before templates are rendered."""

    facts: Facts
    landmarks: Landmarks
    practical: Mapping[str, PracticalItem]
    texts: SharedTexts
    cards: Mapping[str, Card]
    themes: tuple[Theme, ...]
    absents: tuple[AbsentTheme, ...]


@dataclass(frozen=True)
class Asked:
    """What the message was about, by id; None when it named nothing."""

    bloc: int | None = None
    voie: str | None = None
    epreuve: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"bloc": self.bloc, "voie": self.voie, "epreuve": self.epreuve}


@dataclass(frozen=True)
class PracticalView:
    """A practical item on a given day, as templates see it."""

    libelle: str
    valeur: str | None
    connu: bool


@dataclass(frozen=True)
class ThemeView:
    """A matter found in a message, as templates see it; `absent` when the record does not name it.

    `nommee` is False for one that is only near to what was asked; `lignes` are the exam lines (`bloc`, `libelle`) that speak of it;
    `voisines` are the competences nearest to an absent matter.
    """

    libelle: str
    absent: bool
    competences: tuple[schema.Competence, ...] = ()
    blocs: tuple[Any, ...] = ()
    activites: tuple[schema.Named, ...] = ()
    nommee: bool = True
    lignes: tuple[Any, ...] = ()
    voisines: tuple[schema.Competence, ...] = ()


def new_environment() -> ImmutableSandboxedEnvironment:
    """Plain text (no escaping: the widget writes text, never HTML), strict about what is missing."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=_finalize, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(FILTERS)
    return environment


@dataclass(frozen=True)
class Renderer:
    """Renders the cards of one base; templates are compiled once."""

    base: Base
    environment: ImmutableSandboxedEnvironment = field(default_factory=new_environment)
    _compiled: dict[str, Template] = field(default_factory=dict, repr=False, compare=False)

    def card_text(
        self,
        card: Card,
        asked: Asked,
        on: datetime.date,
        themes: Sequence[ThemeView] = (),
        simple: bool = False,
        sigles: Sequence[Acronym] = (),
    ) -> str:
        """What the card says; `simple` asks for its easier wording, when it has one. `sigles` serves the card of definitions."""
        return self.template_text(self.source_text(card, asked, simple), card, asked, on, themes, sigles)

    def template_text(
        self,
        source: str,
        card: Card,
        asked: Asked,
        on: datetime.date,
        themes: Sequence[ThemeView] = (),
        sigles: Sequence[Acronym] = (),
    ) -> str:
        """What a template says in the place of one of the card's."""
        context = {**self._context(asked, on, themes), "sigles": tuple(sigles)}
        if card.pratique:
            context["reponse_pratique"] = self._practical_answer(card, on, context)
        return self._render(source, context)

    def reminder(self, card: Card, on: datetime.date) -> str | None:
        """The one sentence that corrects a premise about this card's matter, if it has one."""
        return self._render(card.rappel, self._context(Asked(), on, ())) if card.rappel else None

    def source_text(self, card: Card, asked: Asked, simple: bool = False) -> str:
        """The template that serves what was asked, before rendering."""
        chosen = self.variant(card, asked) or card
        return (chosen.simple if simple else None) or chosen.reponse or "{{ reponse_pratique }}"

    @staticmethod
    def variant(card: Card, asked: Asked) -> Variant | None:
        """The first variant whose condition holds."""
        return next((variant for variant in card.variantes if variant.si.holds(asked.as_dict())), None)

    def _context(self, asked: Asked, on: datetime.date, themes: Sequence[ThemeView]) -> dict[str, Any]:
        facts = self.base.facts
        context: dict[str, Any] = {
            "f": facts,
            "faits": FactsByName(facts),
            "r": self.base.landmarks,
            "aujourdhui": on,
            "themes": tuple(themes),
            "pratique": {name: _view(item, on) for name, item in self.base.practical.items()},
            "bloc": _find(facts.blocs, "numero", asked.bloc),
            "voie": _find(facts.voies, "id", asked.voie),
            "epreuve": _find(facts.epreuves, "id", asked.epreuve),
        }
        context["je_ne_sais_pas"] = lambda sujet: self._render(self.base.texts.inconnu, {**context, "sujet": sujet})
        return context

    def _practical_answer(self, card: Card, on: datetime.date, context: Mapping[str, Any]) -> str:
        items = [self.base.practical[name] for name in card.pratique]
        known = [
            self._render(self.base.texts.connu, {**context, "libelle": item.libelle, "valeur": item.valeur})
            for item in items
            if item.is_known(on)
        ]
        return "\n".join(known) or context["je_ne_sais_pas"](liste(items))

    def _render(self, source: str, context: Mapping[str, Any]) -> str:
        if source not in self._compiled:
            self._compiled[source] = self.environment.from_string(source)
        text = self._compiled[source].render(context)
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def _view(item: PracticalItem, on: datetime.date) -> PracticalView:
    known = item.is_known(on)
    return PracticalView(item.libelle, item.valeur if known else None, known)


def _find(items: Sequence[Any], name: str, wanted: Any) -> Any:
    return next((item for item in items if getattr(item, name) == wanted), None) if wanted is not None else None


def _finalize(value: Any) -> Any:
    return value if isinstance(value, Undefined) else written(value)
