"""What every action shares: the assistant's services, and the message as it was heard."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.admissions.text import fold
from bot.services.answer import BLOCK_AWARE, COMPETENCE, EVALUATION, EXAM_KIND, ROUTE_INTENTS, Answer, Context, Topic
from bot.services.assistant import Assistant
from bot.services.prescreening import FACTS

# A question beside others is answered when it was heard at least this well; a matter of the programme, which attracts what is vague, better.
SECOND_TOPIC_CONFIDENCE = 0.32
SECOND_MATTER_CONFIDENCE = 0.5
MOST_TOPICS = 5
LEAST_QUESTION_WORDS = 4  # « c'est ça ? » asks nothing new
SHORT_LETTER_WORDS = 25
# What is taken for granted is corrected when it was heard at least this well.
PREMISE_CONFIDENCE = 0.45
# Two objects of one question share its probability: « le Siret et le formacode ».
JOINED_TOPIC_CONFIDENCE = 0.25
# …and a second one announced as such (« et aussi… ») is there even when it was heard less.
ANNOUNCED_TOPIC_CONFIDENCE = 0.15
_ANNOUNCES = re.compile(r"\b(?:et|mais) (?:aussi|egalement)\b|\bainsi que\b")
_COORDINATED = re.compile(r"\b(?:et|ainsi que|et puis|ou)\b|,")
_OPENING = re.compile(r"^\W*(?:(?:ah|ok|oui|bon|sinon|mais|alors|donc|merci|et|d'accord)\b\W*)+")  # « et c'est quand ? » joins nothing
ROUTE_TOPICS = frozenset({"ask_routes", "ask_prerequisites", *ROUTE_INTENTS.values()})
# « il faut aller à Limoges ou c'est par internet ? » asks both.
PLACE_OR_REMOTE = ("ask_place", "ask_remote")
_ON_SITE = re.compile(r"\b(?:limoges|sur place|presentiel|dans quelle ville|se deplacer|campus|c'est ou|c ou|cest ou|ou sont|ou ont lieu)\b")
_AT_A_DISTANCE = re.compile(r"\b(?:a distance|distanciel|internet|en ligne|visio\w*|chez (?:soi|moi)|zoom|teams)\b")
EXAM_TOPICS = frozenset({EXAM_KIND, EVALUATION})
FALLBACK, OUT_OF_SCOPE = "nlu_fallback", "out_of_scope"


class AssistantAction(Action, ABC):
    """An action with the assistant's services: given by `bootstrap`, or found at the first run under `rasa run actions`."""

    def __init__(self, assistant: Assistant | None = None) -> None:
        self._assistant = assistant

    @property
    def assistant(self) -> Assistant:
        if self._assistant is None:
            from bot.bootstrap import shared_assistant

            self._assistant = shared_assistant()
        return self._assistant

    @abstractmethod
    def name(self) -> str:
        """What Rasa calls it. Abstract here, or `rasa run actions` would try to register this class too."""


@dataclass(frozen=True)
class Heard:
    """The person's last message and what the conversation knows, read from Rasa's tracker."""

    tracker: Tracker

    @cached_property
    def message(self) -> dict[str, Any]:
        return self.tracker.latest_message or {}

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    @property
    def is_button(self) -> bool:
        """A button that carries an intent: its text is Rasa's notation, not words."""
        return bool(self.message.get("button"))

    @property
    def ranking(self) -> list[dict[str, Any]]:
        """Readings from the likeliest, without the fallback that hides them."""
        return [guess for guess in self.message.get("intent_ranking") or [] if guess.get("name") != FALLBACK]

    @property
    def likely(self) -> dict[str, float]:
        """The confidence of each reading, by intent."""
        return {guess["name"]: guess["confidence"] for guess in self.ranking}

    @property
    def intent(self) -> str:
        """The intent that the rules saw: nlu_fallback when nothing was heard well enough."""
        return str((self.message.get("intent") or {}).get("name") or FALLBACK)

    @property
    def requested_slot(self) -> str | None:
        slot: str | None = self.tracker.get_slot("requested_slot")
        return slot

    @property
    def form(self) -> str | None:
        return (self.tracker.active_loop or {}).get("name")

    def slot(self, name: str) -> Any:
        return self.tracker.get_slot(name)

    def entities(self, kind: str) -> list[Any]:
        return [entity["value"] for entity in self.message.get("entities") or [] if entity.get("entity") == kind]

    def entity(self, kind: str) -> Any:
        return next(iter(self.entities(kind)), None)

    @property
    def segments(self) -> list[dict[str, Any]]:
        return self.message.get("segments") or []

    @property
    def was_answered(self) -> bool:
        """Whether something was already said to this message: a form comes back after a digression."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return False
            if event.get("event") == "bot":
                return True
        return False

    @property
    def facts_before(self) -> dict[str, Any]:
        """The facts as they stood before the last message.

        Rasa reads a message's slots twice when it starts a form: « et aussi 1 an » must not be added twice.
        """
        before: dict[str, Any] = {}
        current: dict[str, Any] = {}
        for event in self.tracker.events:
            if event.get("event") == "user":
                before = dict(current)
            elif event.get("event") == "slot" and event.get("name") in FACTS:
                current[event["name"]] = event.get("value")
        return before

    @property
    def context(self) -> Context:
        return Context(**(self.slot("topic") or {}))

    def premises(self) -> list[str]:
        """The intents of what the message takes for granted: « puisque c'est ouvert aux apprentis… » is about the work-study route."""
        sure = (part for part in self.segments if part.get("premise") and part["confidence"] >= PREMISE_CONFIDENCE)
        return [part["name"] for part in sure if part["name"].startswith("ask_")]

    def topics(self) -> list[Topic]:
        """What the message asks, in order: several topics only when several clauses are clear questions."""
        clear = [segment for segment in self.segments if _is_clear_question(segment)]
        if len({segment["name"] for segment in clear}) > 1:
            return _without_repeats(_topic_of(segment) for segment in clear)[:MOST_TOPICS]
        best: dict[str, Any] = self.ranking[0] if self.ranking else {"name": self.intent, "confidence": 0.0}
        text = "" if self.is_button else self._asking_text(best["name"])
        named = (self.entity("block"), self.entity("route"), self.entity("exam_kind"))
        topic = Topic(best["name"], text, fold(text), best["confidence"], *named, is_attached="addition" in best)
        return self._spread(topic)

    def unheard_questions(self) -> list[dict[str, Any]]:
        """The segments of a message of several questions that ask something which was not heard well enough to be answered."""
        asked = [part for part in self.segments if part["question"] and not part.get("premise")]
        if len(asked) < 2 or self.is_button:
            return []
        return [part for part in asked if not (is_heard(part) and part["name"] != OUT_OF_SCOPE) and len(part["text"].split()) >= LEAST_QUESTION_WORDS]

    def _spread(self, topic: Topic) -> list[Topic]:
        """« par la VAE et par l'apprentissage », « les blocs 1 et 2 », « le niveau ainsi que les métiers »: one topic each."""
        routes, blocks = _distinct(self.entities("route")), _distinct(self.entities("block"))
        if len(routes) > 1 and topic.intent in ROUTE_TOPICS:
            return [replace(topic, intent=ROUTE_INTENTS[route], route=route) for route in routes][:MOST_TOPICS]
        if topic.intent in PLACE_OR_REMOTE and _ON_SITE.search(topic.folded) and _AT_A_DISTANCE.search(topic.folded):
            return [replace(topic, intent=intent) for intent in PLACE_OR_REMOTE]
        exams = _distinct(self.entities("exam_kind"))
        if len(exams) > 1 and not blocks and topic.intent in EXAM_TOPICS:
            return [replace(topic, intent=EXAM_KIND, exam_kind=exam) for exam in exams][:MOST_TOPICS]
        if len(blocks) > 1 and topic.intent in BLOCK_AWARE:
            return [replace(topic, block=block) for block in blocks][:MOST_TOPICS]
        second = self.ranking[1] if len(self.ranking) > 1 else None
        if (
            second
            and second["confidence"] >= (ANNOUNCED_TOPIC_CONFIDENCE if _ANNOUNCES.search(topic.folded) else JOINED_TOPIC_CONFIDENCE)
            and _COORDINATED.search(_OPENING.sub("", topic.folded))
            and _are_questions(topic.intent, second["name"])
        ):
            return [topic, replace(topic, intent=second["name"], confidence=second["confidence"])]
        return [topic]

    def _asking_text(self, intent: str) -> str:
        """The clauses of one intent when a long message has others too; else the whole text."""
        if intent == COMPETENCE and len(self.text.split()) <= SHORT_LETTER_WORDS:
            return self.text  # « l'acte de décès, qui le fait ? ça fait partie de la formation ? »: the matter stands in the other clause
        own = [segment["text"] for segment in self.segments if segment["name"] == intent]
        return " ".join(own) if own and len(own) < len(self.segments) else self.text


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _are_questions(*intents: str) -> bool:
    return all(intent.startswith("ask_") for intent in intents)


def _is_clear_question(segment: dict[str, Any]) -> bool:
    return bool(segment["question"]) and is_heard(segment) and segment["name"].startswith(("ask_", "request_"))


def is_heard(segment: dict[str, Any]) -> bool:
    """Whether a clause was heard well enough to be answered beside others."""
    return bool(segment["confidence"] >= (SECOND_MATTER_CONFIDENCE if segment["name"] == COMPETENCE else SECOND_TOPIC_CONFIDENCE))


def _without_repeats(topics: Iterable[Topic]) -> list[Topic]:
    """Each question once: the same intent twice is two questions only when each names something else."""
    kept: dict[tuple[Any, ...], Topic] = {}
    for topic in topics:
        kept.setdefault((topic.intent, topic.block, topic.route, topic.exam_kind, topic.text if topic.intent == COMPETENCE else ""), topic)
    return list(kept.values())


def _topic_of(segment: dict[str, Any]) -> Topic:
    found = {entity["entity"]: entity["value"] for entity in reversed(segment.get("entities") or [])}
    return Topic(
        segment["name"],
        segment["text"],
        fold(segment["text"]),
        segment["confidence"],
        found.get("block"),
        found.get("route"),
        found.get("exam_kind"),
        "addition" in segment,
    )


def speak(dispatcher: CollectingDispatcher, text: str, buttons: Iterable[tuple[str, str]] = (), source: dict[str, Any] | None = None) -> None:
    """Says one message; `buttons` are (title, payload)."""
    extra = {"source": source} if source else {}
    dispatcher.utter_message(text=text, buttons=[{"title": title, "payload": payload} for title, payload in buttons], **extra)


def remember_topic(heard: Heard, answers: list[Answer]) -> list[EventType]:
    """Keeps what was answered: the context for an ellipsis, the card ids for the lead."""
    if not answers:
        return []
    context = answers[-1].context
    known = heard.slot("topics") or []
    asked = known + [answer.card_id for answer in answers if answer.card_id not in known and (answer.context.intent or "").startswith("ask_")]
    return [SlotSet("topic", asdict(context)),
            SlotSet("topics", asked)]
