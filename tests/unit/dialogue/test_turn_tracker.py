"""A turn's tracker is Rasa's tracker: the same slots and states after the same events, and copies that part ways."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, AllSlotsReset, BotUttered, Event, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.events import as_remembered, as_seen, read_events
from bot.dialogue.turn_tracker import TurnTracker

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [greet, ask]
actions: [action_answer]
slots:
  level: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  told: {type: bool, initial_value: false, mappings: [{type: custom}]}
forms: {a_form: {required_slots: []}}
""")


def _said(intent: str) -> UserUttered:
    return UserUttered("bonjour", {"name": intent, "confidence": 1.0}, [])


PAST: list[Event] = [
    ActionExecuted("action_listen"), _said("greet"), SlotSet("level", 4), ActionExecuted("action_answer"), BotUttered("Bonjour"),
    ActionExecuted("action_listen"), _said("ask"), ActionExecuted("a_form"), ActiveLoop("a_form"), SlotSet("told", True), ActionExecuted("action_listen"),
    _said("ask"), ActionExecuted("a_form"), SlotSet("level", 5),
]


def _after(tracker: DialogueStateTracker, events: list[Event]) -> DialogueStateTracker:
    for event in events:
        tracker.update(event, DOMAIN)
    return tracker


def _both(events: list[Event]) -> tuple[TurnTracker, DialogueStateTracker]:
    quick = TurnTracker("c", DOMAIN.slots)
    _after(quick, events)
    return quick, _after(DialogueStateTracker("c", DOMAIN.slots), events)


def test_slots_and_states_are_rasas_after_each_event() -> None:
    for length in range(len(PAST) + 1):
        quick, plain = _both(PAST[:length])
        assert quick.current_slot_values() == plain.current_slot_values()
        assert quick.past_states(DOMAIN) == plain.past_states(DOMAIN)
        assert quick.past_states(DOMAIN, ignore_rule_only_turns=True) == plain.past_states(DOMAIN, ignore_rule_only_turns=True)


def test_resets_leave_the_domain_as_it_was() -> None:
    for reset in (AllSlotsReset(), Restarted()):
        quick, plain = _both([*PAST, reset])
        assert quick.current_slot_values() == plain.current_slot_values()
    assert {slot.name: slot.value for slot in DOMAIN.slots if slot.name in ("level", "told")} == {"level": None, "told": False}


def test_a_copy_goes_its_own_way() -> None:
    quick, _ = _both(PAST)
    twin = quick.copy()
    _after(twin, [SlotSet("level", 7), ActiveLoop(None)])
    assert (quick.get_slot("level"), quick.active_loop_name, len(quick.events)) == (5, "a_form", len(PAST))
    assert (twin.get_slot("level"), twin.active_loop_name, len(twin.events)) == (7, None, len(PAST) + 2)


def test_whoever_alters_the_states_alters_a_copy() -> None:
    quick, plain = _both(PAST)
    del quick.past_states(DOMAIN)[-1]["user"]["intent"]
    assert quick.past_states(DOMAIN) == plain.past_states(DOMAIN)


def test_events_come_back_from_what_is_remembered_without_a_word_of_text() -> None:
    remembered = [as_remembered(event) for event in PAST]
    assert "onjour" not in str(remembered)
    quick, plain = _both(read_events(remembered))
    assert [state.get("user", {}).get("intent") for state in quick.past_states(DOMAIN)] == [
        state.get("user", {}).get("intent") for state in _both(PAST)[1].past_states(DOMAIN)]
    assert quick.current_slot_values() == plain.current_slot_values()


def test_an_event_is_written_out_once() -> None:
    event = SlotSet("level", 4)
    assert as_seen(event) is as_seen(event)
    assert as_seen(event) == event.as_dict()
