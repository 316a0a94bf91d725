"""Leads as the office works on them: the order and filters of the queue, changes that meet each other, what erasure takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from bot.admissions.errors import EditedMeanwhile
from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import ChangeKind, LeadChange, LeadFilter, LeadNote, LeadOrder
from bot.admissions.leads import Contact, LeadState
from bot.services.leads import LeadDetails, erase_conversation, purge, register_or_update_lead
from tests.integration.builders import EMAIL, NOW, consent, details
from tests.integration.storage.conftest import RETENTION
from tests.integration.storage.test_leads import announced, converse, row_counts

COLLEAGUE = "anne@universite.example"


def add_lead(uow_factory, at=NOW, verdict=Verdict.ELIGIBLE, name="Camille Durand", email=EMAIL, phone=None, route=None) -> str:
    """A lead made at that moment; gives its id."""
    conversation_id = converse(uow_factory, at=at)
    known = LeadDetails(Contact(name, email, phone), verdict=verdict, route=route)
    with uow_factory() as uow:
        lead = register_or_update_lead(uow, conversation_id, known, consent(at), at)
        uow.commit()
    return lead.id


def change(lead_id: str, version: int = 1, kind=ChangeKind.STATE, before="nouveau", after="contacte", **more) -> LeadChange:
    return LeadChange(str(uuid4()), lead_id, version + 1, NOW, str(uuid4()), COLLEAGUE, kind, before, after, **more)


def apply(uow_factory, *changes) -> None:
    for one in changes:
        with uow_factory() as uow:
            uow.desk.stage_change(one)
            uow.commit()


def found(uow_factory, order=LeadOrder.NEWEST, **wanted) -> list[str]:
    wanted_filter = LeadFilter(**wanted)
    uow = uow_factory()
    page = uow.desk.page(wanted_filter, order, 50, 0)
    assert uow.desk.count(wanted_filter) == len(page) == len(uow.desk.matching(wanted_filter))
    return [lead.id for lead in page]


def test_new_leads_come_first_and_among_them_those_to_review(uow_factory):
    contacted = add_lead(uow_factory, NOW + timedelta(hours=3), Verdict.TO_REVIEW)
    apply(uow_factory, change(contacted))
    old, recent = add_lead(uow_factory, NOW), add_lead(uow_factory, NOW + timedelta(hours=1))
    to_review = add_lead(uow_factory, NOW - timedelta(days=2), Verdict.TO_REVIEW)
    assert found(uow_factory) == [to_review, recent, old, contacted]
    assert found(uow_factory, LeadOrder.OLDEST) == [to_review, old, recent, contacted]


def test_a_verdict_of_the_office_moves_a_lead_out_of_those_to_review(uow_factory):
    lead_id = add_lead(uow_factory, verdict=Verdict.TO_REVIEW)
    apply(uow_factory, change(lead_id, kind=ChangeKind.VERDICT, before=None, after="eligible", reason_after="Attestation reçue"))
    assert found(uow_factory, verdicts=frozenset({Verdict.TO_REVIEW})) == []
    assert found(uow_factory, verdicts=frozenset({Verdict.ELIGIBLE})) == [lead_id]
    [lead] = uow_factory().desk.overridden()
    assert (lead.verdict, lead.staff_verdict, lead.staff_reason) == (Verdict.TO_REVIEW, Verdict.ELIGIBLE, "Attestation reçue")


def test_a_page_holds_its_share_and_no_lead_twice(uow_factory):
    ids = {add_lead(uow_factory, NOW) for _ in range(5)}
    pages = [uow_factory().desk.page(LeadFilter(), LeadOrder.NEWEST, 2, offset) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert {lead.id for page in pages for lead in page} == ids


@pytest.mark.parametrize("words", [
    "helene", "HÉLÈNE", "marchal hél", "helene.marchal@", "EXAMPLE.ORG", "06 39 98 10 01", "+33 6 39 98", "0639981001", "0033639981001", "5%_'\\",
])
def test_a_search_looks_at_name_email_and_phone_without_case_nor_accents(uow_factory, words):
    add_lead(uow_factory, name="Paul Autre", email="paul@ailleurs.example", phone="+33536490000")
    wanted = add_lead(uow_factory, name="Hélène Marchal 5%_'\\", email="Helene.Marchal@example.org", phone="+33639981001")
    assert found(uow_factory, words=words) == [wanted]


@pytest.mark.parametrize("words", ["%", "_", "h%l", "Helene_Marchal", "marchal paul", "0012"])
def test_signs_of_a_search_pattern_mean_themselves(uow_factory, words):
    add_lead(uow_factory, name="Hélène Marchal", email="helene.marchal@example.org", phone="+33639981001")
    assert found(uow_factory, words=words) == []


def test_filters_combine(uow_factory):
    vae = add_lead(uow_factory, verdict=Verdict.VAE)
    asked = add_lead(uow_factory, NOW - timedelta(days=1), verdict=None, route=Route.FORMATION_CONTINUE)
    plain = add_lead(uow_factory, NOW - timedelta(days=2))
    apply(uow_factory, change(plain, kind=ChangeKind.OWNER, before=None, after=COLLEAGUE), change(asked))
    assert found(uow_factory, routes=frozenset({Route.VAE})) == [vae]
    assert found(uow_factory, routes=frozenset({None})) == [plain]
    assert found(uow_factory, verdicts=frozenset({None})) == [asked]
    assert found(uow_factory, states=frozenset({LeadState.CONTACTE})) == [asked]
    assert found(uow_factory, owner=COLLEAGUE) == [plain]
    assert found(uow_factory, is_unowned=True) == [vae, asked]
    assert found(uow_factory, since=NOW - timedelta(days=1), until=NOW) == [asked]
    assert found(uow_factory, states=frozenset({LeadState.CONTACTE}), is_unowned=False, routes=frozenset({Route.VAE})) == []
    assert uow_factory().desk.owners() == [COLLEAGUE]


def test_the_same_address_or_phone_makes_possible_duplicates(uow_factory):
    one = add_lead(uow_factory, email="A.B@example.org", phone="+33639981001")
    two = add_lead(uow_factory, email="a.b@EXAMPLE.org")
    three = add_lead(uow_factory, email=None, phone="+33639981001")
    four = add_lead(uow_factory, email=None, phone=None)
    uow = uow_factory()
    same = {lead_id: {lead.id for lead in uow.desk.same_person(uow.desk.get(lead_id).lead)} for lead_id in (one, two, three, four)}
    assert same == {one: {two, three}, two: {one}, three: {one}, four: set()}
    assert uow.desk.repeated_contacts(uow.desk.matching(LeadFilter())) == {one, two, three}


def test_of_two_changes_to_one_version_the_second_writes_nothing(uow_factory):
    lead_id = add_lead(uow_factory)
    first, second = change(lead_id), change(lead_id, kind=ChangeKind.OWNER, before=None, after=COLLEAGUE)
    apply(uow_factory, first)
    with pytest.raises(EditedMeanwhile):
        apply(uow_factory, second)
    desk = uow_factory().desk
    assert (desk.get(lead_id).version, desk.get(lead_id).lead.owner) == (2, None)
    assert desk.changes(lead_id) == [first] and desk.changes(lead_id, after_version=2) == []


def test_a_change_does_not_prolong_what_is_kept(uow_factory):
    lead_id = add_lead(uow_factory, NOW - timedelta(days=10))
    apply(uow_factory, change(lead_id))
    kept = uow_factory().desk.get(lead_id)
    assert kept.last_contact_at == NOW - timedelta(days=10) and kept.lead.updated_at == NOW


def test_what_the_person_corrects_stands_in_the_history_and_meets_the_office(uow_factory):
    lead_id = add_lead(uow_factory)
    conversation_id = uow_factory().desk.get(lead_id).lead.conversation_id
    with uow_factory() as uow:
        register_or_update_lead(uow, conversation_id, replace(details(level=7), verdict=Verdict.ELIGIBLE), consent(), NOW)
        uow.commit()
    [correction] = uow_factory().desk.changes(lead_id)
    assert (correction.kind, correction.version) == (ChangeKind.PERSON, 2)
    assert correction.after == "level, diploma, status"
    with pytest.raises(EditedMeanwhile):
        apply(uow_factory, change(lead_id, version=1))


def test_a_fact_said_again_is_no_correction(uow_factory):
    lead_id = add_lead(uow_factory)
    lead = uow_factory().desk.get(lead_id).lead
    with uow_factory() as uow:
        same = LeadDetails(lead.contact, verdict=lead.verdict)
        register_or_update_lead(uow, lead.conversation_id, same, consent(), NOW)
        uow.commit()
    assert uow_factory().desk.changes(lead_id) == []


def test_undoing_marks_what_was_undone(uow_factory):
    lead_id = add_lead(uow_factory)
    first = change(lead_id)
    apply(uow_factory, first, change(lead_id, version=2, before="contacte", after="nouveau", undoes=first.id))
    done, back = uow_factory().desk.changes(lead_id)
    assert (done.undone_at, back.undone_at, back.undoes) == (NOW, None, first.id)
    assert uow_factory().desk.get(lead_id).lead.state == "nouveau"


def test_a_note_sent_twice_is_one_note(uow_factory):
    lead_id = add_lead(uow_factory)
    note = LeadNote(str(uuid4()), lead_id, NOW, None, COLLEAGUE, "Rappeler lundi")
    for _ in range(2):
        with uow_factory() as uow:
            uow.desk.stage_note(note)
            uow.commit()
    assert uow_factory().desk.notes(lead_id) == [note]


NOTE = LeadNote(str(uuid4()), "", NOW, None, COLLEAGUE, "Rappeler lundi")


@pytest.mark.parametrize("write", [
    lambda desk, lead_id: desk.stage_note(replace(NOTE, lead_id=lead_id)), lambda desk, lead_id: desk.stage_change(change(lead_id)),
], ids=["note", "change"])
def test_nothing_is_added_to_a_lead_that_was_erased_meanwhile(uow_factory, engine, write):
    lead_id = add_lead(uow_factory)
    conversation_id = uow_factory().desk.get(lead_id).lead.conversation_id
    with uow_factory() as uow:
        write(uow.desk, lead_id)
        erase_conversation(uow_factory, conversation_id, NOW)
        with pytest.raises(EditedMeanwhile):
            uow.commit()
    assert row_counts(engine)["lead_changes"] == row_counts(engine)["lead_notes"] == 0


def test_retention_takes_history_and_notes_with_the_lead_and_no_sooner(uow_factory, engine):
    old = NOW - timedelta(days=1095)
    lead_id = add_lead(uow_factory, old)
    apply(uow_factory, change(lead_id))
    assert purge(uow_factory, RETENTION, NOW - timedelta(days=1)).leads == 0
    assert row_counts(engine)["lead_changes"] == 1
    assert purge(uow_factory, RETENTION, NOW).leads == 1
    assert row_counts(engine)["lead_changes"] == 0
    assert announced(uow_factory) == ["lead.erased"]


@pytest.mark.parametrize("order", LeadOrder)
def test_the_queue_is_read_in_the_order_of_an_index(engine, uow_factory, order):
    """A hundred thousand leads are not sorted to show fifty: with sorting and whole reads forbidden, an index still gives the order."""
    asked = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, values, _x, _m: asked.append((statement, values)))
    uow_factory().desk.page(LeadFilter(), order, 50, 0)
    statement, values = asked[0]
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if not is_sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = str(connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{statement}", values).all())
    assert f"ix_leads_queue_{'oldest' if order is LeadOrder.OLDEST else 'newest'}" in plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan
