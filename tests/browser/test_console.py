"""The console in a real browser: every page readable, by keyboard, on a phone, without a script and under the strict policy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import ADMIN, HOSTILE, READER, Office, open_office
from tests.browser.test_accessibility import violations

PHONE = {"viewport": {"width": 360, "height": 740}}
# Each page by the name of its picture in the guide: an address, and what is clicked from there, if anything.
PAGES: dict[str, tuple[str, str | None]] = {
    "accueil": ("/staff/", None),
    "contacts": ("/staff/contacts", None),
    "contact": ("/staff/contacts", "Claire Fontaine"),
    "contact-hostile": ("/staff/contacts", HOSTILE),
    "questions": ("/staff/questions", None),
    "question": ("/staff/questions", "bibliothèque"),
    "reponses": ("/staff/reponses", None),
    "reponse": ("/staff/reponses", "Les conditions d'entrée"),
    "ajouts": ("/staff/questions/ajouts/nouveau", None),
    "pratique": ("/staff/pratique", None),
    "pratique-prix": ("/staff/pratique", "Le prix de la formation"),
    "echeances": ("/staff/echeances", None),
    "chiffres": ("/staff/chiffres", None),
    "personnes": ("/staff/personnes", None),
    "envois": ("/staff/envois", None),
    "comptes": ("/staff/comptes", None),
    "journal": ("/staff/journal", None),
    "mon-compte": ("/staff/mon-compte", None),
}
# `WRITE_GUIDE_PICTURES=docs/images python -m pytest tests/browser/test_console.py` writes the staff guide's pictures anew.
PICTURES = os.environ.get("WRITE_GUIDE_PICTURES")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def visit(office: Office, page: Page, name: str) -> None:
    path, link = PAGES[name]
    page.goto(office.url + path)
    if link is not None:
        page.locator("main a", has_text=link).first.click()


def picture(page: Page, name: str) -> None:
    """Writes the guide's picture of this page, in few colours, when it is asked for."""
    if PICTURES:
        from PIL import Image

        drawn = page.screenshot(full_page=name in ("contact", "chiffres"))
        Image.open(BytesIO(drawn)).convert("RGB").quantize(48).save(Path(PICTURES) / f"{name}.png", optimize=True)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_every_page_is_accessible_fits_the_screen_and_breaks_no_policy(
    office: Office, new_page: Callable[..., Page], axe: str, options: dict[str, Any]
) -> None:
    page = new_page(reduced_motion="reduce", **options)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    office.sign_in(page)

    found = {}
    for name in PAGES:
        visit(office, page, name)
        if not options and "hostile" not in name:
            picture(page, name)
        faults: list[Any] = violations(page, axe)
        faults += ["wider than the screen"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
        if faults:
            found[name] = faults
    assert found == {}
    assert said == []


def test_the_sign_in_page_is_accessible(office: Office, new_page: Callable[..., Page], axe: str) -> None:
    page = new_page()
    page.goto(f"{office.url}/staff/connexion")
    picture(page, "connexion")

    assert violations(page, axe) == []


def test_no_request_leaves_for_another_site(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    office.sign_in(page)
    for name in PAGES:
        visit(office, page, name)

    assert asked
    assert [url for url in asked if not url.startswith(office.url)] == []


def test_hostile_words_are_shown_as_words(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page()
    office.sign_in(page)

    visit(office, page, "contact-hostile")

    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    assert page.locator("main img").count() == 0


def test_a_lead_is_taken_forward_and_back_by_keyboard_without_any_script(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    office.sign_in(page)
    visit(office, page, "contact")

    page.get_by_role("button", name="Marquer « contacté »").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("main .tag").first).to_have_text("contacté")
    page.get_by_role("button", name="Annuler").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .tag").first).to_have_text("nouveau")


def test_the_first_tab_leads_past_the_menu(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page()
    office.sign_in(page)
    page.goto(f"{office.url}/staff/contacts")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_reader_is_offered_no_change(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page()
    office.sign_in(page, READER)
    for name in PAGES:
        if PAGES[name][0] in ("/staff/comptes", "/staff/journal", "/staff/mon-compte", "/staff/questions/ajouts/nouveau"):
            continue
        visit(office, page, name)
        forms = page.locator("main form[method=post]")
        assert forms.count() == (1 if name == "personnes" else 0), name


def test_somebody_signed_out_sees_only_the_sign_in_page(office: Office, new_page: Callable[..., Page]) -> None:
    page = new_page()

    page.goto(f"{office.url}/staff/contacts")

    expect(page).to_have_url(f"{office.url}/staff/connexion?suite=%2Fstaff%2Fcontacts")
    office_page = page.locator("[name=email]")
    expect(office_page).to_be_visible()
    assert ADMIN not in page.content()
