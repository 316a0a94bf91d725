"""The verdict follows the contract's five rules for every situation, and explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admissions.eligibility import Assessment, Rules, assess, describe_months
from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, Status, Verdict
from tests.unit.admissions.notation import TODAY

LEVELS = (None, 0, 3, 4, 5, 6, 7, 8)
MONTHS = (None, 0, 1, 12, 35, 36, 37, 120)
MARKERS = ("foreign", "level_unknown", "two_years_validated", "without_diploma")
ORDER = {None: 0, Verdict.NOT_YET: 1, Verdict.VAE: 1, Verdict.TO_REVIEW: 2, Verdict.ELIGIBLE: 3}


def _grid() -> Iterator[Situation]:
    marks = [{}, *({marker: True} for marker in MARKERS)]
    experiences = [None, Experience(unknown=True), *(Experience(months=m, uncounted_months=u, uncounted_kind="stage" if u else None) for m in MONTHS if m is not None for u in (0, 12, 60))]
    statuses = [(None, False), (None, True), *((status, False) for status in Status)]
    for level, mark, experience, (status, unknown) in product(LEVELS, marks, experiences, statuses):
        if level is not None or mark:
            yield Situation(Diploma(level, "diplôme", **mark), experience, status, unknown)


def _oracle(situation: Situation) -> str:  # noqa: C901 written rule by rule, as the contract is
    """The contract's rules, written again from its text: a verdict, or « ask <fact> »."""
    diploma, experience = situation.diploma, situation.experience
    assert isinstance(diploma, Diploma)
    paid = None if experience is None or experience.unknown else experience.months
    told = experience is not None
    admitted = situation.status in (Status.SALARIE, Status.DEMANDEUR_EMPLOI)
    other_status = situation.status_unknown or situation.status is not None
    if diploma.level in (5, 6, 7, 8):
        return "eligible"
    if diploma.level == 4:
        if not told:
            return "ask experience"
        if paid is not None and paid >= 36:
            if admitted:
                return "eligible"
            return "to_review" if other_status else "ask status"
    if diploma.foreign or diploma.level_unknown or diploma.two_years_validated or diploma.level is None:
        return "to_review"
    if not told:
        return "ask experience"
    if paid is None:
        return "to_review"
    extra = experience.uncounted_months or 0
    if diploma.level == 4:
        return "to_review" if extra and paid + extra >= 36 else "not_yet"
    if paid > 0:
        return "vae"
    return "to_review" if extra else "not_yet"


def _summary(found: Assessment) -> str:
    return found.verdict.value if found.verdict is not None else f"ask {found.missing[0]}"


def test_every_situation_of_the_grid_gets_the_verdict_of_the_contract(rules: Rules) -> None:
    wrong = [(situation, _summary(assess(rules, situation, TODAY)), _oracle(situation)) for situation in _grid()
             if _summary(assess(rules, situation, TODAY)) != _oracle(situation)]

    assert wrong == []


def test_every_verdict_has_reasons_with_rule_and_source_and_nothing_left_to_fill(rules: Rules) -> None:
    for situation in _grid():
        found = assess(rules, situation, TODAY)
        assert (found.verdict is None) == bool(found.missing)
        if found.verdict is not None:
            assert found.reasons and all(reason.source and reason.rule for reason in found.reasons)
            assert "{" not in "".join([*(reason.text for reason in found.reasons), *found.what_would_change])


def test_not_yet_always_names_the_vae_what_is_missing_and_a_person(rules: Rules) -> None:
    for situation in _grid():
        found = assess(rules, situation, TODAY)
        if found.verdict is Verdict.NOT_YET:
            told = " ".join(found.what_would_change)
            assert "VAE" in told and "Il manque" in told and "mois" in told and "personne" in told


def test_what_is_missing_at_level_4_is_counted_in_months(rules: Rules) -> None:
    found = assess(rules, Situation(Diploma(4, "bac"), Experience(30)), TODAY)

    assert "dans environ 6 mois" in " ".join(found.what_would_change)


def test_someone_at_that_level_without_the_diploma_is_told_of_the_leeway(rules: Rules) -> None:
    with_diploma = Situation(Diploma(4, "bac"), Experience(48), Status.SALARIE)
    without = replace(with_diploma, diploma=Diploma(4, "niveau bac", without_diploma=True))

    assert assess(rules, without, TODAY).verdict is Verdict.ELIGIBLE
    assert "laisse une marge" in assess(rules, without, TODAY).reasons[-1].text
    assert "laisse une marge" not in assess(rules, with_diploma, TODAY).reasons[-1].text


def test_a_range_that_straddles_the_threshold_is_asked_once_then_reviewed(rules: Rules) -> None:
    first = Situation(Diploma(4, "bac"), Experience(24, 24, 48), Status.SALARIE)
    again = replace(first, experience=Experience(24, 24, 48, asked_again=True))

    assert assess(rules, first, TODAY).missing == ("experience",)
    assert assess(rules, first, TODAY).rule_id == "experience_a_preciser"
    assert assess(rules, again, TODAY).verdict is Verdict.TO_REVIEW


@pytest.mark.parametrize(("experience", "verdict"), [
    (Experience(48, 48, 60), Verdict.ELIGIBLE), (Experience(120, 120, None, open_ended=True), Verdict.ELIGIBLE), (Experience(11, 1, 11), Verdict.NOT_YET),
])
def test_a_range_on_one_side_of_the_threshold_is_not_asked_again(rules: Rules, experience: Experience, verdict: Verdict) -> None:
    assert assess(rules, Situation(Diploma(4, "bac"), experience, Status.SALARIE), TODAY).verdict is verdict


@pytest.mark.parametrize("experience", [Experience(at_least=1, open_ended=True), Experience(3, 1, 11)])
def test_any_paid_work_below_level_4_opens_the_vae(rules: Rules, experience: Experience) -> None:
    assert assess(rules, Situation(Diploma(3, "CAP"), experience), TODAY).verdict is Verdict.VAE


def test_an_uncounted_activity_of_unknown_length_is_reviewed(rules: Rules) -> None:
    experience = Experience(0, uncounted_months=None, uncounted_kind="mandat")

    assert assess(rules, Situation(Diploma(4, "bac"), experience), TODAY).verdict is Verdict.TO_REVIEW


def test_an_ambiguous_diploma_is_asked_back(rules: Rules) -> None:
    found = assess(rules, Situation(Ambiguity("niveau 3", (Diploma(5, "BTS"), Diploma(3, "CAP")))), TODAY)

    assert (found.verdict, found.missing, found.rule_id) == (None, ("diploma",), "diplome_a_preciser")


def test_nothing_known_asks_for_the_diploma_first(rules: Rules) -> None:
    assert assess(rules, Situation(status=Status.SALARIE), TODAY).missing == ("diploma",)


@pytest.mark.parametrize("day", [date(2025, 10, 26), date(2028, 10, 28)])
def test_outside_the_validity_of_the_record_a_person_decides(rules: Rules, day: date) -> None:
    found = assess(rules, Situation(Diploma(5, "BTS")), day)

    assert (found.verdict, found.rule_id) == (Verdict.TO_REVIEW, "regles_perimees")


@pytest.mark.parametrize("day", [date(2025, 10, 27), date(2028, 10, 27)])
def test_first_and_last_day_of_validity_are_included(rules: Rules, day: date) -> None:
    assert assess(rules, Situation(Diploma(5, "BTS")), day).verdict is Verdict.ELIGIBLE


@pytest.mark.parametrize(("experience", "words"), [
    (Experience(0), "0 mois"), (Experience(1), "1 mois"), (Experience(12), "1 an"), (Experience(30), "2 ans et 6 mois"), (Experience(24, 24, 48), "entre 2 et 4 ans"),
    (Experience(24, 24, open_ended=True), "au moins 2 ans"), (Experience(), "une durée non précisée"),
    (Experience(143, 137, 149), "environ 12 ans"), (Experience(30, 26, 34), "environ 2 ans"), (Experience(20, 18, 22), "environ 1 an et 8 mois"),
    (Experience(30, 30, 48), "entre 30 et 48 mois"), (Experience(24, 24, 47), "entre 24 et 47 mois"), (Experience(0, 0, 12), "entre 0 et 12 mois"),
])
def test_months_are_told_in_words(experience: Experience, words: str) -> None:
    assert describe_months(experience) == words


_statuses = st.sampled_from([*Status, None])
_experiences = st.builds(
    Experience, months=st.none() | st.integers(0, 700), at_least=st.none() | st.integers(0, 700), at_most=st.none() | st.integers(0, 700), open_ended=st.booleans(),
    uncounted_months=st.none() | st.integers(0, 200), uncounted_kind=st.sampled_from([None, "stage", "mandat"]), unknown=st.booleans(), asked_again=st.booleans(),
)
_diplomas = st.builds(
    Diploma, level=st.sampled_from(LEVELS), label=st.none() | st.text(max_size=20), foreign=st.booleans(), level_unknown=st.booleans(), two_years_validated=st.booleans(), without_diploma=st.booleans(),
)
_situations = st.builds(Situation, diploma=st.none() | _diplomas, experience=st.none() | _experiences, status=_statuses, status_unknown=st.booleans())


@given(situation=_situations, day=st.dates())
def test_any_situation_gets_a_verdict_or_a_question(rules: Rules, situation: Situation, day: date) -> None:
    found = assess(rules, situation, day)

    assert (found.verdict is None) == (len(found.missing) == 1)


@given(level=st.sampled_from(LEVELS[1:]), months=st.integers(0, 600), more=st.integers(0, 600), status=_statuses)
def test_more_months_never_worsen_the_verdict(rules: Rules, level: int, months: int, more: int, status: Status | None) -> None:
    few = assess(rules, Situation(Diploma(level), Experience(months), status, status is None), TODAY)
    many = assess(rules, Situation(Diploma(level), Experience(months + more), status, status is None), TODAY)

    assert ORDER[many.verdict] >= ORDER[few.verdict]


@given(level=st.integers(0, 8), higher=st.integers(0, 8), months=st.integers(0, 600), status=_statuses)
def test_a_higher_level_never_worsens_the_verdict(rules: Rules, level: int, higher: int, months: int, status: Status | None) -> None:
    low, high = sorted((level, higher))
    below = assess(rules, Situation(Diploma(low), Experience(months), status, status is None), TODAY)
    above = assess(rules, Situation(Diploma(high), Experience(months), status, status is None), TODAY)

    assert ORDER[above.verdict] >= ORDER[below.verdict]
