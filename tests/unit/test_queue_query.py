"""The queue's address can be anything: it is read without failing, and written back as it was understood."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from bot.admissions.lead_desk import LeadFilter, search_words
from bot.web.staff.leads_filters import QueueQuery, read_query

NAMES = ["q", "avis", "etat", "voie", "suivi", "du", "au", "tri", "page", "autre"]
VALUES = st.one_of(st.text(max_size=30), st.sampled_from(
    ["vae", "aucun", "nouveau", "clos", "formation_continue", "anciens", "recents", "3", "0", "-1", "²", "9" * 30, "2026-11-22", "0001-01-01", "9999-12-31"]))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_address_is_read_and_its_links_lead_to_the_same_leads(asked):
    query = read_query(QueryParams(asked))
    assert isinstance(query.lead_filter(UTC), LeadFilter)
    again = read_query(QueryParams(urlsplit(query.address("/staff/contacts", query.page)).query))
    assert again == query


def test_what_is_not_understood_filters_nothing():
    unread = {"avis": "refuse", "etat": "x", "voie": "y", "du": "hier", "au": "2026-13-01", "tri": "z", "page": "x"}
    assert read_query(QueryParams(unread)) == QueueQuery()
    assert not QueueQuery().is_narrowed and QueueQuery().lead_filter(UTC) == LeadFilter()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=40))
def test_any_search_gives_words_without_capitals_nor_spaces(typed):
    assert all(word and word == word.lower() and not any(letter.isspace() for letter in word) for word in search_words(typed))
