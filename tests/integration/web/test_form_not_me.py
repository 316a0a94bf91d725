"""« Ce n'était pas moi », and what the office adds to a lead as its person sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.admissions.staff import Actor
from bot.services.lead_desk import Edit, add_note, change_state, override_verdict
from bot.services.my_data_links import NOT_ME_PATH, not_me_link
from bot.web.my_data import NOTHING_HERE
from tests.integration.web.form_browser import Browser, make_browser

ANNE = Actor(str(uuid4()), "anne@universite.example")


@pytest.fixture
def browser(program: Any, tmp_path: Any) -> Browser:
    """Somebody who has just left their details and opened their link."""
    browser = make_browser(program, tmp_path)
    browser.check(diploma="bac_pro", experience_years="4", status="salarie").leave_contact(question="Où est-ce ?")
    return browser.open(browser.my_data_path())


def not_me_path(browser: Browser) -> str:
    return not_me_link(browser.my_data_path_here())


def work_on(browser: Browser, text: str = "Rappeler <b>lundi</b>") -> None:
    """The office moves the lead on, judges it and writes a note."""
    [lead] = browser.leads()

    def edit() -> Edit:
        return Edit(ANNE, lead["id"], browser.factory().desk.get(lead["id"]).version, browser.now)

    change_state(browser.factory, edit(), "contacte")
    override_verdict(browser.factory, edit(), "vae", "=Longue expérience")
    add_note(browser.factory, edit(), str(uuid4()), text)


def test_the_person_reads_the_notes_and_the_history_but_not_who_wrote_them(browser):
    path = browser.my_data_path_here()
    assert "n'a encore rien noté" in browser.page.text
    work_on(browser)
    page = browser.open(path).page
    for words in ("Rappeler <b>lundi</b>", "nouveau → contacté", "=Longue expérience", "avis du service"):
        assert words in page.text, words
    assert "anne@" not in page.text and "<b>lundi" not in browser.response.text


def test_erasing_takes_notes_and_history_along(browser):
    work_on(browser)
    [lead] = browser.leads()
    browser.send(browser.my_data_path_here(), confirmation="yes")
    assert browser.status == 200 and browser.leads() == []
    desk = browser.factory().desk
    assert (desk.notes(lead["id"]), desk.changes(lead["id"])) == ([], [])


def test_not_me_shows_nothing_that_was_typed_and_erases_with_one_button(browser):
    work_on(browser)
    path, data_path = not_me_path(browser), browser.my_data_path_here()
    assert path.startswith(NOT_ME_PATH)
    page = browser.open(path).page
    assert browser.status == 200 and "23 novembre 2026" in page.text and len(browser.leads()) == 1
    assert not any(words in browser.response.text for words in ("Camille", "camille.durand", "Où est-ce", "bac professionnel", "lundi", "nouveau"))
    browser.send(path)
    assert browser.status == 200 and "C'est effacé" in browser.page.text and browser.leads() == []
    for gone in (path, data_path):
        assert browser.open(gone).status == 404 and NOTHING_HERE in browser.page.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}])
def test_another_site_cannot_say_it_was_not_me(browser, headers):
    path = not_me_path(browser)
    browser.open(path)
    browser.headers |= headers
    browser.send(path)
    assert browser.status == 403 and len(browser.leads()) == 1


@pytest.mark.parametrize("state", ["", "x.y", None])
def test_without_our_own_button_nothing_is_erased(browser, state):
    data_state = browser.page.entries()["state"]  # the token of the other page
    path = not_me_path(browser)
    browser.open(path).send(path, state=data_state if state is None else state)
    assert browser.status == 403 and len(browser.leads()) == 1


@pytest.mark.parametrize("token", ["", "x", "A" * 3_000])
def test_a_wrong_link_gets_the_same_answer_as_an_expired_one(browser, token):
    path = not_me_path(browser)
    assert browser.open(f"{NOT_ME_PATH}{token}").status == 404
    wrong = browser.response.text
    browser.now += timedelta(days=1095, minutes=1)
    assert browser.open(path).status == 404 and browser.response.text == wrong
