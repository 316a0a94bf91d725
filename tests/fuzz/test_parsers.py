"""Every parser answers anything of 1,000 code points, with a value of its type, without hanging."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admissions.agreement import read_agreement
from bot.admissions.clauses import split_clauses as split_facts
from bot.admissions.facts import Diploma, Experience, Situation, Status
from bot.admissions.numbers import read_number
from bot.admissions.personal_data import clean_name, mask_personal_data
from bot.admissions.reading import Asked, read_situation
from bot.nlu.clauses import split_clauses
from bot.nlu.contact import find_emails, find_phones, read_email, read_phone
from bot.nlu.language import detect_language
from bot.services.prescreening import FACTS
from tests.fuzz.hostile import HOSTILE, LONGEST, PUMPS, SCALE, SLOWEST_S, TRIED, inputs, texts

TODAY = date(2026, 11, 22)
LONGEST_LIFE_MONTHS = 3_000
KNOWN = Situation(Diploma(4, "bac"), Experience(24, 24, 48), Status.SALARIE)


def _read_all(text: str, asked: Asked | None) -> None:
    """Every parser on one text; what they give has its type and its bounds."""
    told = read_situation(text, asked, TODAY, KNOWN if asked else Situation())
    assert set(told.changed) == set(told.to_slots()) <= {"diploma", "experience", "status"}
    experience = told.experience
    assert experience is None or experience.months is None or 0 <= experience.months <= LONGEST_LIFE_MONTHS
    assert read_agreement(text) in (None, True, False)
    read_number(text), split_facts(text), split_clauses(text), detect_language(text)
    name = clean_name(text)
    assert name is None or name.strip()
    for found in (*find_emails(text), *find_phones(text)):
        assert 0 <= found.start < found.end <= len(text)
    email, phone = read_email(text), read_phone(text)
    assert email is None or email not in mask_personal_data(text)
    assert phone is None or phone.startswith("+")


def _timed(text: str, asked: Asked | None = None) -> None:
    """CPU time, so that a busy machine is no failure."""
    TRIED["texts to the parsers"] += 1
    started = time.thread_time()
    _read_all(text, asked)
    assert time.thread_time() - started < SLOWEST_S, f"too slow: {text[:80]!r}"


@inputs(700)
@given(text=texts, asked=st.sampled_from((None, *FACTS)))
def test_no_text_breaks_or_stops_a_parser(text: str, asked: Asked | None) -> None:
    _timed(text, asked)


@pytest.mark.parametrize("pump", PUMPS)
def test_a_thousand_repeats_are_read_at_once(pump: str) -> None:
    for end in ("!", "", "@", " ans")[:SCALE]:
        _timed((pump * LONGEST)[: LONGEST - len(end)] + end)


@pytest.mark.parametrize("text", HOSTILE)
def test_known_hostile_texts_are_read(text: str) -> None:
    _timed(text)
