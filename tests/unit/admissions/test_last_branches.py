"""Readings that few messages take: a title's level, years without their diploma, a bac from elsewhere, dates told to the day or only to the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.admissions.facts import Ambiguity, Diploma, Experience, Situation, Verdict
from bot.admissions.lead_desk import effective_verdict
from bot.admissions.leads import Lead
from bot.admissions.levels import read_diploma
from bot.admissions.reading import TITLE, read_situation
from tests.integration.builders import consent, details

TODAY = date(2026, 11, 23)
WHICH_TITLE = Situation(diploma=Ambiguity(TITLE, (Diploma(4, f"{TITLE} de niveau 4"), Diploma(5, f"{TITLE} de niveau 5"))))


@pytest.mark.parametrize(("answer", "diploma"), [
    ("5", Diploma(5, f"{TITLE} de niveau 5")),
    ("niveau IV je crois", Diploma(4, f"{TITLE} de niveau 4")),
    ("en fait c'est un BTS que j'ai", Diploma(5, "BTS")),
    ("je ne sais plus", Diploma(label=TITLE, level_unknown=True)),
    ("c'est quoi le niveau ?", None),
])
def test_the_level_of_a_title_is_what_the_person_answers(answer: str, diploma: Diploma | None) -> None:
    assert read_situation(answer, "diploma", TODAY, WHICH_TITLE).diploma == diploma


@pytest.mark.parametrize("text", ["bac+2 sans le diplôme", "j'ai un bac +2, mais sans diplôme", "un bac+3 sans avoir eu le diplôme"])
def test_years_of_study_without_their_diploma_are_for_a_person_to_look_at(text: str) -> None:
    found = read_diploma(text)

    assert isinstance(found, Diploma)
    assert (found.level, found.level_unknown) == (4, True)


@pytest.mark.parametrize("text", ["j'ai le bac, un diplôme malien", "j'ai un diplôme malien, le baccalauréat"])
def test_a_bac_told_beside_its_country_is_foreign(text: str) -> None:
    found = read_diploma(text)

    assert isinstance(found, Diploma)
    assert found.foreign


@pytest.mark.parametrize(("text", "months"), [
    ("du 1er janvier 2020 au 31 mars 2021", 15),
    ("du 1er janvier 2020 au 10 mars 2021", 14),
    ("du 15 janvier 2020 au 14 mars 2021", 14),
    ("de 2019 à mars 2021", 20),
])
def test_dates_count_the_months_that_were_worked(text: str, months: int) -> None:
    experience = read_situation(f"j'ai travaillé {text}", None, TODAY, Situation()).experience

    assert isinstance(experience, Experience)
    assert experience.months == months


def test_the_offices_verdict_stands_before_the_assistants() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    said, agreed = details(), consent(now)
    lead = Lead("1", "c", now, now, said.contact, agreed, verdict=Verdict.NOT_YET)

    assert effective_verdict(lead) is Verdict.NOT_YET
    assert effective_verdict(replace(lead, staff_verdict=Verdict.TO_REVIEW)) is Verdict.TO_REVIEW
