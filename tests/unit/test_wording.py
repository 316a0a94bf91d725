"""Sentences around a verdict: right for somebody else, never a dead end, no figure that nobody uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.admissions.eligibility import Assessment, assess
from bot.admissions.eligibility_rules import Rules
from bot.admissions.facts import Diploma, Experience, Situation, Status, Verdict
from bot.catalogue.catalogue import load_catalogue
from bot.services.wording import acknowledge, explain_verdict, recall_verdict, suppose_failure, suppose_verdict, tell_verdict

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 22)
NO_BAC_NO_WORK = Situation(Diploma(level=0, label="brevet"), Experience(months=0))
BAC_NO_WORK = Situation(Diploma(level=4, label="bac"), Experience(months=0))
BAC_AND_WORK = Situation(Diploma(level=4, label="bac"), Experience(months=60), Status.SALARIE)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_catalogue(KNOWLEDGE, TODAY).rules


def _assessed(rules: Rules, situation: Situation) -> Assessment:
    return assess(rules, situation, TODAY)


def test_reasons_never_speak_to_the_person_so_that_they_hold_for_somebody_else(rules: Rules) -> None:
    addressed = [text for rule in rules.texts.values() for text in rule.reasons if {"vous", "votre", "vos"} & set(text.lower().split())]

    assert addressed == []


@pytest.mark.parametrize("situation", [BAC_NO_WORK, NO_BAC_NO_WORK, Situation(Diploma(level=3, label="CAP"), Experience(months=120))])
def test_an_unfavourable_supposition_names_the_vae_and_a_person(rules: Rules, situation: Situation) -> None:
    told = suppose_verdict(_assessed(rules, situation), rules)

    assert "VAE" in told and "personne" in told and "supposition" in told


def test_a_favourable_supposition_stays_short(rules: Rules) -> None:
    assert "VAE" not in suppose_verdict(_assessed(rules, BAC_AND_WORK), rules)


def test_no_experience_and_no_level_are_said_in_words(rules: Rules) -> None:
    explained = explain_verdict(_assessed(rules, NO_BAC_NO_WORK), NO_BAC_NO_WORK)

    assert "brevet, aucune expérience professionnelle" in explained and "niveau 0" not in explained
    assert all(" 0 mois" not in tell_verdict(_assessed(rules, situation)) for situation in (BAC_NO_WORK, NO_BAC_NO_WORK))


def test_the_headline_for_somebody_else_says_so(rules: Rules) -> None:
    assessment = _assessed(rules, BAC_AND_WORK)

    assert assessment.verdict is Verdict.ELIGIBLE
    assert "cette personne" in tell_verdict(assessment, for_someone_else=True) and "cette personne" not in tell_verdict(assessment)


@pytest.mark.parametrize(("experience", "words"), [
    (Experience(0, uncounted_months=4, uncounted_kind="stage"), "J'ai noté : aucune expérience professionnelle (stage : 4 mois, à part)."),
    (Experience(0, uncounted_months=None, uncounted_kind="bénévolat"), "J'ai noté : aucune expérience professionnelle (bénévolat, à part)."),
    (Experience(24), "J'ai noté : 2 ans d'expérience professionnelle."),
])
def test_what_does_not_count_is_acknowledged_beside_what_does(experience: Experience, words: str) -> None:
    assert acknowledge(Situation(experience=experience)) == words


def test_a_supposed_failure_leaves_the_last_diploma_obtained(rules: Rules) -> None:
    said = suppose_failure(rules)

    assert "le dernier diplôme obtenu qui compte" in said and "3 ans" in said and "supposition" in said


@pytest.mark.parametrize(("for_someone_else", "whose"), [(False, "votre situation (« vous remplissez"), (True, "cette autre personne (« cette personne remplit")])
def test_the_verdict_recalled_before_the_consent_says_whose_it_is(for_someone_else: bool, whose: str) -> None:
    assert whose in recall_verdict(Verdict.ELIGIBLE, for_someone_else)
