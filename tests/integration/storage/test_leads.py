"""A lead is made once, announced once, exported, and gone for good when it must go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot.admissions.lead_desk import ChangeKind, LeadChange, LeadNote
from bot.services.conversations import Incoming, handle_message, kept_about_person, open_conversation
from bot.services.errors import ConversationNotFound
from bot.services.leads import (
    erase_conversation,
    export_leads,
    purge,
    register_or_update_lead,
)
from bot.services.locks import ConversationLocks
from bot.storage.engine import reading, writing
from bot.storage.tables import leads, metadata
from tests.integration.builders import EMAIL, NOW, FakeBrain, consent, details
from tests.integration.storage.conftest import RETENTION

# Tables that hold nothing about the person who asks.
NOT_THE_PERSONS = {"jobs", "recaps_sent", "tallies", "publications", "generations", "staff_accounts", "staff_sessions", "staff_links", "audit"}


def converse(uow_factory, *texts, at=NOW) -> str:
    """A conversation in which these texts were typed."""
    conversation_id = open_conversation(uow_factory, FakeBrain(), at).conversation_id
    for text in texts:
        incoming = Incoming(conversation_id, text, client_id=str(uuid4()))
        handle_message(uow_factory, FakeBrain(), ConversationLocks(), incoming, at)
    return conversation_id


def announced(uow_factory) -> list[str]:
    return [row.kind for row in uow_factory().outbox.pending(50)]


def row_counts(engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables
                if table.name not in NOT_THE_PERSONS}


def work_on(uow_factory, lead_id) -> None:
    """The office moves the lead on and writes a note."""
    with uow_factory() as uow:
        version = uow.desk.get(lead_id).version
        uow.desk.stage_change(LeadChange(str(uuid4()), lead_id, version + 1, NOW, None, "anne", ChangeKind.STATE, "nouveau", "contacte"))
        uow.desk.stage_note(LeadNote(str(uuid4()), lead_id, NOW, None, "anne", "Rappeler lundi"))
        uow.commit()


def test_a_lead_is_exported_with_its_facts_and_its_consent(uow_factory):
    conversation_id = converse(uow_factory, "contact")
    [lead] = export_leads(uow_factory)
    assert lead["conversation_id"] == conversation_id
    assert (lead["name"], lead["email"], lead["phone"]) == ("Camille Durand", EMAIL, None)
    assert (lead["verdict"], lead["level"], lead["status"]) == ("eligible", 5, "salarie")
    assert lead["reasons"] == ["Vous avez un diplôme de niveau 5."] and lead["topics"] == ["prerequis"]
    assert (lead["consent_version"], lead["state"]) == ("2026-11", "nouveau")
    assert lead["consent_at"].startswith("2026-11-22T09:30:00")


def test_a_corrected_fact_updates_the_lead_and_announces_no_second_one(uow_factory):
    conversation_id = converse(uow_factory, "contact")
    with uow_factory() as uow:
        later = NOW + timedelta(minutes=5)
        register_or_update_lead(uow, conversation_id, details(level=7), consent(), later)
        uow.commit()
    [lead] = export_leads(uow_factory)
    assert lead["level"] == 7 and lead["created_at"] < lead["updated_at"]
    assert announced(uow_factory) == ["lead.created", "lead.updated"]


def test_a_lead_corrected_in_the_turn_that_made_it_is_announced_once_as_it_ended(uow_factory):
    conversation_id = converse(uow_factory)
    with uow_factory() as uow:
        register_or_update_lead(uow, conversation_id, details(level=4), consent(), NOW)
        register_or_update_lead(uow, conversation_id, details(level=5), consent(), NOW)
        uow.commit()
    [row] = uow_factory().outbox.pending(5)
    assert row.kind == "lead.created" and export_leads(uow_factory)[0]["level"] == 5


def test_a_staged_lead_is_seen_by_its_own_unit_of_work_and_by_no_other(uow_factory):
    conversation_id = converse(uow_factory)
    with uow_factory() as uow:
        lead = register_or_update_lead(uow, conversation_id, details(), consent(), NOW)
        assert uow.leads.for_conversation(conversation_id) == lead
        assert uow_factory().leads.for_conversation(conversation_id) is None
    assert export_leads(uow_factory) == []


def test_a_lead_comes_back_from_the_database_as_it_went(uow_factory):
    conversation_id = converse(uow_factory)
    with uow_factory() as uow:
        lead = register_or_update_lead(uow, conversation_id, details(), consent(), NOW)
        uow.commit()
    assert uow_factory().leads.for_conversation(conversation_id) == lead
    assert uow_factory().leads.consent_of(conversation_id) == consent()


def test_what_the_office_wrote_survives_a_correction_by_the_person(uow_factory, engine):
    conversation_id = converse(uow_factory, "contact")
    with writing(engine) as connection:
        connection.execute(update(leads).values(state="contacte", staff_reason="Dossier vu", owner="a@b.fr"))
    with uow_factory() as uow:
        register_or_update_lead(uow, conversation_id, details(level=6), consent(), NOW)
        uow.commit()
    [lead] = export_leads(uow_factory)
    assert (lead["state"], lead["staff_reason"], lead["level"]) == ("contacte", "Dossier vu", 6)


def test_what_the_office_writes_during_a_turn_is_not_undone_by_it(uow_factory, engine):
    conversation_id = converse(uow_factory, "contact")
    with uow_factory() as uow:
        register_or_update_lead(uow, conversation_id, details(level=6), consent(), NOW)
        with writing(engine) as connection:
            connection.execute(update(leads).values(state="clos", owner="a@b.fr"))
        uow.commit()
    [lead] = export_leads(uow_factory)
    assert (lead["state"], lead["owner"], lead["level"]) == ("clos", "a@b.fr", 6)


def test_consent_given_again_is_kept_beside_the_first(uow_factory, engine):
    conversation_id = converse(uow_factory, "contact")
    with uow_factory() as uow:
        again = replace(consent(), version="2026-12", at=NOW + timedelta(days=1))
        register_or_update_lead(uow, conversation_id, details(), again, again.at)
        uow.commit()
    assert uow_factory().leads.consent_of(conversation_id) == again
    assert row_counts(engine)["consents"] == 2


def test_two_conversations_with_one_address_are_two_leads_oldest_first(uow_factory):
    second = converse(uow_factory, "contact", at=NOW + timedelta(hours=1))
    first = converse(uow_factory, "contact", at=NOW)
    assert [lead["conversation_id"] for lead in export_leads(uow_factory)] == [first, second]


def test_an_export_since_a_moment_includes_it(uow_factory):
    converse(uow_factory, "contact", at=NOW - timedelta(seconds=1))
    kept = converse(uow_factory, "contact", at=NOW)
    assert [lead["conversation_id"] for lead in export_leads(uow_factory, since=NOW)] == [kept]


def test_what_is_kept_about_a_person_names_its_end_and_their_lead(uow_factory):
    conversation_id = converse(uow_factory, "contact")
    kept = kept_about_person(uow_factory, conversation_id, NOW)
    assert kept["id"] == conversation_id and kept["expires_at"].startswith("2026-12-22")
    assert kept["lead"]["email"] == EMAIL


def test_an_erased_conversation_leaves_only_the_announcement_of_its_lead(uow_factory, engine):
    conversation_id = converse(uow_factory, "bonjour", "inconnu", "contact")
    lead_id = export_leads(uow_factory)[0]["id"]
    work_on(uow_factory, lead_id)
    assert all(count > 0 for count in row_counts(engine).values())
    erase_conversation(uow_factory, conversation_id, NOW)
    assert {name: count for name, count in row_counts(engine).items() if count} == {"outbox": 1}
    [row] = uow_factory().outbox.pending(5)
    assert (row.kind, row.lead_id) == ("lead.erased", lead_id)
    with pytest.raises(ConversationNotFound):
        kept_about_person(uow_factory, conversation_id, NOW)


def test_an_erasure_asked_in_the_conversation_keeps_nothing_of_that_turn_either(uow_factory, engine):
    converse(uow_factory, "contact", "oublie")
    assert {name: count for name, count in row_counts(engine).items() if count} == {"outbox": 1}


def test_erasing_a_conversation_without_lead_announces_nothing(uow_factory, engine):
    erase_conversation(uow_factory, converse(uow_factory, "bonjour"), NOW)
    assert set(row_counts(engine).values()) == {0}


def test_erasing_one_conversation_leaves_the_others(uow_factory):
    kept = converse(uow_factory, "contact")
    erase_conversation(uow_factory, converse(uow_factory, "contact"), NOW)
    assert [lead["conversation_id"] for lead in export_leads(uow_factory)] == [kept]


def test_a_turn_under_way_cannot_bring_an_erased_lead_back(uow_factory, engine):
    conversation_id = converse(uow_factory, "contact")
    brain = FakeBrain(before_answer=lambda turn: erase_conversation(uow_factory, conversation_id, NOW))
    with pytest.raises(ConversationNotFound):
        handle_message(uow_factory, brain, ConversationLocks(), Incoming(conversation_id, "contact"), NOW)
    assert row_counts(engine)["leads"] == row_counts(engine)["messages"] == 0


def test_retention_erases_old_conversations_and_keeps_their_leads(uow_factory, engine):
    converse(uow_factory, "contact", at=NOW - timedelta(days=30))
    recent = converse(uow_factory, "bonjour", at=NOW - timedelta(days=29))
    purged = purge(uow_factory, RETENTION, NOW)
    assert (purged.conversations, purged.leads) == (1, 0)
    [line] = uow_factory().audit.page(5)
    assert (line.action, line.actor, line.detail) == ("retention_applied", "programme", {"conversations": 1})
    assert len(export_leads(uow_factory)) == 1
    assert uow_factory().conversations.get(recent) is not None
    assert row_counts(engine)["conversations"] == 1


def test_a_conversation_that_speaks_during_the_purge_is_kept(uow_factory):
    old = NOW - timedelta(days=30)
    conversation_id = converse(uow_factory, "bonjour", at=old)
    with uow_factory() as uow:
        uow.conversations.stage_erasure(conversation_id, inactive_since=old)
        incoming = Incoming(conversation_id, "encore là")
        handle_message(uow_factory, FakeBrain(), ConversationLocks(), incoming, NOW - timedelta(minutes=1))
        uow.commit()
    assert uow_factory().conversations.get(conversation_id) is not None


def test_retention_erases_leads_three_years_after_the_person_was_last_heard(uow_factory, engine):
    old = NOW - timedelta(days=1095)
    converse(uow_factory, "contact", at=old)
    heard_since = converse(uow_factory, "contact", at=old)
    incoming = Incoming(heard_since, "toujours là")
    handle_message(uow_factory, FakeBrain(), ConversationLocks(), incoming, old + timedelta(days=2))
    purged = purge(uow_factory, RETENTION, NOW)
    assert purged.leads == 1
    assert [lead["conversation_id"] for lead in export_leads(uow_factory)] == [heard_since]
    assert announced(uow_factory).count("lead.erased") == 1


def test_a_note_by_the_office_does_not_keep_a_lead_longer(uow_factory, engine):
    converse(uow_factory, "contact", at=NOW - timedelta(days=1095))
    with writing(engine) as connection:
        connection.execute(update(leads).values(state="contacte", updated_at=NOW))
    assert purge(uow_factory, RETENTION, NOW).leads == 1
