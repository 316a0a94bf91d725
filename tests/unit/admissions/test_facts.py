"""Facts survive the trip through JSON, and an update changes only what it names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, SituationUpdate, Status

_diplomas = st.builds(Diploma, level=st.none() | st.integers(0, 8), label=st.none() | st.text(max_size=5), foreign=st.booleans(), level_unknown=st.booleans())
_ambiguities = st.builds(Ambiguity, label=st.text(max_size=5), options=st.tuples(_diplomas, _diplomas))
_experiences = st.builds(Experience, months=st.none() | st.integers(0, 99), uncounted_months=st.none() | st.integers(0, 9), unknown=st.booleans(), asked_again=st.booleans())


@given(st.builds(Situation, st.none() | _diplomas | _ambiguities, st.none() | _experiences, st.none() | st.sampled_from(Status), st.booleans()))
def test_a_situation_comes_back_from_json_unchanged(situation: Situation) -> None:
    assert Situation.from_dict(json.loads(json.dumps(situation.to_dict()))) == situation


def test_a_fact_written_by_another_version_is_still_read() -> None:
    assert Diploma.from_dict({"level": 5, "mention": "bien"}) == Diploma(5)


def test_an_update_leaves_alone_what_it_does_not_name() -> None:
    known = Situation(Diploma(5), Experience(12), Status.SALARIE)

    assert SituationUpdate(experience=Experience(0)).apply_to(known) == Situation(Diploma(5), Experience(0), Status.SALARIE)
    assert SituationUpdate().apply_to(known) == known


def test_a_status_not_known_erases_the_one_that_was() -> None:
    updated = SituationUpdate(status_unknown=True).apply_to(Situation(status=Status.SALARIE))

    assert (updated.status, updated.status_unknown) == (None, True)


@pytest.mark.parametrize(("experience", "straddles"), [
    (Experience(24, 24, 48), True), (Experience(36, 36, 48), False), (Experience(24, 24, 35), False), (Experience(24, 24, None, open_ended=True), True),
    (Experience(36), False), (Experience(35), False), (Experience(unknown=True), False), (Experience(0), False),
])
def test_a_range_straddles_when_both_sides_are_possible(experience: Experience, straddles: bool) -> None:
    assert experience.straddles(36) is straddles
