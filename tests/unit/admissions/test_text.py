"""Text is folded, numbers become digits, phone spellings are corrected without touching real words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admissions.durations import read_experience
from bot.admissions.facts import Situation
from bot.admissions.levels import read_diploma
from bot.admissions.numbers import read_number, replace_numbers
from bot.admissions.personal_data import clean_name, mask_personal_data
from bot.admissions.reading import read_situation
from bot.admissions.spelling import readable
from bot.admissions.statuses import read_status
from bot.admissions.text import fold, words
from tests.unit.admissions.notation import TODAY

HOSTILE = ["bts " * 250, "pas de le " * 100, "3 ans et " * 110, "1" * 1000, " " * 999 + "a", "." * 1000, "niveau " * 140, "l'" * 500, "depuis de 2010 a " * 60, "j'ai un bac, " * 75,
           "titre pro a a a a a " * 50, "a@" * 500, "je m'appelle " * 75, "Aa " * 330, "ma fille qui " * 75, "2e annee de " * 80, "\n" * 1000, "é" * 1000, "cent mille " * 90, "?!" * 500]
SLOWEST_S = 0.5


def test_folding_removes_case_accents_and_typography() -> None:
    assert fold("  L’ÉTÉ — Œuvre\u202f!  ") == "l'ete - oeuvre !"
    assert words("J'ai 2,5 ans") == ["j", "ai", "2", "5", "ans"]


@pytest.mark.parametrize(("written", "digits"), [
    ("trente-cinq ans", "35 ans"), ("vingt et un mois", "21 mois"), ("quatre-vingt-dix-sept", "97"), ("soixante et onze", "71"), ("deux mille quinze", "2015"), ("deux ou trois ans", "2 ou 3 ans"),
    ("une vingtaine d'annees", "~20 annees"), ("dix huit mois", "18 mois"), ("mille neuf cent quatre-vingt-dix", "1990"), ("un bac et deux cap", "un bac et 2 cap"), ("cent vingt mois", "120 mois"),
])
def test_number_words_become_digits(written: str, digits: str) -> None:
    assert replace_numbers(written) == digits


@pytest.mark.parametrize(("text", "number"), [("8", 8), ("huit", 8), ("2,5", 2.5), ("deux et demi", 2.5), ("un", 1), ("0", 0), ("bac", None), ("", None), ("2 ou 3", None)])
def test_a_short_answer_may_be_one_number(text: str, number: float | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(("typed", "read"), [
    ("g le bak", "j'ai le bac"), ("jai 2ans dexperience", "j'ai 2 ans d'experience"), ("chui o chomage dpuis 6 moi", "je suis o chomage depuis 6 mois"), ("une liscence", "une licence"),
    ("1 bep compta", "un bep compta"), ("bac+2", "bac +2"), ("B.T.S.", "bts"), ("BUT gea", "but-diplome gea"), ("dans le but de", "dans le but de"),
    ("le salaire du secrétaire", "le salaire du secretaire"), ("je suis licencié", "je suis licencie"), ("mon retrait", "mon retrait"), ("l'independance", "l'independance"),
])
def test_phone_spellings_are_read_and_real_words_kept(typed: str, read: str) -> None:
    assert readable(typed) == read


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_read_in_time(text: str) -> None:
    started = time.process_time()

    for asked in (None, "diploma", "experience", "status"):
        read_situation(text, asked, TODAY, Situation())
    clean_name(text)
    mask_personal_data(text)

    assert time.process_time() - started < SLOWEST_S


@given(text=st.text(max_size=300), asked=st.booleans())
def test_any_text_is_read_without_failing(text: str, asked: bool) -> None:
    read_diploma(text, asked)
    read_experience(text, asked, TODAY)
    read_status(text, asked)
    assert "@" not in (clean_name(text) or "")


_PIECES = st.sampled_from(["j'ai", "pas", "un", "bac", "bts", "raté", "licence", "niveau", "3", "iv", "depuis", "2019", "ans", "et", "demi", "mois", "de", "à", "en", "cdi", "chômage", ",", ".", "?", "(", ")", "entre", "36", "environ", "stage", "élu", "maire", "fille", "si", "non"])


@given(pieces=st.lists(_PIECES, max_size=40), asked=st.sampled_from([None, "diploma", "experience", "status"]))
def test_any_mix_of_known_words_is_read_without_failing(pieces: list[str], asked: str | None) -> None:
    update = read_situation(" ".join(pieces), asked, TODAY, Situation())

    experience = update.experience
    assert experience is None or experience.months is None or 0 <= experience.months <= 720
