"""The structure that a screen reader and a keyboard stand on, on every page of the form."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.integration.web.form_browser import Browser, Page, make_browser

CONTROLS = ("input", "select", "textarea")
STEPS = {
    "everything": lambda browser: browser.open("/formulaire?tout=1"),
    "questions": lambda browser: browser.open("/formulaire/verification"),
    "nothing answered": lambda browser: browser.check(),
    "ambiguous level": lambda browser: browser.check(diploma_text="niveau 4"),
    "vague duration": lambda browser: browser.check(diploma="bac_pro", experience_text="environ 3 ans"),
    "status missing": lambda browser: browser.check(diploma="bac_pro", experience_years="4"),
    "verdict": lambda browser: browser.check(diploma="bts"),
    "details": lambda browser: browser.open("/formulaire/coordonnees"),
    "details to mend": lambda browser: browser.check(diploma="bts").leave_contact(name="", email="x", phone="1", consent=""),
    "expired": lambda browser: browser.open("/formulaire/coordonnees").leave_contact(state="x"),
    "thanks": lambda browser: browser.check(diploma="bts").leave_contact(),
    "kept data": lambda browser: browser.check(diploma="bts").leave_contact().open(browser.my_data_path()),
    "unconfirmed": lambda browser: browser.check(diploma="bts").leave_contact().open(browser.my_data_path()).send(browser.my_data_path_here()),
    "wrong link": lambda browser: browser.open("/mes-donnees/x"),
}


@pytest.fixture(params=sorted(STEPS))
def page(request: Any, program: Any, tmp_path: Any) -> Page:
    browser: Browser = make_browser(program, tmp_path)
    return STEPS[request.param](browser).page


def test_the_page_has_its_language_a_title_and_one_main_heading(page):
    [html], [title], [heading] = page.all("html"), page.all("title"), page.all("h1")
    assert html.attributes["lang"] == "fr" and title.text.strip() and heading.text.strip() and len(page.all("main")) == 1


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(element.tag[1]) for element in page.all("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


def test_every_control_has_one_label_and_every_group_its_legend(page):
    labelled = [element.attributes["for"] for element in page.all("label")]
    controls = [element for element in page.all(*CONTROLS) if element.attributes.get("type") != "hidden"]
    assert sorted(labelled) == sorted(element.attributes["id"] for element in controls)
    assert all(element.text.strip() for element in page.all("label", "legend", "button", "a"))
    assert len(page.all("legend")) == len(page.all("fieldset"))
    radios = [element for element in page.all("input") if element.attributes["type"] == "radio"]
    assert all("fieldset" in element.parents for element in radios)


def test_ids_are_unique_and_whatever_refers_to_one_finds_it(page):
    assert len(page.ids) == len(set(page.ids))
    for element in page.elements:
        for name in ("aria-describedby", "aria-labelledby"):
            assert set(element.attributes.get(name, "").split()) <= set(page.ids)
        target = element.attributes.get("href", "")
        assert not target.startswith("#") or target[1:] in page.ids


def test_what_is_wrong_is_said_beside_the_field_and_in_the_title(page):
    wrong = [element for element in page.elements if element.attributes.get("aria-invalid") == "true"]
    problems = {element.attributes["id"]: element.text for element in page.all("p") if element.attributes.get("class") == "problem"}
    assert all(set(element.attributes["aria-describedby"].split()) & set(problems) for element in wrong)
    assert all(text.strip() for text in problems.values())
    has_summary = any(element.attributes.get("role") == "alert" for element in page.elements)
    assert has_summary == page.all("title")[0].text.startswith("À compléter")
    assert not problems or has_summary


def test_the_page_needs_no_script_and_no_inline_style(page):
    assert page.all("script", "style") == []
    assert not any(name == "style" or name.startswith("on") for element in page.elements for name in element.attributes)


def test_details_say_what_a_browser_may_fill_in(page):
    purposes = {"name": "name", "email": "email", "phone": "tel"}
    for element in page.all("input"):
        if element.attributes.get("name") in purposes:
            assert element.attributes["autocomplete"] == purposes[element.attributes["name"]]
