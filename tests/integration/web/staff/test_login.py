"""Signing in and out: the way in, the sentence that tells nothing, the session that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.web.staff.conftest import PASSWORD, StaffBrowser

WRONG = "Adresse ou mot de passe incorrect"


def test_without_a_session_a_page_leads_to_the_form_and_back(staff_site, office):
    somebody = StaffBrowser(staff_site, office.email)
    sent = somebody.get("/staff/?page=2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/staff/connexion?suite=%2Fstaff%2F%3Fpage%3D2")
    form = somebody.get(sent.headers["location"])
    assert 'name="suite" value="/staff/?page=2"' in form.text
    arrived = somebody.post("/staff/connexion", {"email": office.email, "password": PASSWORD, "suite": "/staff/?page=2"})
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/staff/?page=2")


def test_the_first_page_greets_whoever_is_signed_in(office):
    page = office.read("/staff/")
    assert "odile.martin@example.org" in page and "administrateur" in page and "Rien n'attend" in page


@pytest.mark.parametrize(("email", "password"), [("personne@example.org", PASSWORD), ("odile.martin@example.org", "faux mot de passe"), ("?", "x")])
def test_whatever_is_wrong_the_sentence_is_the_same(staff_site, office, email, password):
    somebody = StaffBrowser(staff_site, email)
    refused = somebody.sign_in(password)
    assert refused.status_code == 422 and WRONG in refused.text
    assert somebody.get("/staff/").status_code == 303


def test_the_address_is_read_whatever_its_capitals(staff_site, office):
    assert StaffBrowser(staff_site, "  Odile.MARTIN@Example.org ").sign_in().status_code == 303


@pytest.mark.parametrize("suite", ["https://example.org/", "//example.org/staff/", "/staff//example.org", "/staff/\\example.org", "/formulaire", "/staff/\r\nX: y"])
def test_no_link_leads_out_of_the_console_after_signing_in(staff_site, office, suite):
    somebody = StaffBrowser(staff_site, office.email)
    somebody.get("/staff/connexion")
    arrived = somebody.post("/staff/connexion", {"email": office.email, "password": PASSWORD, "suite": suite})
    assert arrived.headers["location"] == "/staff/"


def test_signing_out_ends_the_session_on_the_server(office):
    held = office.client.cookies["bot_staff"]
    assert office.is_open_with(held)
    assert office.post("/staff/deconnexion").headers["location"] == "/staff/connexion"
    assert not office.is_open_with(held) and office.get("/staff/").status_code == 303


def test_a_session_unused_for_two_hours_is_over(staff_site, office):
    staff_site.now += timedelta(minutes=119)
    assert office.get("/staff/").status_code == 200
    staff_site.now += timedelta(minutes=121)
    assert office.get("/staff/").status_code == 303


def test_a_session_is_over_after_twelve_hours_however_busy(staff_site, office):
    for _ in range(7):
        staff_site.now += timedelta(minutes=100)
        assert office.get("/staff/").status_code == 200
    staff_site.now += timedelta(minutes=21)
    assert office.get("/staff/").status_code == 303
