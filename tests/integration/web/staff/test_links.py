"""A password by link: the same answer for everybody, a link from the settings, used once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.web.staff.conftest import StaffBrowser

OTHER = "une tout autre phrase de passe"
FORGOTTEN = "/staff/mot-de-passe-oublie"


def ask(site, email: str, **headers: str):
    somebody = StaffBrowser(site, email)
    somebody.get(FORGOTTEN)
    return somebody.post(FORGOTTEN, {"email": email}, **headers)


def sent_link(mailbox) -> str:
    return mailbox.letters[-1].values["link"]


def path_of(link: str) -> str:
    return "/staff" + link.partition("/staff")[2]


def test_the_answer_is_the_same_for_an_account_and_for_nobody(mailing_office, mailbox):
    known, unknown, broken = (ask(mailing_office.site, email) for email in (mailing_office.email, "personne@example.org", "?"))
    assert {answer.status_code for answer in (known, unknown, broken)} == {200}

    def without_token(text: str) -> str:
        return text.partition("<main")[2]

    assert without_token(known.text) == without_token(unknown.text) == without_token(broken.text)
    assert "Si un compte existe" in known.text
    assert [letter.to for letter in mailbox.letters] == [mailing_office.email]


def test_a_failing_mail_server_changes_nothing_of_the_answer(mailing_office, mailbox, caplog):
    mailbox.is_broken = True
    caplog.set_level("INFO", "bot")
    assert ask(mailing_office.site, mailing_office.email).status_code == 200
    assert "staff_link_not_sent" in caplog.text and mailing_office.email not in caplog.text


def test_the_link_is_built_from_the_settings_whatever_host_the_request_names(mailing_office, mailbox):
    ask(mailing_office.site, mailing_office.email, Host="pirate.example.net", **{"X-Forwarded-Host": "pirate.example.net"})
    assert sent_link(mailbox).startswith("http://console.example.org/staff/mot-de-passe/")


def test_a_disabled_account_gets_no_link(mailing_office, make_staff, mailbox):
    rene = make_staff("rene.petit@example.org", site=mailing_office.site)
    mailing_office.get("/staff/comptes")
    mailing_office.post(f"/staff/comptes/{rene.account.id}/etat", {"enabled": "no"})
    ask(mailing_office.site, rene.email)
    assert mailbox.letters == []


def test_the_link_sets_the_password_once_and_ends_every_session(mailing_office, mailbox):
    ask(mailing_office.site, mailing_office.email)
    path, somebody = path_of(sent_link(mailbox)), StaffBrowser(mailing_office.site, mailing_office.email)
    for _ in range(2):  # a mail program may open it first
        assert mailing_office.email in somebody.read(path)
    assert "trop court" in somebody.post(path, {"password": "court", "password_again": "court"}).text
    assert "sont différents" in somebody.post(path, {"password": OTHER, "password_again": "autre"}).text
    assert somebody.post(path, {"password": OTHER, "password_again": OTHER}).status_code == 303
    assert somebody.get("/staff/").status_code == 200 and mailing_office.get("/staff/").status_code == 303
    assert somebody.get(path).status_code == 404
    assert StaffBrowser(mailing_office.site, mailing_office.email).sign_in(OTHER).status_code == 303


def test_the_link_is_over_after_an_hour(mailing_office, mailbox):
    ask(mailing_office.site, mailing_office.email)
    path, somebody = path_of(sent_link(mailbox)), StaffBrowser(mailing_office.site, mailing_office.email)
    mailing_office.site.now += timedelta(minutes=59)
    assert somebody.get(path).status_code == 200
    mailing_office.site.now += timedelta(minutes=1)
    assert somebody.get(path).status_code == 404 and "ne sert plus" in somebody.get(path).text


@pytest.mark.parametrize("token", ["x", "..%2f..%2fstaff", "%00", "a" * 3000])
def test_a_link_that_we_did_not_make_opens_nothing(staff_site, token):
    assert StaffBrowser(staff_site, "x").get(f"/staff/mot-de-passe/{token}").status_code == 404


def test_the_form_of_a_link_is_bound_to_the_browser_that_opened_it(mailing_office, mailbox):
    ask(mailing_office.site, mailing_office.email)
    path = path_of(sent_link(mailbox))
    victim = StaffBrowser(mailing_office.site, mailing_office.email)
    answer = victim.post(path, {"password": OTHER, "password_again": OTHER, "_csrf": "0" * 64}, **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and StaffBrowser(mailing_office.site, mailing_office.email).sign_in(OTHER).status_code == 422


def test_nobody_is_flooded_with_links(mailing_office, mailbox):
    for _ in range(6):
        assert ask(mailing_office.site, mailing_office.email).status_code == 200
    assert len(mailbox.letters) == 3


def test_without_a_mail_server_the_page_says_whom_to_ask(staff_site, office):
    assert "demandez à un administrateur" in StaffBrowser(staff_site, office.email).read(FORGOTTEN)
    assert "demandez à un administrateur" in ask(staff_site, office.email).text


def test_no_page_of_a_link_says_its_token_again_nor_sends_it_elsewhere(mailing_office, mailbox, caplog):
    ask(mailing_office.site, mailing_office.email)
    link = sent_link(mailbox)
    page = StaffBrowser(mailing_office.site, mailing_office.email).get(path_of(link))
    assert link.rpartition("/")[2] not in page.text and page.headers["referrer-policy"] == "no-referrer"
    assert "http" not in page.text.partition("<main")[2] and link.rpartition("/")[2] not in caplog.text
