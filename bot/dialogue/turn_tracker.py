"""Rasa's tracker for one turn: the same events and the same state, without replaying them at every look.

Rasa copies a tracker by replaying its whole history, and does so before each action and for each step of its policies'
history: a fifth of a turn. Here a copy shares what does not change, and states are worked out once per step.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Iterable
from typing import Any

from rasa.shared.constants import DEFAULT_SENDER_ID
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


class TurnTracker(DialogueStateTracker):
    """Slots are replaced, never changed: trackers and the domain may share them."""

    def __init__(self, sender_id: str, slots: Iterable[Slot]) -> None:
        super().__init__(sender_id, [])
        self.slots = {slot.name: slot for slot in slots}
        self._states_of: tuple[Any, ...] | None = None
        self._states: list[State] = []

    def copy(self) -> TurnTracker:
        """Another tracker with the same past, free to go its own way."""
        twin = type(self).__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events, twin.slots, twin.active_loop = self.events.copy(), dict(self.slots), copy.copy(self.active_loop)
        return twin

    def past_states(self, domain: Domain, omit_unset_slots: bool = False, ignore_rule_only_turns: bool = False,
                    rule_only_data: dict[str, Any] | None = None) -> list[State]:
        """As Rasa's. Three readers ask for the same states at each step, and each alters what it gets."""
        wanted = (len(self.events), id(domain), omit_unset_slots, ignore_rule_only_turns, id(rule_only_data))
        if self._states_of != wanted:
            self._states = super().past_states(domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
            self._states_of = wanted
        return [{kind: dict(part) for kind, part in state.items()} for state in self._states]

    def generate_all_prior_trackers(self) -> Generator[tuple[DialogueStateTracker, bool], None, None]:
        """As Rasa's, with what states are made of: slots that influence the dialogue, and no answers."""
        featured = [slot for slot in self.slots.values() if slot.influence_conversation]
        names = {slot.name for slot in featured}
        tracker = DialogueStateTracker(self.sender_id or DEFAULT_SENDER_ID, featured, is_rule_tracker=self.is_rule_tracker)
        for event in self.applied_events():
            if isinstance(event, ActionExecuted):
                yield tracker, event.hide_rule_turn
            if not isinstance(event, BotUttered) and not (isinstance(event, SlotSet) and event.key not in names):
                event.apply_to(tracker)
        yield tracker, False

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots[key] = copy.copy(self.slots[key])
        super()._set_slot(key, value)

    def _reset_slots(self) -> None:
        # Those that are as they were at first may stay shared: resetting them changes nothing.
        self.slots = {name: copy.copy(slot) if slot.has_been_set or slot.value is not slot.initial_value else slot
                      for name, slot in self.slots.items()}
        super()._reset_slots()
