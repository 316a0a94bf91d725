"""Rasa's message processor for one turn of a tracker that somebody else loads and keeps.

What is overridden here only leaves out work whose result nobody reads: deep copies of everything for debug logs that are
never shown, trackers replayed to be copied, a scheduler for a graph that runs in a fixed order. docs/performance.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExtractSlots
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ModelNotFound
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.direct_runner import DirectRunner
from bot.dialogue.model_storage import ServedModelStorage
from bot.services.after_distress import DISTRESS, still_in_distress
from bot.services.continuation import (
    CORRECTIONS,
    may_continue,
    read_in_context,
    stay_with_topic,
    subject_of_topic,
    what_was_meant,
)
from bot.services.heard_facts import intent_for_facts
from bot.services.turn import current_turn


class PlainTurnProcessor(MessageProcessor):
    """Everything Rasa's way: what the quick one is compared with."""

    title_of: Callable[[str], str | None]  # of the card that answers an intent

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Rasa's understanding; the facts that a message states are heard first (bot/services/heard_facts.py)."""
        parse = dict(await super().parse_message(message, tracker, only_output_properties))
        turn = current_turn.get()
        if tracker is None or turn is None or message.parse_data is not None or not parse.get("text"):
            return parse
        slots = {name: slot.value for name, slot in tracker.slots.items()}
        if still_in_distress(parse, slots.get("topic")):
            return _with_intent(parse, DISTRESS)
        name = intent_for_facts(parse["intent"]["name"], parse["text"], slots, tracker.active_loop_name, turn.now.date())
        return await self._in_the_light_of_the_topic(parse, tracker) if name is None else _with_intent(parse, name)

    async def _in_the_light_of_the_topic(self, parse: dict[str, Any], tracker: DialogueStateTracker) -> dict[str, Any]:
        """The parse, weighed with a second one after the title of the last topic (bot/services/continuation.py)."""
        topic = tracker.get_slot("topic")
        meant = what_was_meant(parse["text"]) if parse["intent"]["name"] in CORRECTIONS and tracker.active_loop_name is None else None
        if meant is not None:
            parse = dict(await super().parse_message(UserMessage(meant))) | {"text": parse["text"]}
        subject = subject_of_topic(topic, self.title_of(str((topic or {}).get("intent"))))
        if subject is None:
            return parse
        stays = stay_with_topic(parse, topic)
        if stays is not None or not may_continue(parse, tracker.active_loop_name):
            return parse if stays is None else stays
        again = await super().parse_message(UserMessage(f"{subject} : {parse['text']}"))
        return read_in_context(parse, dict(again))

    async def take_turn(self, tracker: DialogueStateTracker, message: UserMessage) -> None:
        """Understands the message and runs actions until the dialogue listens again; the tracker is changed in place."""
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)


class TurnProcessor(PlainTurnProcessor):
    """The same turn without the work that nobody reads."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        archive = Path(model_path)
        if not archive.is_file():
            raise ModelNotFound(f"No model found at path '{model_path}'.")
        with tempfile.TemporaryDirectory() as folder:
            metadata, runner = loader.load_predict_graph_runner(Path(folder), archive, ServedModelStorage, DirectRunner)
        return archive.name, metadata, runner

    async def run_action_extract_slots(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
        extraction = ActionExtractSlots(self.action_endpoint)
        custom = self._only_custom_actions()
        if custom is None:
            events = await extraction.run(output_channel, self.nlg, tracker, self.domain)
        else:
            found = [await extraction._run_custom_action(name, output_channel, self.nlg, tracker, self.domain) for name in custom]
            events = [event for its_events in found for event in its_events if isinstance(event, SlotSet)]
        tracker.update_with_events(events, self.domain)
        return tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return (TurnForm(action.name(), self.action_endpoint) if type(action) is FormAction else action), prediction

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: it warns whoever trains a model, and builds an empty domain for each message to do so."""

    def _only_custom_actions(self) -> list[str] | None:
        """The actions that fill the slots when nothing else does, without condition; None leaves it all to Rasa."""
        if ACTION_VALIDATE_SLOT_MAPPINGS in self.domain.user_actions:
            return None
        mappings = [mapping for slot in self.domain.slots if slot.name not in DEFAULT_SLOT_NAMES for mapping in slot.mappings]
        if any(mapping.get("type") != "custom" or set(mapping) - {"type", "action"} for mapping in mappings):
            return None
        return list(dict.fromkeys(mapping["action"] for mapping in mappings if "action" in mapping))

    def _log_action_on_tracker(self, tracker: DialogueStateTracker, action: Action, events: list[Event] | None, prediction: PolicyPrediction) -> None:
        was_rejected = any(isinstance(event, ActionExecutionRejected) for event in events or [])
        if not was_rejected:
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nothing: values of slots are personal data, and are written nowhere."""


def _with_intent(parse: dict[str, Any], name: str | None) -> dict[str, Any]:
    intent = {"name": name, "confidence": parse["intent"]["confidence"]}
    return parse | {"intent": intent, "intent_ranking": [intent, *(guess for guess in parse.get("intent_ranking") or [] if guess["name"] != name)]}


class TurnForm(FormAction):
    """Rasa's form, with the tracker copied rather than replayed."""

    def _temporary_tracker(self, current_tracker: DialogueStateTracker, additional_events: list[Event], domain: Domain) -> DialogueStateTracker:
        if current_tracker.idx_after_latest_restart():
            return super()._temporary_tracker(current_tracker, additional_events, domain)
        tracker = current_tracker.copy()
        for event in (SlotSet(REQUESTED_SLOT, self.get_slot_to_fill(current_tracker)), ActionExecuted(self.name()), *additional_events):
            tracker.update(event, domain)
        return tracker

    async def _validate_if_required(self, tracker: DialogueStateTracker, domain: Domain, output_channel: OutputChannel, nlg: Any) -> list[Event]:
        follows_a_message = tracker.latest_action_name == ACTION_LISTEN_NAME and not tracker.is_active_loop_interrupted
        if not tracker.active_loop or follows_a_message:
            return list(await self.validate(tracker, domain, output_channel, nlg))
        return list(await self.validate_slots({}, tracker, domain, output_channel, nlg))
