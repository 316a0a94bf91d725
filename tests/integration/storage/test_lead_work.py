"""The office's use cases on leads and on one person's data: what each allows, keeps, tells and refuses."""

from __future__ import annotations

import re
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
import yaml
from sqlalchemy import select

from bot.admissions.channels import Channel
from bot.admissions.eligibility_examples import failing_examples, read_example
from bot.admissions.eligibility_rules import Rules
from bot.admissions.errors import EditedMeanwhile
from bot.admissions.facts import Diploma, Experience, Situation, Status, Verdict
from bot.admissions.lead_desk import ChangeKind, LeadFilter, LeadOrder
from bot.admissions.leads import Contact
from bot.admissions.staff import COMMAND_LINE, Account, AuditAction, Role
from bot.services.conversations import Incoming, handle_message
from bot.services.lead_cases import export_cases
from bot.services.lead_desk import (
    PAGE_SIZE,
    Edit,
    EditRefused,
    LeadNotFound,
    add_note,
    change_owner,
    change_state,
    changes_since,
    export_matching,
    override_verdict,
    queue_page,
    undo_last,
    withdraw_verdict,
)
from bot.services.lead_sheet import lead_sheet, words_by_fact
from bot.services.leads import LeadDetails, erase_conversation, export_leads, purge, register_or_update_lead
from bot.services.locks import ConversationLocks
from bot.services.people import erase_person, export_person, find_person, find_receipt
from bot.storage.engine import reading
from bot.storage.outbox import PENDING
from bot.storage.tables import outbox
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import EMAIL, NOW, FakeBrain, consent
from tests.integration.storage.conftest import RETENTION
from tests.integration.storage.test_lead_desk import add_lead
from tests.integration.storage.test_leads import converse, row_counts

ANNE = Account(str(uuid4()), "anne@universite.example", "Anne", Role.ADMIN, True, NOW)
LATER = NOW + timedelta(hours=2)
RULES_FILE = Path(__file__).resolve().parents[3] / "knowledge" / "rncp41406" / "eligibilite.yml"


def edit(uow_factory, lead_id: str, version: int | None = None, at=LATER) -> Edit:
    """Anne's edit of the lead as it stands, or of the version that she has before her."""
    known = uow_factory().desk.get(lead_id)
    return Edit(ANNE.actor, lead_id, version or (known.version if known else 1), at)


def add_account(uow_factory, account: Account = ANNE) -> None:
    with uow_factory() as uow:
        uow.accounts.add(account)
        uow.commit()


def stored(uow_factory, lead_id: str):
    return uow_factory().desk.get(lead_id).lead


def audited(uow_factory) -> list[str]:
    return [line.action for line in uow_factory().audit.page(50)][::-1]


def waiting(engine) -> list[tuple[str, str]]:
    with reading(engine) as connection:
        rows = connection.execute(select(outbox).where(outbox.c.state == PENDING).order_by(outbox.c.lead_version, outbox.c.channel)).all()
    return [(row.kind, row.channel) for row in rows]


@pytest.mark.parametrize(("state", "then"), [("contacte", "dossier_recu"), ("dossier_recu", "clos"), ("contacte", "clos")])
def test_a_lead_moves_forward_and_its_history_says_so(uow_factory, state, then):
    lead_id = add_lead(uow_factory)
    change_state(uow_factory, edit(uow_factory, lead_id), state)
    change_state(uow_factory, edit(uow_factory, lead_id), then)
    assert stored(uow_factory, lead_id).state == then
    assert [(one.kind, one.before, one.after, one.actor) for one in uow_factory().desk.changes(lead_id)] == [
        (ChangeKind.STATE, "nouveau", state, ANNE.email), (ChangeKind.STATE, state, then, ANNE.email)]
    assert audited(uow_factory) == ["lead_state_changed"] * 2


@pytest.mark.parametrize("state", ["nouveau", "contacte", "archive", "", "NOUVEAU"])
def test_a_state_that_cannot_follow_is_refused(uow_factory, state):
    lead_id = add_lead(uow_factory)
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    with pytest.raises(EditRefused):
        change_state(uow_factory, edit(uow_factory, lead_id), state)
    assert stored(uow_factory, lead_id).state == "contacte" and len(audited(uow_factory)) == 1


def test_undoing_takes_back_the_last_change_then_the_one_before(uow_factory):
    lead_id = add_lead(uow_factory)
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    override_verdict(uow_factory, edit(uow_factory, lead_id), "vae", "Expérience longue")
    assert undo_last(uow_factory, edit(uow_factory, lead_id)).kind is ChangeKind.VERDICT
    assert (stored(uow_factory, lead_id).staff_verdict, stored(uow_factory, lead_id).staff_reason) == (None, None)
    assert stored(uow_factory, lead_id).state == "contacte"
    undo_last(uow_factory, edit(uow_factory, lead_id))
    assert stored(uow_factory, lead_id).state == "nouveau"
    with pytest.raises(EditRefused):
        undo_last(uow_factory, edit(uow_factory, lead_id))
    assert [one.undone_at is not None for one in uow_factory().desk.changes(lead_id)] == [True, True, False, False]


def test_undoing_the_withdrawal_of_a_verdict_brings_its_reason_back(uow_factory):
    lead_id = add_lead(uow_factory)
    override_verdict(uow_factory, edit(uow_factory, lead_id), "to_review", "Diplôme à vérifier")
    withdraw_verdict(uow_factory, edit(uow_factory, lead_id))
    assert stored(uow_factory, lead_id).staff_verdict is None
    undo_last(uow_factory, edit(uow_factory, lead_id))
    lead = stored(uow_factory, lead_id)
    assert (lead.verdict, lead.staff_verdict, lead.staff_reason) == (Verdict.ELIGIBLE, Verdict.TO_REVIEW, "Diplôme à vérifier")


@pytest.mark.parametrize(("verdict", "reason"), [("vae", ""), ("vae", "  \n "), ("refused", "Parce que"), ("", "Parce que"), ("vae", "a" * 2_001)])
def test_a_verdict_of_the_office_needs_a_reason_and_a_known_verdict(uow_factory, verdict, reason):
    lead_id = add_lead(uow_factory)
    with pytest.raises(EditRefused):
        override_verdict(uow_factory, edit(uow_factory, lead_id), verdict, reason)
    assert stored(uow_factory, lead_id).staff_verdict is None


def test_a_lead_is_given_to_an_account_in_service_and_to_nobody_else(uow_factory):
    lead_id = add_lead(uow_factory)
    add_account(uow_factory)
    add_account(uow_factory, Account(str(uuid4()), "parti@universite.example", "", Role.READER, False, NOW))
    change_owner(uow_factory, edit(uow_factory, lead_id), ANNE.email)
    for stranger in ("parti@universite.example", "inconnu@universite.example", ""):
        with pytest.raises(EditRefused):
            change_owner(uow_factory, edit(uow_factory, lead_id), stranger)
    assert stored(uow_factory, lead_id).owner == ANNE.email
    change_owner(uow_factory, edit(uow_factory, lead_id), None)
    assert stored(uow_factory, lead_id).owner is None


def test_the_second_of_two_colleagues_overwrites_nothing_and_learns_what_happened(uow_factory):
    lead_id = add_lead(uow_factory)
    seen = edit(uow_factory, lead_id)
    change_state(uow_factory, seen, "contacte")
    for act in (lambda: change_state(uow_factory, seen, "clos"), lambda: override_verdict(uow_factory, seen, "vae", "Oui"),
                lambda: undo_last(uow_factory, seen), lambda: withdraw_verdict(uow_factory, seen)):
        with pytest.raises(EditedMeanwhile):
            act()
    assert stored(uow_factory, lead_id).state == "contacte"
    [meanwhile] = changes_since(uow_factory, lead_id, seen.version)
    assert (meanwhile.actor, meanwhile.after) == (ANNE.email, "contacte")


def test_a_note_is_kept_whatever_happened_meanwhile_and_says_it(uow_factory):
    lead_id = add_lead(uow_factory)
    seen = edit(uow_factory, lead_id)
    change_state(uow_factory, seen, "contacte")
    note_id = str(uuid4())
    [meanwhile] = add_note(uow_factory, seen, note_id, "  Rappeler\r\nlundi\0 ")
    assert meanwhile.after == "contacte"
    add_note(uow_factory, seen, note_id, "Rappeler lundi")
    [note] = uow_factory().desk.notes(lead_id)
    assert (note.text, note.author, note.at) == ("Rappeler\nlundi", ANNE.email, LATER)
    for text in ("", " \0 ", "a" * 4_001):
        with pytest.raises(EditRefused):
            add_note(uow_factory, seen, str(uuid4()), text)


def test_whatever_is_asked_of_an_erased_lead_finds_nothing(uow_factory):
    lead_id = add_lead(uow_factory)
    before = edit(uow_factory, lead_id)
    erase_conversation(uow_factory, stored(uow_factory, lead_id).conversation_id, NOW)
    for act in (lambda: change_state(uow_factory, before, "contacte"), lambda: change_owner(uow_factory, before, None),
                lambda: add_note(uow_factory, before, str(uuid4()), "Rappeler"), lambda: undo_last(uow_factory, before)):
        with pytest.raises(LeadNotFound):
            act()
    assert lead_sheet(uow_factory, lead_id, NOW) is None and audited(uow_factory) == []


def test_a_change_by_the_office_is_told_to_the_webhook_in_order_and_writes_to_nobody(engine):
    uow_factory = unit_of_work_factory(engine, RETENTION, frozenset(Channel))
    lead_id = add_lead(uow_factory, email=None, phone="+33639981001")
    assert waiting(engine) == [("lead.created", "office"), ("lead.created", "webhook")]
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    override_verdict(uow_factory, edit(uow_factory, lead_id), "vae", "Expérience longue")
    assert waiting(engine)[2:] == [("lead.updated", "webhook")] * 2
    add_note(uow_factory, edit(uow_factory, lead_id), str(uuid4()), "Rappeler lundi")
    assert len(waiting(engine)) == 4  # notes are not in what a CRM receives


def test_a_change_by_the_office_brings_no_recap_to_somebody_who_never_had_one(engine):
    without_mail = unit_of_work_factory(engine, RETENTION, frozenset({Channel.WEBHOOK}))
    lead_id = add_lead(without_mail)
    uow_factory = unit_of_work_factory(engine, RETENTION, frozenset(Channel))
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    assert {channel for _, channel in waiting(engine)} == {"webhook"}


def test_a_change_by_the_office_does_not_keep_the_lead_longer(uow_factory):
    lead_id = add_lead(uow_factory, NOW - timedelta(days=1095))
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    assert purge(uow_factory, RETENTION, LATER).leads == 1


def test_the_queue_gives_the_page_asked_for_or_the_last(uow_factory, monkeypatch):
    monkeypatch.setattr("bot.services.lead_desk.PAGE_SIZE", 2)
    for _ in range(3):
        add_lead(uow_factory)
    pages = {number: queue_page(uow_factory, LeadFilter(), LeadOrder.NEWEST, number) for number in (-1, 1, 2, 9)}
    assert {number: (len(page.leads), page.number) for number, page in pages.items()} == {-1: (2, 1), 1: (2, 1), 2: (1, 2), 9: (1, 2)}
    assert all((page.total, page.last, len(page.repeated)) == (3, 2, len(page.leads)) for page in pages.values())
    empty = queue_page(uow_factory, LeadFilter(words="personne"), LeadOrder.NEWEST, 1)
    assert (empty.total, empty.last, list(empty.leads)) == (0, 1, [])
    assert PAGE_SIZE == 50


def test_a_sheet_holds_the_exchange_while_it_is_kept_and_the_look_is_audited(uow_factory):
    converse(uow_factory, "bonjour", "inconnu prix", "contact")
    lead_id = export_leads(uow_factory)[0]["id"]
    sheet = lead_sheet(uow_factory, lead_id, NOW, ANNE.actor)
    assert [message.body["text"] for message in sheet.exchange.messages if message.sender == "user"] == ["bonjour", "inconnu prix", "contact"]
    assert [question.masked_text for question in sheet.exchange.questions] == ["inconnu prix"]
    assert audited(uow_factory) == ["lead_seen"]
    # What retention has not yet purged is over all the same.
    assert lead_sheet(uow_factory, lead_id, NOW + timedelta(days=30)).exchange is None
    assert len(audited(uow_factory)) == 1


def test_a_person_is_found_with_all_that_belongs_to_them(uow_factory, engine):
    converse(uow_factory, "inconnu", "contact")
    lead_id = export_leads(uow_factory)[0]["id"]
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    add_note(uow_factory, edit(uow_factory, lead_id), str(uuid4()), "=1+1 <b>")
    named = converse(uow_factory, f"mon adresse est {EMAIL.upper()}.")
    converse(uow_factory, f"mon adresse est x{EMAIL}")  # another one that ends the same way
    person = find_person(uow_factory, f" {EMAIL} ", ANNE.actor, LATER)
    assert ([lead.id for lead in person.leads], list(person.elsewhere), list(person.mentions)) == ([lead_id], [named], [])
    assert person.counts == {"leads": 1, "conversations": 2, "messages": 8, "handled_messages": 3, "events": 6, "questions": 1, "consents": 1,
                             "notes": 1, "changes": 1, "announcements": 2}
    found = export_person(uow_factory, EMAIL, ANNE.actor, LATER)
    [lead] = found["leads"]
    assert lead["email"] == EMAIL and lead["consents"][0]["text"] == "J'accepte d'être recontacté."
    assert lead["notes"] == [{"at": "2026-11-22T11:30:00Z", "by": "équipe des admissions", "text": "=1+1 <b>"}]
    assert [(line["what"], line["before"], line["after"]) for line in lead["history"]] == [("state", "nouveau", "contacte")]
    assert [message["text"] for message in lead["conversation"]["messages"] if message["from"] == "user"] == ["inconnu", "contact"]
    assert ANNE.email not in str(found)
    assert [conversation["id"] for conversation in found["other_conversations"]] == [named]


def test_erasing_a_person_leaves_nothing_but_numbers(uow_factory, engine):
    converse(uow_factory, "inconnu", "contact")
    lead_id = export_leads(uow_factory)[0]["id"]
    change_state(uow_factory, edit(uow_factory, lead_id), "contacte")
    add_note(uow_factory, edit(uow_factory, lead_id), str(uuid4()), "Rappeler")
    converse(uow_factory, f"mon adresse est {EMAIL}")
    others = converse(uow_factory, f"mon adresse est x{EMAIL}")
    receipt = erase_person(uow_factory, EMAIL.upper(), ANNE.actor, LATER)
    assert find_receipt(uow_factory, receipt.id) == receipt
    assert (receipt.by, receipt.at, receipt.counts["leads"], receipt.counts["conversations"], receipt.counts["notes"]) == (ANNE.email, LATER, 1, 2, 1)
    assert uow_factory().conversations.get(others) is not None
    erase_conversation(uow_factory, others, LATER)
    assert {name: count for name, count in row_counts(engine).items() if count} == {"outbox": 1}  # « lead.erased » for the CRM
    assert audited(uow_factory)[-1] == AuditAction.PERSON_ERASED.value
    assert "durand" not in str([vars(line) for line in uow_factory().audit.page(50)])
    assert erase_person(uow_factory, EMAIL, ANNE.actor, LATER) is None and find_person(uow_factory, EMAIL, ANNE.actor, LATER) is None


def test_erasing_an_address_takes_all_its_leads_whatever_the_case(uow_factory):
    converse(uow_factory, "contact")
    converse(uow_factory, "contact")
    assert erase_person(uow_factory, f" {EMAIL.upper()} ", COMMAND_LINE, NOW).counts["leads"] == 2
    assert export_leads(uow_factory) == []


def test_an_export_is_filtered_and_audited(uow_factory):
    add_lead(uow_factory)
    wanted = add_lead(uow_factory, verdict=Verdict.VAE)
    [found] = export_matching(uow_factory, LeadFilter(verdicts=frozenset({Verdict.VAE})), "csv", ANNE.actor, LATER)
    assert found["id"] == wanted
    [line] = uow_factory().audit.page(5)
    assert (line.action, line.actor, line.detail) == ("leads_exported", ANNE.email, {"format": "csv", "count": 1})


def test_somebody_elses_lead_that_only_names_the_address_is_shown_and_kept(uow_factory):
    other = add_lead(uow_factory, name="Jeanne Roux", email="jeanne.roux@example.org")
    conversation_id = stored(uow_factory, other).conversation_id
    handle_message(uow_factory, FakeBrain(), ConversationLocks(), Incoming(conversation_id, f"ou bien {EMAIL}"), NOW)
    person = find_person(uow_factory, EMAIL, COMMAND_LINE, LATER)
    assert ([lead.id for lead in person.mentions], person.leads, person.elsewhere) == ([other], [], [])
    assert erase_person(uow_factory, EMAIL, COMMAND_LINE, LATER) is None
    assert stored(uow_factory, other).contact.name == "Jeanne Roux"


@pytest.mark.parametrize("address", ["", "   ", "%", "_", "personne@example.org", "\""])
def test_an_address_that_nobody_left_finds_nobody(uow_factory, address):
    add_lead(uow_factory)
    assert find_person(uow_factory, address, COMMAND_LINE, LATER) is None
    assert erase_person(uow_factory, address, COMMAND_LINE, LATER) is None
    assert len(export_leads(uow_factory)) == 1


def test_verdicts_of_the_office_become_cases_that_the_rules_can_be_tried_on(uow_factory):
    rules, example = Rules.from_mapping(yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))), "avis du service, l'assistant disait"
    facts = {"level": 3, "experience_months": 120, "status": Status.SALARIE}
    for number, verdict in enumerate(("to_review", "to_review", "vae")):
        conversation_id = converse(uow_factory)
        with uow_factory() as uow:
            known = LeadDetails(Contact(f"Nom {number}", EMAIL), verdict=Verdict.VAE, diploma="CAP de Camille", **facts)
            lead = register_or_update_lead(uow, conversation_id, known, consent(), NOW + timedelta(minutes=number))
            uow.commit()
        override_verdict(uow_factory, edit(uow_factory, lead.id), verdict, "Camille me l'a dit au 06 39 98 10 01")
    text = export_cases(uow_factory, ANNE.actor, LATER)
    cases = yaml.safe_load(text)["exemples"]
    assert cases == [{"cas": f"{example} vae", "niveau": 3, "experience_mois": 120, "statut": "salarie", "verdict": verdict}
                     for verdict in ("to_review", "vae")]
    assert not re.search(r"camille|06 39|durand|nom", text.lower())
    # As soon as they stand beside the rule, those that it does not confirm are named.
    [problem] = failing_examples(rules, cases, date(2026, 11, 22))
    assert "attendu to_review, obtenu vae" in problem
    assert audited(uow_factory)[-1] == "cases_exported"


def test_a_case_is_read_from_the_conversation_while_it_is_kept(uow_factory):
    conversation_id = converse(uow_factory, "contact")
    slots = {"diploma": Diploma(4, foreign=True).to_dict(), "experience": Experience(30, 24, 48, asked_again=True).to_dict(), "status": "unknown"}
    with uow_factory() as uow:
        uow.conversations.get(conversation_id)
        uow.events.append(conversation_id, [{"event": "slot", "name": name, "value": value} for name, value in slots.items()])
        uow.commit()
    lead_id = export_leads(uow_factory)[0]["id"]
    override_verdict(uow_factory, edit(uow_factory, lead_id), "not_yet", "Voir le dossier")
    [case] = yaml.safe_load(export_cases(uow_factory, ANNE.actor, LATER))["exemples"]
    assert case == {"cas": "avis du service, l'assistant disait eligible", "niveau": 4, "diplome_etranger": True, "experience_entre": [24, 48],
                    "redemande": True, "statut_inconnu": True, "verdict": "not_yet"}
    assert read_example(case, 1).situation == Situation(Diploma(4, foreign=True), Experience(24, 24, 48, asked_again=True), None, True)


def test_of_colleagues_at_the_very_same_moment_one_wins_and_the_others_are_told(uow_factory):
    lead_id = add_lead(uow_factory)
    seen, start = edit(uow_factory, lead_id), Barrier(4)

    def act(state: str) -> str:
        start.wait()
        try:
            change_state(uow_factory, seen, state)
        except EditedMeanwhile:
            return "told"
        return state

    with ThreadPoolExecutor(4) as colleagues:
        said = list(colleagues.map(act, ["contacte", "dossier_recu", "clos", "contacte"]))
    [won] = [one for one in said if one != "told"]
    assert said.count("told") == 3 and stored(uow_factory, lead_id).state == won
    assert [one.after for one in uow_factory().desk.changes(lead_id)] == [won] and len(audited(uow_factory)) == 1


def test_what_was_typed_stands_beside_the_fact_that_it_gave(uow_factory):
    message = namedtuple("message", "sender body")
    said = [message(sender, {"text": text}) for sender, text in (
        ("bot", "Bonjour"), ("user", "bonjour"), ("bot", "Votre diplôme ?"), ("user", "un bts"), ("user", "non, un bac et 2 ans de boulot"), ("user", "merci"))]

    def slot(name: str, value: object) -> dict[str, object]:
        return {"event": "slot", "name": name, "value": value}

    user, bts, bac = {"event": "user"}, slot("diploma", {"level": 5}), slot("diploma", {"level": 4})
    events = [user, slot("diploma", None), user, bts, {"event": "bot"}, user, bac, slot("experience", {"months": 24}), user, bac, slot("topics", ["x"])]
    assert words_by_fact(said, events) == {"diploma": "non, un bac et 2 ans de boulot", "experience": "non, un bac et 2 ans de boulot"}
    assert words_by_fact(said, [*events, slot("diploma", None)]) == {"experience": "non, un bac et 2 ans de boulot"}
    # Where messages and events do not go together (a form), nothing is said rather than something wrong.
    assert words_by_fact(said, events[1:]) == {} and words_by_fact([], [bts]) == {}
