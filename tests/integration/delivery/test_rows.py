"""What is written with a lead, and what goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.admissions.channels import Channel, Event
from bot.admissions.leads import Contact
from bot.services.leads import erase_conversation, purge, register_or_update_lead
from bot.services.outbox import LEASE
from tests.integration.builders import consent, details
from tests.integration.storage.conftest import RETENTION

NO_EMAIL = Contact("Camille Durand", None, "+33639980001")


def test_a_new_lead_makes_one_row_per_open_channel(house):
    house.new_lead()
    assert {(row.channel, row.kind) for row in house.rows()} == {(channel, Event.CREATED) for channel in Channel}


def test_without_settings_nothing_is_written(house):
    house.channels = frozenset()
    lead = house.new_lead()
    house.correct(lead, level=6)
    erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    assert house.rows() == []


def test_a_lead_that_is_not_committed_leaves_no_row(house):
    lead = house.new_lead()
    before = len(house.rows())
    with house.uow_factory() as uow:
        register_or_update_lead(uow, lead.conversation_id, details(level=7), consent(house.clock()), house.clock())
    assert len(house.rows()) == before


def test_a_correction_reaches_the_crm_and_neither_the_office_nor_the_applicant_again(house):
    house.correct(house.new_lead(), level=6)
    assert [row.kind for row in house.rows(Channel.WEBHOOK)] == [Event.CREATED, Event.UPDATED]
    assert len(house.rows(Channel.OFFICE)) == len(house.rows(Channel.APPLICANT)) == 1


def test_an_address_given_later_brings_the_recap_once(house):
    lead = house.new_lead(contact=NO_EMAIL)
    assert house.rows(Channel.APPLICANT) == []
    house.correct(lead)
    house.correct(lead, level=6)
    assert [row.kind for row in house.rows(Channel.APPLICANT)] == [Event.UPDATED]


def test_an_address_given_in_the_turn_that_made_the_lead_brings_the_recap(house):
    lead = house.new_lead(contact=NO_EMAIL)
    with house.uow_factory() as uow:
        for said in (details(email=None), details()):
            register_or_update_lead(uow, lead.conversation_id, said, consent(house.clock()), house.clock())
        uow.commit()
    assert len(house.rows(Channel.APPLICANT)) == 1


def test_rows_hold_nothing_about_the_person(house):
    house.new_lead()
    assert not any("amille" in repr(row) or "BTS" in repr(row) for row in house.rows())


@pytest.mark.parametrize("end", ["erasure", "retention"])
def test_the_end_of_a_lead_removes_what_waits_and_tells_the_crm_alone(house, end):
    lead = house.new_lead()
    if end == "erasure":
        erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    else:
        house.clock.forward(days=1096)
        purge(house.uow_factory, RETENTION, house.clock())
    [row] = house.rows()
    assert (row.channel, row.kind, row.lead_id) == (Channel.WEBHOOK, Event.ERASED, lead.id)


def test_the_news_of_an_erasure_waits_for_a_delivery_under_way(house):
    lead = house.new_lead()
    assert house.store.claim(Channel.WEBHOOK, house.clock(), LEASE) is not None
    house.clock.forward(seconds=1)
    erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    assert house.store.claim(Channel.WEBHOOK, house.clock(), LEASE) is None
    house.clock.now += LEASE
    assert house.store.claim(Channel.WEBHOOK, house.clock(), LEASE).kind is Event.ERASED


def test_rows_of_a_channel_that_settings_closed_are_skipped_after_a_day(house):
    house.new_lead()
    nobody = house.courier({})
    nobody.deliver_due()
    assert {row.state for row in house.rows()} == {"pending"}
    house.clock.now += timedelta(days=1)
    nobody.deliver_due()
    assert {(row.state, row.reason) for row in house.rows()} == {("skipped", "canal fermé dans les réglages")}
