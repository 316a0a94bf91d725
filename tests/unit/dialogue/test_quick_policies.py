"""The index of rules leaves none out that Rasa would have found."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rasa.core.policies import rule_policy

from bot.dialogue.quick_policies import RulePolicy

ACTIONS, INTENTS, LOOPS = ("action_listen", "action_answer", "a_form"), ("greet", "ask"), ("a_form", "should_not_be_set")


def _steps(loops: Any) -> Any:
    return st.fixed_dictionaries({}, optional={
        "prev_action": st.fixed_dictionaries({"action_name": st.sampled_from(ACTIONS)}),
        "user": st.fixed_dictionaries({}, optional={"intent": st.sampled_from(INTENTS), "text": st.just("x")}),
        "active_loop": st.fixed_dictionaries({"name": loops}),
    })


RULES = st.lists(st.lists(_steps(st.sampled_from(LOOPS)), min_size=1, max_size=3), max_size=8)
PASTS = st.lists(_steps(st.just("a_form")), max_size=4)


@given(RULES, PASTS)
def test_the_same_rules_are_found(rules: list[Any], past: list[Any]) -> None:
    lookup = {json.dumps(rule): "action_listen" for rule in rules}
    quick, plain = RulePolicy.__new__(RulePolicy), rule_policy.RulePolicy.__new__(rule_policy.RulePolicy)
    assert quick._get_possible_keys(lookup, past) == plain._get_possible_keys(lookup, past)
