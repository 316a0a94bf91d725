"""The office's side of the core: who is told of a lead, which state follows which, what a search looks through, what a refusal says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.admissions.channels import Channel, Event, channels_told
from bot.admissions.errors import AdmissionsError, EditedMeanwhile
from bot.admissions.lead_desk import next_states, search_text, search_words
from bot.admissions.leads import Contact, LeadState
from bot.admissions.staff import Account, AccountChanged, AccountExists, Actor, LastAdmin, Role

EVERY_CHANNEL = frozenset(Channel)


@pytest.mark.parametrize(("event", "by_office", "told"), [
    (Event.CREATED, False, (Channel.WEBHOOK, Channel.OFFICE, Channel.APPLICANT)),
    (Event.UPDATED, False, (Channel.WEBHOOK, Channel.APPLICANT)),
    (Event.ERASED, False, (Channel.WEBHOOK,)),
    (Event.CREATED, True, (Channel.WEBHOOK,)),
    (Event.UPDATED, True, (Channel.WEBHOOK,)),
])
def test_mailboxes_hear_what_is_news_for_them_and_the_webhook_hears_all(event: Event, by_office: bool, told: tuple[Channel, ...]) -> None:
    assert channels_told(event, EVERY_CHANNEL, has_email=True, is_by_office=by_office) == told


def test_nobody_is_written_to_without_an_address_nor_through_a_closed_channel() -> None:
    assert channels_told(Event.CREATED, EVERY_CHANNEL, has_email=False) == (Channel.WEBHOOK, Channel.OFFICE)
    assert channels_told(Event.CREATED, frozenset({Channel.APPLICANT}), has_email=True) == (Channel.APPLICANT,)
    assert channels_told(Event.UPDATED, frozenset({Channel.OFFICE}), has_email=True, is_by_office=True) == ()


def test_a_lead_only_moves_on() -> None:
    assert next_states(LeadState.NOUVEAU) == (LeadState.CONTACTE, LeadState.DOSSIER_RECU, LeadState.CLOS)
    assert next_states(LeadState.DOSSIER_RECU) == (LeadState.CLOS,)
    assert next_states(LeadState.CLOS) == ()


@pytest.mark.parametrize("typed", ["rené", "LEFEVRE", "rene.lefevre@example.fr", "06 39 98 11 22", "+33 6 39", "0639981122"])
def test_a_search_finds_a_person_however_it_is_typed(typed: str) -> None:
    found_in = search_text(Contact("René Lefèvre", "Rene.Lefevre@example.fr", "+33639981122"))

    assert all(word in found_in for word in search_words(typed))


def test_a_search_finds_nobody_who_left_nothing() -> None:
    assert search_text(Contact(None, None, None)).strip() == ""


@pytest.mark.parametrize(("refusal", "remedy"), [
    (EditedMeanwhile(), "recommencez"), (AccountExists(), "existe déjà"), (AccountChanged(), "reconnectez-vous"), (LastAdmin(), "donnez d'abord ce rôle"),
])
def test_a_refusal_says_what_to_do(refusal: AdmissionsError, remedy: str) -> None:
    assert remedy in str(refusal)


def test_histories_keep_a_colleague_by_account_and_address() -> None:
    colleague = Account("a1", "anne@example.fr", "Anne", Role.READER, True, datetime(2026, 11, 23, tzinfo=UTC), password_hash="$argon2id$x")

    assert colleague.actor == Actor("a1", "anne@example.fr")
    assert "argon2id" not in repr(colleague)
