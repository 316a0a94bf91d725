"""One's own password and devices."""

from __future__ import annotations

import re

import pytest

from tests.integration.web.staff.conftest import PASSWORD, StaffBrowser

OTHER = "une tout autre phrase de passe"
PATH = "/staff/mon-compte"


def change(browser: StaffBrowser, old: str = PASSWORD, new: str = OTHER, again: str | None = None):
    browser.get(PATH)
    return browser.post(f"{PATH}/mot-de-passe", {"password_old": old, "password": new, "password_again": new if again is None else again})


def second_browser(browser: StaffBrowser) -> StaffBrowser:
    other = StaffBrowser(browser.site, browser.email)
    other.client.headers["User-Agent"] = "Mozilla/5.0 (iPhone) Safari/604.1"
    assert other.sign_in().status_code == 303
    return other


def test_another_password_signs_every_other_device_out_and_renews_this_one(reader):
    elsewhere, held = second_browser(reader), reader.client.cookies["bot_staff"]
    assert change(reader).status_code == 303
    assert "Votre mot de passe est changé" in reader.read(PATH) and "Votre mot de passe est changé" not in reader.read(PATH)
    assert elsewhere.get("/staff/").status_code == 303 and reader.client.cookies["bot_staff"] != held
    assert not reader.is_open_with(held)
    assert StaffBrowser(reader.site, reader.email).sign_in(PASSWORD).status_code == 422
    assert StaffBrowser(reader.site, reader.email).sign_in(OTHER).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [("faux", OTHER, None, "ancien mot de passe"), (PASSWORD, "court", None, "trop court"), (PASSWORD, OTHER, "autre chose", "sont différents"),
     (PASSWORD, "rene.petit@example.org", None, "contient votre adresse")],
)
def test_a_password_that_cannot_be_changed_says_why_and_stays(reader, old, new, again, words):
    answer = change(reader, old, new, again)
    assert answer.status_code == 422 and words in answer.text and 'aria-invalid="true"' in answer.text
    assert answer.text.count('type="password" value=""') == 3
    assert reader.get("/staff/").status_code == 200
    assert StaffBrowser(reader.site, reader.email).sign_in(PASSWORD).status_code == 303


def test_the_old_password_cannot_be_guessed_from_an_open_session(reader):
    answers = [change(reader, "faux mot de passe").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert change(reader).status_code == 429


def test_one_sees_and_ends_one_s_own_devices(reader, office):
    phone = second_browser(reader)
    page = reader.read(PATH)
    assert "Firefox, Windows" in page and "Safari, iPhone" in page and "cet appareil" in page
    assert "odile" not in page
    (path,) = re.findall(rf'action="({PATH}/appareils/[^"]+)"', reader.get(PATH).text)
    assert office.post(path).status_code == 303 and phone.get("/staff/").status_code == 200
    reader.post(path)
    assert "Cet appareil est déconnecté" in reader.read(PATH)
    assert phone.get("/staff/").status_code == 303 and reader.get("/staff/").status_code == 200


def test_everywhere_means_everywhere(reader, office):
    phone = second_browser(reader)
    reader.get(PATH)
    assert reader.post(f"{PATH}/deconnecter-partout").headers["location"] == "/staff/connexion"
    assert [browser.get("/staff/").status_code for browser in (reader, phone, office)] == [303, 303, 200]


def test_what_a_browser_calls_itself_is_not_repeated(make_staff):
    person = make_staff("rene.petit@example.org")
    other = StaffBrowser(person.site, person.email)
    other.client.headers["User-Agent"] = "<script>alert(1)</script>" * 100
    other.sign_in()
    assert "<script>" not in person.get(PATH).text and "Navigateur inconnu" in person.read(PATH)
