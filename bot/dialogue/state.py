"""What a conversation's dialogue remembers between two messages, as small JSON.

A snapshot (slots and active form) plus the events of the last few turns: enough for every policy of config.yml, and of
the same size at turn 200 as at turn 10. The whole history of events is kept beside it, append-only, and never replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.events import as_remembered, read_events

TURNS_KEPT = 4  # MemoizationPolicy's max_history: what is older decides nothing


def tracker_from_state(tracker: DialogueStateTracker, state: Mapping[str, Any] | None, domain: Domain) -> DialogueStateTracker:
    """The new tracker, brought where it stood after the last turn; `None` gives a conversation that has just begun."""
    for event in _opening_events(state) + read_events((state or {}).get("events", [])):
        tracker.update(event, domain)
    return tracker


def state_after(before: Mapping[str, Any] | None, new_events: Iterable[Event]) -> dict[str, Any]:
    """The state after a turn whose events are `new_events`."""
    previous = dict(before or {})
    events = list(previous.get("events", [])) + [as_remembered(event) for event in new_events]
    slots, loop = dict(previous.get("slots", {})), previous.get("active_loop")
    folded, kept = _split_before_last_turns(events)
    for event in folded:
        if event["event"] == SlotSet.type_name:
            slots[event["name"]] = event["value"]
        elif event["event"] == ActiveLoop.type_name:
            loop = event["name"]
    return {"slots": {name: value for name, value in slots.items() if value is not None}, "active_loop": loop, "events": kept}


def _opening_events(state: Mapping[str, Any] | None) -> list[Event]:
    slots = [SlotSet(name, value) for name, value in (state or {}).get("slots", {}).items()]
    loop = (state or {}).get("active_loop")
    start: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    return [*start, *slots, *([ActiveLoop(loop)] if loop else []), ActionExecuted(ACTION_LISTEN_NAME)]


def _split_before_last_turns(events: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    starts = [index for index, event in enumerate(events) if event["event"] == UserUttered.type_name]
    if len(starts) <= TURNS_KEPT:
        return [], events
    cut = starts[-TURNS_KEPT]
    return events[:cut], events[cut:]
