"""What the office may publish: refused with one sentence when it is missing, too long, past, or leads nowhere good."""

from __future__ import annotations

from datetime import date

import pytest

from bot.admissions.errors import InputError
from bot.admissions.publications import (
    LONGEST_PHRASE,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_PHRASES,
    Origin,
    checked_origin,
    checked_phrases,
    checked_text,
    checked_title,
)

TODAY = date(2026, 11, 23)


def test_an_origin_is_a_source_read_by_today_and_true_until_a_day_to_come() -> None:
    assert checked_origin("  Conseil  du 3 mai ", "2026-11-20", "2027-06-30", TODAY) == Origin(
        "Conseil du 3 mai", date(2026, 11, 20), date(2027, 6, 30)
    )


@pytest.mark.parametrize(("source", "read_on", "expires_on", "said"), [
    (" ", "2026-11-20", "2027-06-30", "Indiquez la source"),
    ("x" * (LONGEST_SOURCE + 1), "2026-11-20", "2027-06-30", "trop longue"),
    ("Conseil", "hier", "2027-06-30", "de lecture"),
    ("Conseil", "2026-11-20", "", "d'expiration"),
    ("Conseil", "2026-11-24", "2027-06-30", "dans le futur"),
    ("Conseil", "2026-11-20", "2026-11-22", "déjà passée"),
])
def test_an_origin_that_cannot_be_says_what_is_wrong(source: str, read_on: str, expires_on: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked_origin(source, read_on, expires_on, TODAY)


def test_a_text_has_plain_line_ends_and_links_that_may_be_followed() -> None:
    assert checked_text("Voir [le site](https://www.unilim.fr)  \r\nou [écrire](mailto:a@example.org)\0 ") == (
        "Voir [le site](https://www.unilim.fr)\nou [écrire](mailto:a@example.org)"
    )


@pytest.mark.parametrize(("text", "said"), [
    (" \r\n ", "est vide"),
    ("x" * (LONGEST_TEXT + 1), "trop longue"),
    ("[clic](javascript:alert)", "ne convient pas"),
])
def test_a_text_that_may_not_be_said_says_why(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked_text(text)


@pytest.mark.parametrize("title", ["  ", "x" * (LONGEST_TITLE + 1)])
def test_a_title_fits_a_button(title: str) -> None:
    with pytest.raises(InputError, match="un titre"):
        checked_title(title)


def test_a_phrase_names_nobody_since_it_outlives_the_conversation() -> None:
    assert checked_phrases("je m'appelle Nina Roux, ya une cantine ?\nrappelez-moi au 06 39 98 12 34 ou nina@example.org") == (
        "je m'appelle [nom], ya une cantine ?", "rappelez-moi au [téléphone] ou [e-mail]",
    )


@pytest.mark.parametrize("phrase", ["je m'appelle [nom], ya une cantine ?", "au [téléphone] ou [e-mail]", "M. [nom] est là ?"])
def test_what_is_masked_already_stays_as_it_is(phrase: str) -> None:
    assert checked_phrases(phrase) == (phrase,)


def test_a_title_and_phrases_lose_their_spare_spaces_and_repeats() -> None:
    assert checked_title("  La   cantine ") == "La cantine"
    assert checked_phrases("ya une cantine\n\n ya  une cantine \nrestaurant ?") == ("ya une cantine", "restaurant ?")


@pytest.mark.parametrize(("lines", "said"), [
    ("\n \n", "au moins une formulation"),
    ("\n".join(f"question {number}" for number in range(MOST_PHRASES + 1)), "gardez les"),
    ("x" * (LONGEST_PHRASE + 1), "trop longue"),
])
def test_phrases_that_cannot_be_learnt_say_why(lines: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked_phrases(lines)
