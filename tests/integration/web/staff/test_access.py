"""The table of routes, walked: who may pass each door, and what stays as it was when somebody may not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from starlette.routing import Route

from bot.admissions.staff import Role
from bot.storage.tables import metadata
from bot.web.staff.access import Door
from bot.web.staff.routes import staff_routes
from bot.web.staff.sessions import csrf_token
from tests.integration.web.staff.conftest import StaffBrowser

# Open before anybody is signed in: signing in, and choosing a password by link.
OUTSIDE = {"/staff", "/staff/connexion", "/staff/mot-de-passe-oublie", "/staff/mot-de-passe/{token}"}
OUTSIDE |= {"/staff/connexion/etablissement", "/staff/connexion/retour"}
# What everybody does with their own account.
OWN = {"/staff/deconnexion"}
OWN_FOLDER = "/staff/mon-compte/"
# What everybody may look up; posted, so that an address stands in no link.
LOOKUPS = {"/staff/personnes"}
CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
# What a mere visit may write: that somebody was there, and what they saw.
TRACES = {"audit", "staff_sessions"}


def routes(method: str) -> list[Route]:
    return [route for route in staff_routes() if isinstance(route, Route) and method in (route.methods or ())]


def door_of(route: Route) -> Door | None:
    return getattr(route.endpoint, "door", None)


def address(route: Route) -> str:
    """An address that the route takes; what it names does not exist."""
    return re.sub(r"\{[^}]+\}", "00000000-0000-4000-8000-000000000000", route.path)


def doors(method: str) -> list[Route]:
    return [route for route in routes(method) if route.path not in OUTSIDE]


ACTIONS, PAGES = doors("POST"), doors("GET")


def kept(browser: StaffBrowser, but: set[str] = TRACES) -> dict[str, list[Any]]:
    """Everything stored, except traces."""
    with browser.site.engine.connect() as connection:
        return {name: connection.execute(select(table)).all() for name, table in metadata.tables.items() if name not in but}


def test_every_route_has_a_door_and_every_change_is_an_action():
    assert len(ACTIONS) >= 8 and len(PAGES) >= 4
    for route in ACTIONS:
        assert door_of(route) is not None and door_of(route).is_action, route.path
    for route in PAGES:
        assert door_of(route) is not None and not door_of(route).is_action, route.path
    assert not [route.path for route in staff_routes() if isinstance(route, Route) and (route.methods or set()) - {"GET", "HEAD", "POST"}]


def test_without_a_session_every_address_leads_to_the_form(staff_site):
    somebody = StaffBrowser(staff_site, "personne@example.org")
    answers = {(route.path, method): somebody.client.request(method, address(route)) for method in ("GET", "POST") for route in doors(method)}
    assert {key for key, answer in answers.items() if (answer.status_code, answer.headers.get("location", "")[:16]) != (303, "/staff/connexion")} == set()


def test_a_reader_changes_nothing_but_their_own_account(reader):
    before, passed = kept(reader, set()), set()
    for route in ACTIONS:
        if route.path in OWN | LOOKUPS or route.path.startswith(OWN_FOLDER):
            assert door_of(route).roles == frozenset(Role)
            continue
        answer = reader.post(address(route))
        if answer.status_code != 403 or "Votre compte permet de consulter" not in answer.text:
            passed.add(route.path)
    assert passed == set() and kept(reader, set()) == before


def test_what_a_reader_looks_up_changes_nothing(reader):
    before = kept(reader)
    assert {path: reader.post(path, {"email": "personne@example.org"}).status_code < 500 for path in LOOKUPS} == dict.fromkeys(LOOKUPS, True)
    assert kept(reader) == before


def test_a_reader_exports_nothing_and_a_download_is_for_our_own_pages_only(reader):
    for route in PAGES:
        if "export" in route.path:
            assert door_of(route).own_site_only and reader.get(address(route)).status_code == 403, route.path


@pytest.mark.parametrize("token", [None, "", "0" * 64, csrf_token("another session's")], ids=["none", "empty", "zeros", "another's"])
def test_without_the_token_of_this_session_nothing_changes(office, token):
    before, passed = kept(office, set()), set()
    for route in ACTIONS:
        answer = office.client.post(address(route), data={} if token is None else {"_csrf": token}, headers={"Sec-Fetch-Site": "same-origin"})
        if answer.status_code != 403 or "Rien n&#39;a été changé" not in answer.text:
            passed.add(route.path)
    assert passed == set() and kept(office, set()) == before


@pytest.mark.parametrize("headers", [CROSS_SITE, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.org"}], ids=["cross-site", "same-site", "origin only"])
def test_a_form_of_another_site_changes_nothing_even_with_the_token(office, headers):
    before = kept(office, set())
    passed = {route.path for route in ACTIONS if office.client.post(address(route), data={"_csrf": office.csrf}, headers=headers).status_code != 403}
    assert passed == set() and kept(office, set()) == before


def test_a_link_of_another_site_changes_nothing(office):
    before = kept(office)
    for route in PAGES:
        answer = office.client.get(f"{address(route)}?enabled=no&role=reader&format=csv", headers=CROSS_SITE)
        assert kept(office) == before, route.path
        assert answer.status_code == 403 or not door_of(route).own_site_only, route.path


def test_the_body_of_an_action_is_bounded_and_is_a_form(office):
    too_large = office.post("/staff/comptes", {"name": "x" * 200_000})
    assert too_large.status_code == 413
    assert office.client.post("/staff/comptes", json={"_csrf": office.csrf}).status_code == 400
    too_many = "&".join(f"f{number}=1" for number in range(500))
    assert office.client.post("/staff/comptes", content=too_many, headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == 400


def test_a_page_that_does_not_exist_says_so_in_the_console(office):
    answer = office.get("/staff/nulle-part")
    assert answer.status_code == 404 and "Revenir à l&#39;accueil de la console" in answer.text.replace("l'accueil", "l&#39;accueil")
