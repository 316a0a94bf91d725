"""E-mail addresses and phone numbers as people write them."""

from __future__ import annotations

import pytest

from bot.nlu.contact import find_emails, find_phones, looks_like_email, normalise_email, read_email, read_phone


@pytest.mark.parametrize(("text", "address"), [
    ("mon mail : Odile.B@Example.FR", "Odile.B@example.fr"),
    ("odile@example.fr.", "odile@example.fr"),
    ("<odile@example.fr>", "odile@example.fr"),
    ("c'est odile @ example.fr", "odile@example.fr"),
    ("odile arobase example point fr", "odile@example.fr"),
    ("odile+mairie@example.co.uk merci", "odile+mairie@example.co.uk"),
])
def test_an_address_is_read_wherever_it_stands(text: str, address: str) -> None:
    assert read_email(text) == address


@pytest.mark.parametrize("text", ["", "odile@", "@example.fr", "odile@example", "je suis chez moi", "bac@+2", "a@b@c"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_email(text) is None


@pytest.mark.parametrize("text", ["odile@", "odile.example.fr", "odile arobase example"])
def test_an_address_that_failed_is_recognised_as_an_attempt(text: str) -> None:
    assert looks_like_email(text)


def test_two_addresses_are_both_found_in_their_places() -> None:
    text = "a.b@example.fr ou c.d@example.fr"
    assert [(mention.value, text[mention.start:mention.end]) for mention in find_emails(text)] == [("a.b@example.fr", "a.b@example.fr"), ("c.d@example.fr", "c.d@example.fr")]


def test_no_address_is_looked_up_on_the_network() -> None:
    assert normalise_email("odile@domaine-qui-n-existe-pas-41406.fr") == "odile@domaine-qui-n-existe-pas-41406.fr"


@pytest.mark.parametrize("text", ["06 39 98 01 18", "0639980118", "06.39.98.01.18", "+33 6 39 98 01 18", "0033639980118", "tel 06-39-98-01-18 le soir"])
def test_a_number_is_kept_in_one_form(text: str) -> None:
    assert read_phone(text) == "+33639980118"


@pytest.mark.parametrize("text", ["", "2024", "j'ai 36 mois", "niveau 5", "41406", "87000 Limoges", "06 39"])
def test_years_months_and_levels_are_no_numbers(text: str) -> None:
    assert read_phone(text) is None


def test_a_number_has_its_place_in_the_text() -> None:
    text = "appelez le 06 39 98 01 18 svp"
    mention = find_phones(text)[0]
    assert text[mention.start:mention.end] == "06 39 98 01 18"
