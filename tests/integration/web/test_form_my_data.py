"""A person sees and erases what is kept of them, with the link that is theirs alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.services.my_data_links import lead_id_of, my_data_link
from bot.web.my_data import NOTHING_HERE
from tests.integration.web.form_browser import Browser, make_browser


@pytest.fixture
def browser(program: Any, tmp_path: Any) -> Browser:
    """Somebody who has just left their details and opened their link."""
    browser = make_browser(program, tmp_path)
    browser.check(diploma="bac_pro", experience_years="4", status="salarie", route="vae").leave_contact(question="Où est-ce ?\nMerci")
    return browser.open(browser.my_data_path())


def test_all_that_is_kept_is_shown_in_words(browser):
    text = browser.page.text
    for words in ("Camille Durand", "camille.durand@example.org", "bac professionnel, niveau 4", "4 ans", "salarié ou agent public", "VAE, par l'expérience",
                  "conditions remplies pour candidater", "Où est-ce ?", "Combien de temps ?", "23 novembre 2026", "3 ans au plus",
                  "Vérification par formulaire", "Merci, c'est transmis"):
        assert words in text
    [lead] = browser.leads()
    assert all(reason in text for reason in lead["reasons"]) and lead["consent_version"] in text


def test_the_link_of_the_e_mails_is_the_one_of_the_page(browser):
    [lead] = browser.leads()
    link = my_data_link(browser.settings, lead["id"])
    assert link == f"{browser.settings.public_url}{browser.my_data_path_here()}" and lead["email"] not in link
    assert lead_id_of(browser.settings, link.rpartition("/")[2]) == lead["id"]


def test_erasing_takes_the_lead_the_conversation_and_the_consent_away(browser):
    [lead] = browser.leads()
    path = browser.my_data_path_here()
    browser.send(path, confirmation="yes")
    assert browser.status == 200 and "Vos données sont effacées" in browser.page.text and browser.leads() == []
    with browser.factory() as uow:
        assert uow.conversations.get(lead["conversation_id"]) is None and uow.leads.consent_of(lead["conversation_id"]) is None
        assert uow.messages.history(lead["conversation_id"]) == []
    assert browser.open(path).status == 404 and NOTHING_HERE in browser.page.text
    assert browser.client.post(path, data={"confirmation": "yes"}, headers=browser.headers).status_code == 404


def test_erasing_asks_to_be_confirmed(browser):
    browser.send(browser.my_data_path_here())
    assert browser.status == 422 and "Cochez la case pour confirmer" in browser.page.text and len(browser.leads()) == 1


@pytest.mark.parametrize("entries", [{"state": ""}, {"state": "x.y"}, {"state": "A" * 3_000}])
def test_erasing_without_our_page_s_token_erases_nothing(browser, entries):
    browser.send(browser.my_data_path_here(), confirmation="yes", **entries)
    assert browser.status == 403 and "rien n'a été effacé" in browser.page.text and len(browser.leads()) == 1


def test_the_token_of_one_lead_does_not_erase_another(browser):
    state = browser.page.entries()["state"]
    browser.check(diploma="bts").leave_contact(name="Dominique Martin")
    other = browser.my_data_path()
    browser.open(other).send(other, confirmation="yes", state=state)
    assert browser.status == 403 and len(browser.leads()) == 2


def test_another_site_cannot_erase(browser):
    browser.headers |= {"Sec-Fetch-Site": "cross-site"}
    browser.send(browser.my_data_path_here(), confirmation="yes")
    assert browser.status == 403 and len(browser.leads()) == 1


def test_a_page_left_open_too_long_does_not_erase(browser):
    browser.now += timedelta(hours=13)
    browser.send(browser.my_data_path_here(), confirmation="yes")
    assert browser.status == 403 and len(browser.leads()) == 1


@pytest.mark.parametrize("spoil", [lambda token: "", lambda token: "x", lambda token: token[:-2], lambda token: token + "a", lambda token: "é%00" + token,
                                   lambda token: f"{token}/", lambda token: "A" * 5_000])
def test_a_wrong_link_gets_one_sentence(browser, spoil):
    token = browser.my_data_path_here().removeprefix("/mes-donnees/")
    browser.open("/mes-donnees/" + spoil(token))
    assert browser.status == 404 and "Camille" not in browser.page.text


def test_wrong_expired_and_erased_links_get_the_same_answer(browser):
    path = browser.my_data_path_here()
    wrong = browser.open("/mes-donnees/x").response.text
    browser.now += timedelta(days=1095, minutes=1)
    expired = browser.open(path).response
    browser.now -= timedelta(days=1095, minutes=1)
    browser.open(path).send(path, confirmation="yes")
    assert expired.status_code == 404 and wrong == expired.text == browser.open(path).response.text


def test_a_token_of_another_kind_is_no_link(browser):
    assert browser.open(f"/mes-donnees/{browser.page.entries()['state']}").status == 404


def test_the_link_outlives_the_conversation_and_says_so(browser):
    browser.now += timedelta(days=31)
    page = browser.open(browser.my_data_path_here()).page
    assert browser.status == 200 and "Elle n'est plus conservée." in page.text and "Camille Durand" in page.text


def test_links_are_counted_by_the_limit_of_their_address(program, tmp_path):
    browser = make_browser(program, tmp_path, rate_limit="1/minute")
    assert [browser.open("/mes-donnees/x").status for _ in range(11)] == [404] * 10 + [429]
