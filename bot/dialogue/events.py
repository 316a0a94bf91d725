"""Rasa's events from and to plain values, without looking through every class of events each time."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.utils.common import all_subclasses

_SEEN = "_as_seen_by_actions"


def read_events(bodies: Iterable[Mapping[str, Any]]) -> list[Event]:
    """As Rasa's deserialise_events. Raises ValueError for an event that Rasa does not know."""
    events = []
    for body in bodies:
        kind = _kinds().get(body["event"])
        if kind is None:
            raise ValueError(f"unknown event {body['event']!r}")
        event = kind._from_parameters(dict(body))
        if event is not None:
            events.append(event)
    return events


def as_seen(event: Event) -> dict[str, Any]:
    """The event as actions see it, made once: a turn's actions look at the same past again and again."""
    known: dict[str, Any] | None = vars(event).get(_SEEN)
    if known is None:
        known = vars(event)[_SEEN] = dict(event.as_dict())
    return known


def as_remembered(event: Event) -> dict[str, Any]:
    """The event as later turns need it: of what was said, the intent and the kinds of entities; not a word of text."""
    if isinstance(event, UserUttered):
        intent, entities = dict(event.intent), [{"entity": entity.get("entity")} for entity in event.entities]
        parse = {"text": None, "intent": intent, "entities": entities}
        return {"event": event.type_name, "timestamp": event.timestamp, "text": None, "parse_data": parse}
    if isinstance(event, BotUttered):
        return {"event": event.type_name, "timestamp": event.timestamp}
    return dict(event.as_dict())


@functools.lru_cache(maxsize=1)
def _kinds() -> dict[str, type[Event]]:
    kinds: dict[str, type[Event]] = {}
    for kind in all_subclasses(Event):
        kinds.setdefault(kind.type_name, kind)  # the first of a name, as Rasa does
    return kinds
