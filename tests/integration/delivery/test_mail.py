"""E-mails through a real SMTP server: what they say, what they leave out, and what happens when it misbehaves."""

from __future__ import annotations

import pytest

from bot.admissions.channels import Channel
from bot.admissions.facts import Route, Verdict
from bot.admissions.leads import Contact
from bot.services.deliveries import RECAPS_PER_ADDRESS, TOO_MANY
from bot.services.leads import erase_conversation
from bot.services.outbox import dead_letters
from bot.storage.engine import reading
from bot.storage.tables import recaps_sent
from tests.integration.builders import EMAIL
from tests.integration.delivery.receivers import ACCEPT_THEN_CLOSE, CLOSE, HANG, NO_GOODBYE, REFUSE_ADDRESS

TYPED = {"diploma": "BTS <b>chez</b> Toto", "question": "Et mon ex-mari ?", "reasons": ("Toto a dit",)}
PERSONAL = ("amille", "Durand", EMAIL, "+33", "639980001", "Toto", "ex-mari")


def person(email: str | None = EMAIL) -> Contact:
    return Contact("Camille Durand", email, "+33639980001")


def test_the_office_reads_verdict_route_and_age_and_nothing_that_names_anybody(house, mailbox):
    lead = house.new_lead(contact=person(), verdict=Verdict.TO_REVIEW, route=Route.FORMATION_CONTINUE, **TYPED)
    house.clock.forward(days=2)
    house.to_office(mailbox).deliver_due()
    [letter], [recipients] = mailbox.letters, mailbox.recipients
    assert letter["From"].addresses[0].addr_spec == "bot@example.org"
    assert letter["To"] == "admissions@example.org" and recipients == ["admissions@example.org"]
    assert letter["Subject"] == "Nouveau contact : à vérifier"
    for text in (mailbox.text(), mailbox.html()):
        assert "à vérifier" in text and "formation continue" in text and "il y a 2 jours, le 23 novembre 2026 à 10 h 05" in text
        assert f"https://bot.example.org/staff/contacts/{lead.id}" in text
        assert not any(word in text for word in PERSONAL)


@pytest.mark.parametrize("verdict", [*Verdict, None])
@pytest.mark.parametrize("for_someone_else", [False, True])
def test_the_recap_gives_verdict_rule_next_steps_and_the_link_and_no_typed_word(house, mailbox, verdict, for_someone_else):
    lead = house.new_lead(contact=person(), verdict=verdict, for_someone_else=for_someone_else, **TYPED)
    house.to_applicants(mailbox).deliver_due()
    [letter] = mailbox.letters
    assert (letter["To"], letter["Reply-To"], mailbox.recipients) == (EMAIL, "admissions@example.org", [[EMAIL]])
    for text in (mailbox.text(), mailbox.html()):
        assert "Niveau Bac avec 3 ans" in text and "22 novembre 2026" in text and "entretien" in text
        assert text.count(f"https://bot.example.org/mes-donnees/signed-{lead.id}") == 1 and "Ce n'était pas" in text
        assert text.count(f"https://bot.example.org/mes-donnees/pas-moi/signed-{lead.id}") == 1
        assert ("Cet avis est indicatif" in text) is (verdict is not None)
        assert not any(word in text + letter["Subject"] for word in PERSONAL)


def test_a_recap_for_who_lacks_experience_says_how_much_and_names_other_ways(house, mailbox):
    house.new_lead(verdict=Verdict.NOT_YET, level=4, experience_months=30)
    house.to_applicants(mailbox).deliver_due()
    assert "environ 6 mois" in mailbox.text() and "(VAE)" in mailbox.text() and "niveau 5" in mailbox.text()


@pytest.mark.parametrize("trouble", ["451 try later", "554 no", HANG, CLOSE])
def test_a_letter_that_failed_arrives_once_with_the_same_message_id(house, mailbox, trouble):
    house.new_lead()
    mailbox.script = [trouble]
    courier = house.to_applicants(mailbox)
    assert courier.deliver_due() == 0 and mailbox.letters == []
    house.clock.forward(hours=1)
    assert courier.deliver_due() == 1
    house.clock.forward(days=2)
    assert courier.deliver_due() == 0 and len(mailbox.letters) == 1
    assert len(mailbox.attempts) == 2 and len(set(mailbox.attempts)) == 1


def test_a_letter_taken_by_a_server_that_cannot_say_goodbye_is_not_sent_again(house, mailbox):
    house.new_lead()
    mailbox.script = [NO_GOODBYE]
    assert house.to_applicants(mailbox).deliver_due() == 1
    assert house.states(Channel.APPLICANT) == ["delivered"]


def test_a_letter_taken_without_an_answer_comes_again_under_its_message_id(house, mailbox):
    house.new_lead()
    mailbox.script = [ACCEPT_THEN_CLOSE]
    courier = house.to_office(mailbox)
    courier.deliver_due()
    house.clock.forward(hours=1)
    courier.deliver_due()
    assert len(mailbox.letters) == 2 and len(set(mailbox.attempts)) == 1


def test_an_applicants_address_that_does_not_exist_is_not_tried_again(house, mailbox):
    house.new_lead()
    mailbox.script = [REFUSE_ADDRESS]
    house.to_applicants(mailbox).deliver_due()
    [dead] = dead_letters(house.uow_factory, 5)
    assert dead.reason == "adresse électronique refusée (SMTP 550)"


def test_the_offices_address_refused_is_tried_again_since_a_setting_can_be_put_right(house, mailbox):
    house.new_lead()
    mailbox.script = [REFUSE_ADDRESS]
    house.to_office(mailbox).deliver_due()
    assert house.states(Channel.OFFICE) == ["pending"]


def test_an_address_gets_a_few_recaps_a_day_whatever_its_case_and_tag_even_when_leads_are_erased(house, mailbox):
    courier = house.to_applicants(mailbox)
    for number in range(RECAPS_PER_ADDRESS + 2):
        lead = house.new_lead(contact=person(f"Camille+{number}@Example.org"))
        courier.deliver_due()
        if number < RECAPS_PER_ADDRESS:
            erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    assert len(mailbox.letters) == RECAPS_PER_ADDRESS
    assert {(row.state, row.reason) for row in house.rows(Channel.APPLICANT)} == {("skipped", TOO_MANY)}
    house.new_lead(contact=person("another@example.org"))
    house.clock.forward(days=1)
    house.new_lead(contact=person("camille@example.org"))
    assert courier.deliver_due() == 2


def test_a_recap_tried_again_counts_once(house, mailbox):
    house.new_lead()
    mailbox.script = ["451 later"] * RECAPS_PER_ADDRESS
    courier = house.to_applicants(mailbox)
    for _ in range(RECAPS_PER_ADDRESS + 1):
        courier.deliver_due()
        house.clock.forward(hours=1)
    assert len(mailbox.letters) == 1


def test_the_count_of_recaps_names_no_address_and_is_gone_after_a_day(house, mailbox):
    house.new_lead()
    courier = house.to_applicants(mailbox)
    courier.deliver_due()

    def kept():
        with reading(house.engine) as connection:
            return connection.execute(recaps_sent.select()).all()

    assert len(kept()) == 1 and "example.org" not in repr(kept())
    house.clock.forward(days=1)
    courier.deliver_due()
    assert kept() == []


def test_nothing_is_sent_after_an_erasure(house, mailbox):
    lead = house.new_lead()
    erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    assert house.to_applicants(mailbox).deliver_due() + house.to_office(mailbox).deliver_due() == 0
    assert mailbox.attempts == []


def test_a_lead_erased_while_its_row_is_claimed_is_not_written_to(house, mailbox):
    lead = house.new_lead()
    courier = house.to_applicants(mailbox)
    deliver = courier.deliveries[Channel.APPLICANT]

    def erase_first(row, now):
        erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
        deliver(row, now)

    house.courier({Channel.APPLICANT: erase_first}).deliver_due()
    assert mailbox.attempts == [] and house.rows(Channel.APPLICANT) == []


@pytest.mark.parametrize(
    "address",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a b@example.org", " a@example.org", "a(b)@example.org",
     '"a>,<b"@example.org', "<a@example.org>", "é@example.org", "a@", "@b.fr", ""],
)
def test_an_address_that_would_add_a_header_or_a_recipient_is_never_sent(house, mailbox, address):
    house.new_lead(contact=person(address))
    house.to_applicants(mailbox).deliver_due()
    assert mailbox.attempts == []
    assert house.states(Channel.APPLICANT) == ["dead"]


def test_a_domain_with_accents_is_written_to_by_its_ascii_name(house, mailbox):
    house.new_lead(contact=person("camille@université.fr"))
    house.to_applicants(mailbox).deliver_due()
    assert mailbox.recipients == [["camille@xn--universit-j4a.fr"]]


def test_neither_log_nor_reason_names_the_person(house, mailbox, caplog):
    caplog.set_level("DEBUG", logger="bot")
    house.new_lead(contact=person())
    mailbox.script = [REFUSE_ADDRESS]
    house.to_applicants(mailbox).deliver_due()
    told = "".join(record.getMessage() for record in caplog.records if record.name == "bot") + repr(house.rows())
    assert "announcement_given_up" in told and not any(word in told for word in PERSONAL)
