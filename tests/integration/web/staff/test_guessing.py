"""Guessing passwords leads nowhere, and shuts nobody out; cookies and logs give nothing away."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.admissions.staff import Role
from bot.console import account_services
from bot.web.staff.services import StaffServices
from tests.integration.web.staff.conftest import PASSWORD, StaffBrowser

TRIES = 10


def guess(site, email: str, times: int) -> list[int]:
    somebody = StaffBrowser(site, email)
    return [somebody.sign_in(f"mot de passe {number}").status_code for number in range(times)]


@pytest.mark.parametrize("email", ["odile.martin@example.org", "personne@example.org"])
def test_after_ten_guesses_an_account_and_nobody_answer_alike(staff_site, office, email):
    assert guess(staff_site, email, TRIES + 1) == [422] * TRIES + [429]
    refused = StaffBrowser(staff_site, email).sign_in(PASSWORD)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0 and "Trop d&#39;essais" in refused.text


def test_a_device_that_signed_in_before_is_not_shut_out_by_guesses_from_elsewhere(staff_site, office):
    guess(staff_site, office.email, TRIES + 1)
    office.post("/staff/deconnexion")
    assert office.sign_in().status_code == 303
    office.post("/staff/deconnexion")
    answers = [office.sign_in("faux mot de passe").status_code for _ in range(TRIES + 1)]
    assert answers == [422] * TRIES + [429]


def test_the_mark_of_a_device_serves_one_account(staff_site, office, make_staff):
    rene = make_staff("rene.petit@example.org")
    guess(staff_site, office.email, TRIES + 1)
    rene.post("/staff/deconnexion")
    rene.email = office.email
    assert rene.sign_in().status_code == 429


def test_the_right_password_begins_the_count_again(staff_site, office):
    for _ in range(2):
        assert set(guess(staff_site, office.email, TRIES - 1)) == {422}
        assert StaffBrowser(staff_site, office.email).sign_in().status_code == 303


def test_programs_that_share_a_redis_share_the_count(make_site, make_staff, quick_passwords):
    redis_url = "redis://127.0.0.1:6379/15"
    try:
        Redis.from_url(redis_url, socket_connect_timeout=1).ping()
    except RedisError:
        pytest.skip(f"no Redis answers at {redis_url}")
    settings = {"BOT_REDIS_URL": redis_url, "BOT_SECRET_KEY": uuid4().hex * 2}
    sites = [make_site(staff=lambda site: StaffServices(account_services(site.settings, site.factory, quick_passwords)), **settings) for _ in range(2)]
    address = {"X-Forwarded-For": "203.0.113.9"}
    email = f"{uuid4().hex}@example.org"
    answers = []
    for number in range(TRIES + 1):
        somebody = StaffBrowser(sites[number % 2], email)
        somebody.client.headers.update(address)
        answers.append(somebody.sign_in("faux").status_code)
    assert answers == [422] * TRIES + [429]


def test_a_lost_redis_leaves_the_count_of_each_program(make_site, quick_passwords):
    site = make_site(staff=lambda site: StaffServices(account_services(site.settings, site.factory, quick_passwords)), BOT_REDIS_URL="redis://127.0.0.1:1/0")
    assert guess(site, "personne@example.org", TRIES + 1) == [422] * TRIES + [429]


def test_over_https_the_cookies_are_bound_to_this_host(make_site, make_staff, quick_passwords):
    site = make_site(
        staff=lambda site: StaffServices(account_services(site.settings, site.factory, quick_passwords)), BOT_PUBLIC_URL="https://console.example.org"
    )
    browser = make_staff("odile.martin@example.org", Role.ADMIN, site)
    browser.post("/staff/deconnexion")
    answer = browser.sign_in()
    cookies = [value for name, value in answer.headers.multi_items() if name == "set-cookie"]
    (session,) = [cookie for cookie in cookies if cookie.startswith("__Host-bot_staff=")]
    assert all(part in session for part in ("; HttpOnly", "; Secure", "; Path=/", "; SameSite=lax", "; Max-Age=43200")) and "Domain" not in session
    assert all(cookie.startswith("__Host-bot_") and "; HttpOnly" in cookie and "; Secure" in cookie for cookie in cookies)
    assert "__Host-bot_staff" in browser.client.cookies and browser.get("/staff/").status_code == 200


def test_a_session_chosen_by_somebody_else_is_not_taken_over(staff_site, office):
    held = office.client.cookies["bot_staff"]
    victim = StaffBrowser(staff_site, office.email)
    victim.client.cookies.set("bot_staff", "chosen-by-somebody-else", "testserver.local")
    assert victim.sign_in().status_code == 303
    assert victim.client.cookies["bot_staff"] not in ("chosen-by-somebody-else", held)


@pytest.mark.parametrize("value", ["", "x", "a" * 5000, "\u00e9"])
def test_a_cookie_that_we_did_not_give_opens_nothing(staff_site, value):
    answer = staff_site.client.get("/staff/", headers={"Cookie": f"bot_staff={value}".encode()}, follow_redirects=False)
    assert answer.status_code == 303


def test_a_sign_in_form_of_another_site_signs_nobody_in(staff_site, office):
    somebody = StaffBrowser(staff_site, office.email)
    somebody.get("/staff/connexion")
    data = {"email": office.email, "password": PASSWORD}
    assert somebody.post("/staff/connexion", data, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert somebody.post("/staff/connexion", {**data, "_csrf": "0" * 64}).status_code == 403
    assert StaffBrowser(staff_site, office.email).post("/staff/connexion", data).status_code == 403
    assert somebody.get("/staff/").status_code == 303


def test_logs_and_journal_hold_no_password_and_logs_no_address(staff_site, office, caplog):
    caplog.set_level(logging.DEBUG)
    StaffBrowser(staff_site, office.email).sign_in("un secret mal tapé")
    StaffBrowser(staff_site, office.email).sign_in()
    office.get("/staff/comptes")
    office.post("/staff/comptes", {"email": "rene.petit@example.org", "name": "René Petit"})
    journal = str([vars(line) for line in staff_site.factory().audit.page(100)])
    bot_lines = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    for secret in (PASSWORD, "un secret mal tapé", office.client.cookies["bot_staff"]):
        assert secret not in bot_lines and secret not in journal
    assert "example.org" not in bot_lines and "René" not in bot_lines + journal
