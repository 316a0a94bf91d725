"""How long to wait, and when mornings are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.announcements import age_in_words, last_working_days
from bot.services.deliveries import address_hash
from bot.services.digest import next_digest
from bot.services.outbox import FIRST_DELAY, LONGEST_DELAY, MAX_ATTEMPTS, delay_after

PARIS = ZoneInfo("Europe/Paris")


@given(st.integers(1, MAX_ATTEMPTS), st.floats(0, 1))
def test_a_delay_is_never_shorter_than_three_quarters_of_a_minute_nor_longer_than_a_day(attempts, chance):
    assert FIRST_DELAY * 0.75 <= delay_after(attempts, chance) <= LONGEST_DELAY


def test_rows_that_failed_together_come_back_apart():
    assert delay_after(5, 0.0) < delay_after(5, 0.5) < delay_after(5, 1.0)


def test_an_outage_of_a_long_weekend_is_outlived():
    assert sum((delay_after(n, 0.0) for n in range(1, MAX_ATTEMPTS)), timedelta()) > timedelta(days=3.5)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 24), (date(2026, 11, 23), date(2026, 11, 23))),
        (date(2026, 11, 23), (date(2026, 11, 20), date(2026, 11, 22))),
        (date(2026, 11, 22), (date(2026, 11, 20), date(2026, 11, 21))),
    ],
)
def test_a_morning_counts_since_the_last_working_day(today, days):
    assert last_working_days(today) == days


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T07:59+01:00", "2026-11-23T08:00+01:00"),
        ("2026-11-23T08:00+01:00", "2026-11-24T08:00+01:00"),
        ("2026-11-27T08:00+01:00", "2026-11-30T08:00+01:00"),
        ("2027-03-26T09:00+01:00", "2027-03-29T08:00+02:00"),
        ("2026-11-29T23:30+00:00", "2026-11-30T08:00+01:00"),
    ],
)
def test_the_digest_is_due_at_eight_on_weekdays_by_the_clocks_of_the_office(now, due):
    assert next_digest(PARIS)(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


@pytest.mark.parametrize(("days", "words"), [(0, "aujourd'hui"), (1, "hier"), (2, "il y a 2 jours")])
def test_an_age_is_said_in_days(days, words):
    assert age_in_words(date(2026, 11, 22) - timedelta(days=days), date(2026, 11, 22)) == words


def test_a_mailbox_has_one_fingerprint_whatever_its_case_and_tag_and_another_under_another_key():
    same = {address_hash(text, "k") for text in ("a@b.fr", "A@B.fr", "a+x@b.fr")}
    assert len(same) == 1 and same != {address_hash("a@b.fr", "other")} and same != {address_hash("c@b.fr", "k")}
