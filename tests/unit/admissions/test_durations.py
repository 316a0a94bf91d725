"""A sentence gives months of paid work; ages, studies and pauses do not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.admissions.durations import read_experience
from bot.admissions.facts import Experience
from tests.unit.admissions.notation import TODAY, phrases, write_experience


@pytest.mark.parametrize(("asked", "sentence", "expected"), phrases("durees.txt"))
def test_a_sentence_gives_the_months_of_paid_work(asked: bool, sentence: str, expected: str) -> None:
    assert write_experience(read_experience(sentence, asked, TODAY)) == expected


def test_overlapping_dated_periods_count_once() -> None:
    read = read_experience("J'ai travaillé de 2010 à 2015 chez Renault et de 2013 à 2018 en mairie", today=TODAY)

    assert read == Experience(months=96)


def test_separate_dated_periods_add_up() -> None:
    read = read_experience("J'ai travaillé de 2010 à 2012 chez Renault et de 2015 à 2018 en mairie", today=TODAY)

    assert read == Experience(months=60)


def test_a_period_that_goes_on_depends_on_the_day() -> None:
    sentence = "je travaille depuis mars 2019"

    assert read_experience(sentence, today=date(2020, 3, 1)) == Experience(months=12)
    assert read_experience(sentence, today=date(2026, 3, 1)) == Experience(months=84)


def test_without_a_day_dates_are_not_read() -> None:
    assert read_experience("je travaille depuis mars 2019") is None


def test_a_date_to_come_is_no_experience() -> None:
    assert read_experience("je travaille à la mairie depuis mars 2031", today=TODAY) in (None, Experience(months=0))


def test_a_bare_year_is_bounded_by_january_and_december() -> None:
    read = read_experience("je travaille depuis 2023", today=TODAY)

    assert read == Experience(months=40, at_least=35, at_most=46)
    assert read.straddles(36)
