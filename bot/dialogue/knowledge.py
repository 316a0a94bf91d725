"""The catalogue as the dialogue needs it: intents instead of card ids, payloads instead of button names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

WELCOME, CONSENT, PRESCREENING = "accueil", "consentement", "preselection"  # ids of the cards that hold these texts
SERVICES = {"verifier": "request_prescreening", "humain": "request_human"}


@dataclass(frozen=True)
class DialogueKnowledge:
    """Satisfies bot.services.answer.KnowledgeBase over a bot.catalogue.catalogue.Catalogue and an embedder.

    `published` gives the catalogue of this moment, with what the office has published.
    """

    published: Callable[[], Any]
    embedder: Any
    retention_days: int
    lead_days: int

    @property
    def catalogue(self) -> Any:
        """The catalogue of this moment."""
        return self.published()

    def card_id_for_intent(self, intent: str) -> str | None:
        """The id of the card that serves an intent, or None."""
        try:
            return str(self.catalogue.card_for_intent(intent).id)
        except KeyError:
            return None

    def find_themes(self, text: str) -> Sequence[Any]:
        """The matters a text names, best first, scored from 0 to 1."""
        found: Sequence[Any] = self.catalogue.find_competences(text, self.embedder)
        return found

    def render_answer(self, card_id: str, *, bloc: int | None, voie: str | None, epreuve: str | None, on: date,
                      themes: Sequence[Any] = (), simple: bool = False) -> Any:
        """The card's text that day; buttons are (title, Rasa payload); a source always has a date."""
        return self._for_dialogue(self.catalogue.render(card_id, bloc=bloc, voie=voie, epreuve=epreuve, on=on, hits=themes, simple=simple))

    def reminder(self, intent: str, on: date) -> str | None:
        """What corrects a premise about what this intent asks, in one sentence; None when nothing does."""
        card_id = self.card_id_for_intent(intent)
        text = None if card_id is None else self.catalogue.reminder(card_id, on)
        return None if text is None else self._with_durations(text)

    def define(self, text: str) -> Sequence[Any]:
        """The acronyms whose meaning a message asks for, with it."""
        found: Sequence[Any] = self.catalogue.define(text)
        return found

    def render_definition(self, sigles: Sequence[Any], on: date) -> Any:
        """What the acronyms mean, as an answer."""
        return self._for_dialogue(self.catalogue.render_definition(sigles, on))

    def _for_dialogue(self, rendered: Any) -> Any:
        source = rendered.source
        if source is not None and source.as_of is None:
            source = replace(source, as_of=self.catalogue.as_of)
        return replace(
            rendered,
            text=self._with_durations(rendered.text),
            buttons=tuple((title, self._payload(name)) for title, name in rendered.buttons),
            source=source,
        )

    def title_for_intent(self, intent: str) -> str | None:
        """What a button that asks this is called, in plain words; None when there is nothing to choose."""
        if intent in SERVICES.values():
            return self.service_title(next(name for name, served in SERVICES.items() if served == intent))
        if not intent.startswith("ask_"):
            return None
        card_id = self.card_id_for_intent(intent)
        return None if card_id is None else str(self.catalogue.title(card_id))

    def sentence_in(self, language: str | None) -> str | None:
        """« I can only answer in French » in a language, None when it is unknown."""
        sentence = self.catalogue.base.texts.langues.get(language)
        return None if sentence is None else str(sentence)

    def service_title(self, name: str) -> str:
        return str(self.catalogue.title(name))

    def source_of_section(self, section: str) -> dict[str, Any]:
        """The source of a section of the record, by its key or its title, JSON-safe."""
        return {"section": self.catalogue.base.facts.sections.get(section, section), "url": None, "as_of": self.catalogue.as_of.isoformat()}

    def welcome(self, on: date) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The first message of a conversation and its buttons."""
        rendered = self.render_answer(WELCOME, bloc=None, voie=None, epreuve=None, on=on)
        return rendered.text, rendered.buttons

    def prescreening_intro(self, on: date) -> str:
        """The rule in two lines, said before the first question."""
        return str(self.render_answer(PRESCREENING, bloc=None, voie=None, epreuve=None, on=on).text)

    def consent_terms(self, on: date) -> tuple[str, str]:
        """The version and the whole text that a person accepts, recorded with the consent; another text is another version."""
        text = self.render_answer(CONSENT, bloc=None, voie=None, epreuve=None, on=on).text
        return hashlib.sha256(text.encode()).hexdigest()[:12], text

    def consent_notice(self, known: list[str], on: date) -> str:
        """The notice and its question; what the person already gave is read back to be confirmed."""
        recalled = f"J'ai noté : {', '.join(known)}.\n\n" if known else ""
        return recalled + self.consent_terms(on)[1]

    def _with_durations(self, text: str) -> str:
        return text.replace("%conversations%", _duration(self.retention_days)).replace("%contacts%", _duration(self.lead_days))

    def _payload(self, name: str) -> str:
        intent = SERVICES.get(name) or self.catalogue.cards[name].intents[0]
        return f"/{intent}"


def _duration(days: int) -> str:
    """30 gives « 30 jours », 1095 gives « 3 ans »."""
    return f"{days // 365} ans" if days % 365 == 0 and days > 365 else f"{days} jours"
