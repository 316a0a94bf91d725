"""The brain of `bot serve`: one message in, the answer out, nothing kept between two messages but a small JSON state."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Action

from bot.admissions.sensitive_data import find_sensitive
from bot.dialogue.in_process import DirectActions, InProcessActions, call_actions_directly, current_failures
from bot.dialogue.state import state_after, tracker_from_state
from bot.dialogue.turn_processor import PlainTurnProcessor, TurnProcessor
from bot.dialogue.turn_tracker import TurnTracker
from bot.services.learned import Nearest, with_additions
from bot.services.logs import log_event
from bot.services.prescreening import FACTS
from bot.services.protocols import Button, OutgoingMessage, Source, TurnInput, TurnOutput, Unanswered
from bot.services.published import Published
from bot.services.turn import current_turn
from bot.services.wording import DO_NOT_WRITE, NOTHING_SAID

Result = TypeVar("Result")
CHANNEL = "assistant"
# What a person types is always text. Rasa reads « /intent{…} » as an intent at full confidence: such text is taken
# for what it is, an attempt at commands.
_COMMAND = re.compile(r"^\s*/")
COMMAND_INTENT = "prompt_injection"


class _Silence(OutputChannel):
    """Answers are read from the tracker's events; nothing is sent anywhere."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        return None


class RasaBrain:
    """Answers messages with a trained Rasa model and actions that run in this process."""

    def __init__(self, model: Path, actions: Iterable[Action], welcome: Callable[[], Iterable[OutgoingMessage]], plain: bool = False,
                 published: Published[Any] | None = None, title_of: Callable[[str], str | None] = lambda _intent: None) -> None:
        """Loads the model. `plain`: everything Rasa's way, to compare with; `published`: what the office adds meanwhile;
        `title_of`: the title of the card that answers an intent, which names the last topic for a message that goes on with it.

        Raises: rasa.exceptions.ModelNotFound when the file is missing or unreadable.
        """
        call_actions_directly()
        processor, endpoint = (PlainTurnProcessor, InProcessActions) if plain else (TurnProcessor, DirectActions)
        self._new_tracker = DialogueStateTracker if plain else TurnTracker
        # The generator needs the domain, which only the loaded model knows: it is set right after.
        self._processor = processor(str(model), InMemoryTrackerStore(Domain.empty()), InMemoryLockStore(), None, action_endpoint=endpoint(actions))
        self._processor.title_of = title_of
        self._processor.nlg = NaturalLanguageGenerator.create(None, self._processor.domain)
        self._welcome = welcome
        self._published = published

    @property
    def domain(self) -> Domain:
        return self._processor.domain

    def welcome(self) -> list[OutgoingMessage]:
        """What a new conversation begins with."""
        return list(self._welcome())

    def understand(self, text: str) -> dict[str, Any]:
        """The parse of a text alone: intent, intent_ranking, entities, segments."""
        return _run(self._processor.parse_message(UserMessage(_without_command(text))))

    def reply(self, turn: TurnInput) -> TurnOutput:
        """Answers one message. Raises AdmissionsError when storage failed an action: the turn must then be given up."""
        turn_token, failures_token = current_turn.set(turn), current_failures.set([])
        try:
            with nullcontext() if self._published is None else self._published.turn(turn.uow) as knowledge:
                return _run(self._reply(turn, None if knowledge is None else knowledge.additions.nearest))
        finally:
            current_turn.reset(turn_token)
            current_failures.reset(failures_token)

    async def _reply(self, turn: TurnInput, nearest: Nearest | None) -> TurnOutput:
        tracker = tracker_from_state(self._new_tracker(turn.conversation_id, self.domain.slots), turn.state, self.domain)
        known = len(tracker.events)
        message = self._message(turn)
        if nearest is not None and message.parse_data is None:
            parse = await self._processor.parse_message(message, tracker)
            message.parse_data = with_additions(parse, nearest, tracker.active_loop_name, tracker.get_slot(REQUESTED_SLOT))
        await self._processor.take_turn(tracker, message)
        failures = current_failures.get()
        if failures:
            raise failures[0]
        events = list(tracker.events)[known:]
        return TurnOutput(
            state=state_after(turn.state, events),
            messages=(*_warnings(turn), *(tuple(_outgoing(events)) or _said_anyway(turn))),
            events=tuple(_storable(event) for event in events),
            unanswered=_unanswered(turn, tracker),
            intent=_heard(events),
            is_clarified=_asked_what_was_meant(events),
            verdict=_verdict_given(events),
        )

    def _message(self, turn: TurnInput) -> UserMessage:
        payload = turn.intent_payload
        if payload is None or not payload.startswith("/"):
            text = turn.text if payload is None else payload
            parse_data = _command_parse(text) if _COMMAND.match(text or "") else None
            return UserMessage(text, _Silence(), turn.conversation_id, parse_data=parse_data, input_channel=CHANNEL)
        return UserMessage(payload, _Silence(), turn.conversation_id, parse_data=_button_parse(payload), input_channel=CHANNEL)


class _ThreadLoop(threading.local):
    """The event loop of a worker thread: a new one for each message costs more than the message's SQL."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.loop.close()


_thread = _ThreadLoop()


def _run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Runs Rasa's coroutine to its end; beside a loop that already runs in this thread, in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _thread.loop.run_until_complete(coroutine)
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, asyncio.run, coroutine).result()


def _without_command(text: str) -> str:
    return _COMMAND.sub("", text)


def _command_parse(text: str | None) -> dict[str, Any]:
    return {"text": text, "intent": {"name": COMMAND_INTENT, "confidence": 1.0}, "entities": [], "intent_ranking": []}


def _button_parse(payload: str) -> dict[str, Any]:
    """A button's payload is Rasa's own notation: `/intent` or `/intent{"entity": value}`."""
    name, _, entities = payload[1:].partition("{")
    values = json.loads("{" + entities) if entities else {}
    found = [{"entity": entity, "value": value, "start": 0, "end": 0} for entity, value in values.items()]
    intent = {"name": name, "confidence": 1.0}
    return {"text": payload, "intent": intent, "entities": found, "intent_ranking": [intent], "button": True}


def _warnings(turn: TurnInput) -> Iterable[OutgoingMessage]:
    """One kind word when somebody typed a number or a health detail that nobody needs here; nothing of it is repeated."""
    found = find_sensitive(turn.text or "")
    return () if found is None else (OutgoingMessage(DO_NOT_WRITE[found]),)


def _said_anyway(turn: TurnInput) -> Iterable[OutgoingMessage]:
    """No turn ends in silence: whatever rule left the answer empty is a fault to look for in the logs."""
    log_event("answer_was_empty", logging.WARNING, conversation=turn.conversation_id)
    return (OutgoingMessage(NOTHING_SAID),)


def _outgoing(events: Iterable[Event]) -> Iterable[OutgoingMessage]:
    for event in events:
        if isinstance(event, BotUttered) and event.text:
            yield OutgoingMessage(event.text, tuple(_buttons(event)), _source(event))


def _buttons(event: BotUttered) -> Iterable[Button]:
    return (Button(button["title"], button["payload"]) for button in event.data.get("buttons") or [])


def _source(event: BotUttered) -> Source | None:
    source = (event.metadata or {}).get("source")
    return None if source is None else Source(source["section"], date.fromisoformat(source["as_of"]), source.get("url"))


def _storable(event: Event) -> dict[str, Any]:
    """The event as history keeps it: what was typed stands once, in the messages, and is erased with them.

    A slot's value is kept when it is a fact of the pre-screening or no text: names, addresses and questions are not.
    """
    body: dict[str, Any] = event.as_dict()
    if body["event"] == "user":
        body = {key: body[key] for key in ("event", "timestamp")} | {"intent": (body.get("parse_data") or {}).get("intent")}
    elif body["event"] == "bot":
        body = {key: body[key] for key in ("event", "timestamp")}
    elif body["event"] == "slot" and body["name"] not in FACTS and not isinstance(body.get("value"), (bool, int, NoneType)):
        body.pop("value")
    return body


def _heard(events: Iterable[Event]) -> str | None:
    """The question heard; one that the office has added counts under its own name, not under the one that the rules see."""
    heard = next((event for event in events if isinstance(event, UserUttered)), None)
    if heard is not None and "addition" in heard.intent:
        return str(heard.parse_data["intent_ranking"][0]["name"])
    return None if heard is None else heard.intent_name


def _verdict_given(events: Iterable[Event]) -> str | None:
    return next((event.value for event in events if isinstance(event, SlotSet) and event.key == "verdict"), None)


def _asked_what_was_meant(events: Iterable[Event]) -> bool:
    return any(isinstance(event, SlotSet) and event.key == "misunderstandings" and event.value for event in events)


def _unanswered(turn: TurnInput, tracker: DialogueStateTracker) -> Unanswered | None:
    marked = tracker.get_slot("unanswered")
    latest = tracker.latest_message
    if not marked or turn.text is None or latest is None:
        return None
    ranking = latest.parse_data.get("intent_ranking") or []
    guesses = [{"intent": guess["name"], "confidence": round(guess["confidence"], 3)} for guess in ranking[:3]]
    return Unanswered(turn.text, tuple(guesses))
