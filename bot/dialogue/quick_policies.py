"""Rasa's two policies as trained, finding in an index what Rasa looks for in every rule.

Rasa tries each of the two hundred rules at each step, several times a turn. The index names the few whose last step could
fit; these go through Rasa's own comparison, so that the prediction is the same. A test compares both on all dialogues.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rasa.core.policies import memoization, rule_policy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_ANY = None  # a rule that does not say


def quick(component: Any) -> Any:
    """The component, or a quicker one that predicts the same."""
    kind = {rule_policy.RulePolicy: RulePolicy, memoization.MemoizationPolicy: MemoizationPolicy}.get(type(component))
    if kind is None:
        return component
    twin = kind.__new__(kind)
    twin.__dict__.update(component.__dict__)
    return twin


class RulePolicy(rule_policy.RulePolicy):  # the name goes into each event: it must be Rasa's
    """Rules found by the last action and intent."""

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if not states:
            return set(lookup)
        past = list(reversed(states))
        return {key for key in self._index(lookup).candidates(past[0])
                if all(self._is_rule_applicable(key, place, state) for place, state in enumerate(past))}

    def _index(self, lookup: dict[str, str]) -> _RuleIndex:
        indexes: dict[int, _RuleIndex] = self.__dict__.setdefault("_indexes", {})
        if id(lookup) not in indexes:
            indexes[id(lookup)] = _RuleIndex(lookup)
        return indexes[id(lookup)]

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> str:
        """Nothing: it is written for a debug log that serving never shows."""
        return ""


class MemoizationPolicy(memoization.MemoizationPolicy):
    """Without the work when no story was learned."""

    def _prediction_states(self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool = False,
                           rule_only_data: dict[str, Any] | None = None) -> list[State]:
        """No states when no story was learned: whatever they were, nothing would be remembered of them."""
        return list(super()._prediction_states(tracker, domain, use_text_for_last_user_input, rule_only_data)) if self.lookup else []


class _RuleIndex:
    """Rules by what their last step asks of the previous action and of the intent."""

    def __init__(self, rules: Iterable[str]) -> None:
        self._all = list(rules)
        self._by_last_step: dict[tuple[str | None, str | None], list[str]] = {}
        for key in self._all:
            last = json.loads(key)[-1]
            asked = (_asked(last, PREVIOUS_ACTION, ACTION_NAME), _asked(last, USER, INTENT))
            self._by_last_step.setdefault(asked, []).append(key)

    def candidates(self, last: State) -> Iterable[str]:
        """Every rule that could apply when the conversation's last step is this one, and few others."""
        if not last.get(PREVIOUS_ACTION):
            return self._all  # the conversation's first step: Rasa compares nothing else
        action, intent = last.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), last.get(USER, {}).get(INTENT)
        kinds = {(action, intent), (action, _ANY), (_ANY, intent), (_ANY, _ANY)}
        return [key for asked in kinds for key in self._by_last_step.get(asked, ())]


def _asked(step: Mapping[str, Mapping[str, Any]], part: str, name: str) -> str | None:
    value = step.get(part, {}).get(name)
    return value if isinstance(value, str) and value and value != SHOULD_NOT_BE_SET else _ANY
