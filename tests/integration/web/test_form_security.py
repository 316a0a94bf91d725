"""What protects whoever fills the form: tokens, other sites, limits, markup, silence in the logs, a lost database."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.services.logs import JsonLines
from bot.web.form_state import FormSeals
from tests.integration.web.form_browser import CONTACT, Browser, make_browser

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ADDRESS = "/formulaire/coordonnees"


@pytest.fixture
def browser(program: Any, tmp_path: Any) -> Browser:
    return make_browser(program, tmp_path)


@pytest.mark.parametrize("field", [
    "diploma", "diploma_text", "diploma_precision", "experience", "experience_years", "experience_months", "experience_text", "experience_precision",
    "status", "route", "for_whom", "edit", "<b>",
])
def test_markup_in_an_answer_stays_text(browser, field):
    browser.check(**{"diploma_text": "niveau 4", field: MARKUP})
    assert browser.status in (200, 422) and not browser.page.all("script", "img")
    assert "<script" not in browser.response.text


@pytest.mark.parametrize("field", ["name", "email", "phone", "question"])
def test_markup_in_the_details_stays_text_there_and_among_the_kept_data(browser, field):
    browser.check(diploma="bts").leave_contact(consent="", **{field: MARKUP})
    assert browser.status == 422 and browser.page.entries()[field] == MARKUP and not browser.page.all("script", "img")
    browser.open(ADDRESS).leave_contact(question=MARKUP)
    page = browser.open(browser.my_data_path()).page
    assert MARKUP in page.text and not page.all("script", "img")


def test_a_link_typed_as_markdown_is_not_made_a_link(browser):
    browser.open(ADDRESS).leave_contact(question="[ici](javascript:alert(1)) [là](https://ailleurs.example)")
    links = [link.attributes["href"] for link in browser.open(browser.my_data_path()).page.all("a")]
    assert not any("javascript" in link or "ailleurs" in link for link in links)


@pytest.mark.parametrize(("field", "length"), [("diploma_text", 301), ("experience_text", 501), ("experience_years", 21), ("experience_months", 21)])
def test_a_text_too_long_is_said_and_kept(browser, field, length):
    browser.check(**{"diploma": "cap", field: "9" * length})
    assert browser.status == 422 and f"trop long : {length} caractères" in browser.page.text and browser.page.entries()[field] == "9" * length


@pytest.mark.parametrize(("field", "length"), [("name", 121), ("email", 255), ("phone", 41), ("question", 1001)])
def test_details_too_long_are_said_and_nothing_is_kept(browser, field, length):
    browser.open(ADDRESS).leave_contact(**{field: "a" * length})
    assert browser.status == 422 and "trop long" in browser.page.text and browser.leads() == []


@pytest.mark.parametrize("figure", ["-3", "1e9", "0x10", "99999999", "∞", "3 ans et demi peut-être"])
def test_a_figure_that_is_none_is_never_counted(browser, figure):
    browser.check(diploma="bac_pro", status="salarie", experience_years=figure[:20])
    assert browser.status == 422 and "ne se lit pas comme un nombre" in browser.page.text


def test_a_body_beyond_the_limit_is_refused_in_words(browser):
    browser.open(ADDRESS).leave_contact(question="a" * 20_000)
    assert browser.status == 413 and "16 Kio" in browser.page.text and browser.leads() == []


@pytest.mark.parametrize("content", [b"\xff\xfe=%ff", b"a=%ff", b"&".join(b"a=1" for _ in range(100)), b""])
def test_what_is_no_form_is_refused_in_words(browser, content):
    headers = {**browser.headers, "Content-Type": "application/x-www-form-urlencoded"}
    response = browser.client.post(ADDRESS, content=content, headers=headers)
    assert response.status_code in (400, 403) and "<h1>" in response.text and browser.leads() == []
    assert browser.client.post(ADDRESS, files={"a": b"b"}, headers=browser.headers).status_code == 400


def _forged(browser: Browser) -> list[str]:
    good = browser.open(ADDRESS).page.entries()["state"]
    other_key = FormSeals("x" * 40).seal("formulaire", {"id": "1", "before": {}, "entries": {}, "slots": None}, browser.now)
    other_purpose = FormSeals(browser.settings.secret_key).seal("mes-donnees-effacer", "lead", browser.now)
    return ["", "é", "." * 50, good[:-9] + ("A" if good[-9] != "A" else "B") + good[-8:], f"{good}.{good}", "A" * 5_000, "\ud7ff\0", other_key, other_purpose]


@pytest.mark.parametrize("number", range(9))
def test_a_token_that_is_not_ours_makes_no_lead_and_loses_nothing(browser, number):
    browser.open(ADDRESS).leave_contact(state=_forged(browser)[number], question="Ma question")
    assert browser.status == 403 and browser.leads() == [] and "Rien n'a été enregistré" in browser.page.text
    held = browser.page.entries()
    assert (held["name"], held["email"], held["question"]) == (CONTACT["name"], CONTACT["email"], "Ma question") and "consent" not in held
    assert browser.send(ADDRESS, consent="yes").status == 200 and len(browser.leads()) == 1


@pytest.mark.parametrize("number", range(9))
def test_a_token_that_is_not_ours_gives_no_verdict_and_keeps_the_answers(browser, number):
    state = _forged(browser)[number]
    browser.check(state=state, diploma="bts", diploma_text="compta")
    assert browser.status == 403 and browser.page.entries()["diploma_text"] == "compta"
    assert browser.send("/formulaire/verification").status == 200


def test_a_page_left_open_too_long_is_sent_again_with_its_verdict_kept(browser):
    browser.check(diploma="bts")
    browser.now += timedelta(hours=13)
    browser.leave_contact()
    assert browser.status == 403 and browser.leads() == [] and "consent" not in browser.page.entries()
    assert browser.send(ADDRESS, consent="yes").status == 200 and browser.leads()[0]["verdict"] == "eligible"


def test_facts_cannot_be_slipped_in_beside_the_token(browser):
    browser.check(diploma="cap", experience="never").leave_contact(slots='{"diploma": {"level": 7}}', diploma="master", verdict="eligible")
    assert browser.leads()[0]["verdict"] == "not_yet"


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://ailleurs.example"}, {"Origin": "https://localhost.ailleurs.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
])
def test_a_form_sent_by_another_site_changes_nothing(browser, headers):
    browser.check(diploma="bts")
    state = browser.response
    browser.headers |= headers
    browser.leave_contact()
    assert browser.status == 403 and "autre site" in browser.page.text and browser.leads() == []
    browser.response = state
    assert browser.send("/formulaire/verification", diploma="bts").status == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}, {"Origin": "null"}, {}])
def test_our_own_page_is_believed_whatever_the_browser_tells(browser, headers):
    browser.headers |= headers
    assert browser.check(diploma="bts").leave_contact().status == 200


def test_an_address_that_goes_too_fast_waits(program, tmp_path):
    browser = make_browser(program, tmp_path, rate_limit="1/minute")
    assert [browser.open("/formulaire/verification").status for _ in range(11)] == [200] * 10 + [429]
    assert browser.client.post(ADDRESS, data=CONTACT, headers=browser.headers).status_code == 429


def test_sending_at_the_same_moment_makes_one_lead(browser):
    entries = {**browser.check(diploma="bts").page.entries(), **CONTACT}
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: browser.client.post(ADDRESS, data=entries, headers=browser.headers), range(8)))
    assert {answer.status_code for answer in answers} == {200} and len(browser.leads()) == 1


def test_a_rival_process_that_took_the_same_form_gives_the_same_lead(program, tmp_path):
    browser, rival = make_browser(program, tmp_path), make_browser(program, tmp_path)
    entries = {**browser.check(diploma="bts").page.entries(), **CONTACT}
    with ThreadPoolExecutor(2) as threads:
        sent = [threads.submit(each.client.post, ADDRESS, data=entries, headers=each.headers) for each in (browser, rival) for _ in range(4)]
    assert {answer.result().status_code for answer in sent} == {200} and len(browser.leads()) == 1


def test_a_lost_database_is_said_with_the_form_kept_and_nothing_half_written(browser):
    def lose(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO leads"):
            raise OperationalError("lost", {}, Exception("lost"))

    engine = browser.factory.args[0]
    browser.check(diploma="bts")
    event.listen(engine, "before_cursor_execute", lose)
    browser.leave_contact()
    assert browser.status == 503 and browser.response.headers["retry-after"] and "rien n'a été enregistré" in browser.page.text
    event.remove(engine, "before_cursor_execute", lose)
    assert browser.leads() == [] and browser.page.entries()["name"] == CONTACT["name"]
    with browser.factory() as uow:
        assert uow.conversations.inactive_since(browser.now + timedelta(days=1), 10) == []
    assert browser.send(ADDRESS).status == 200 and len(browser.leads()) == 1


def test_nothing_personal_stands_in_an_address_or_in_the_logs(browser):
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    logger, keep = logging.getLogger("bot"), Keep()
    logger.addHandler(keep)
    logger.setLevel(logging.INFO)
    try:
        browser.check(diploma_text="BTS canari", experience_text="canari").leave_contact(email="canari@example.org", question="canari")
        path = browser.my_data_path()
        browser.open(path).send(path, confirmation="yes")
    finally:
        logger.removeHandler(keep)
    log = "".join(lines)
    assert json.loads(lines[0])["event"] and "canari" not in log.lower() and "durand" not in log.lower()
    assert path.removeprefix("/mes-donnees/") not in log and "canari" not in path


@pytest.mark.parametrize("path", ["/formulaire", "/formulaire/verification", ADDRESS])
def test_the_pages_keep_the_strict_policy_and_are_never_cached(browser, path):
    headers = browser.open(path).response.headers
    assert "default-src 'none'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store" and headers["referrer-policy"] == "no-referrer" and "set-cookie" not in headers
