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


def named(found: list[Route]) -> list[Any]:
    return [pytest.param(route, id=route.path) for route in found]


ACTIONS = [route for route in routes("POST") if route.path not in OUTSIDE]
PAGES = [route for route in routes("GET") if route.path not in OUTSIDE]


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


@pytest.mark.parametrize("route", named([*ACTIONS, *PAGES]))
def test_without_a_session_every_address_leads_to_the_form(staff_site, route):
    somebody = StaffBrowser(staff_site, "personne@example.org")
    method = "POST" if route in ACTIONS else "GET"
    answer = somebody.client.request(method, address(route))
    assert answer.status_code == 303 and answer.headers["location"].startswith("/staff/connexion"), route.path


@pytest.mark.parametrize("route", named(ACTIONS))
def test_a_reader_changes_nothing_but_their_own_account(reader, route):
    if route.path in OWN or route.path.startswith(OWN_FOLDER):
        assert door_of(route).roles == frozenset(Role)
        return
    before = kept(reader, set())
    reader.get("/staff/")
    answer = reader.post(address(route))
    assert answer.status_code == 403 and "Votre compte permet de consulter" in answer.text
    assert {**kept(reader, set()), "staff_sessions": None} == {**before, "staff_sessions": None}


@pytest.mark.parametrize("route", named([route for route in PAGES if "export" in route.path]))
def test_a_reader_exports_nothing(reader, route):
    assert reader.get(address(route)).status_code == 403


@pytest.mark.parametrize("token", [None, "", "0" * 64, "another session's"])
@pytest.mark.parametrize("route", named(ACTIONS))
def test_without_the_token_of_this_session_nothing_changes(office, route, token):
    before = kept(office, set())
    data = {} if token is None else {"_csrf": csrf_token("x") if token == "another session's" else token}
    answer = office.client.post(address(route), data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403 and "Rien n&#39;a été changé" in answer.text
    assert kept(office, set()) == before


@pytest.mark.parametrize("headers", [CROSS_SITE, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.org"}], ids=["cross-site", "same-site", "origin only"])
@pytest.mark.parametrize("route", named(ACTIONS))
def test_a_form_of_another_site_changes_nothing_even_with_the_token(office, route, headers):
    before = kept(office, set())
    answer = office.client.post(address(route), data={"_csrf": office.csrf}, headers=headers)
    assert answer.status_code == 403
    assert kept(office, set()) == before


@pytest.mark.parametrize("route", named(PAGES))
def test_a_link_of_another_site_changes_nothing(office, route):
    before = kept(office)
    answer = office.client.get(f"{address(route)}?enabled=no&role=reader&format=csv", headers=CROSS_SITE)
    assert kept(office) == before
    if door_of(route).own_site_only:
        assert answer.status_code == 403


@pytest.mark.parametrize("route", named([route for route in PAGES if "export" in route.path]))
def test_a_download_is_for_our_own_pages_only(route):
    assert door_of(route).own_site_only


def test_the_body_of_an_action_is_bounded_and_is_a_form(office):
    too_large = office.post("/staff/comptes", {"name": "x" * 200_000})
    assert too_large.status_code == 413
    assert office.client.post("/staff/comptes", json={"_csrf": office.csrf}).status_code == 400
    too_many = "&".join(f"f{number}=1" for number in range(500))
    assert office.client.post("/staff/comptes", content=too_many, headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == 400


def test_a_page_that_does_not_exist_says_so_in_the_console(office):
    answer = office.get("/staff/nulle-part")
    assert answer.status_code == 404 and "Revenir à l&#39;accueil de la console" in answer.text.replace("l'accueil", "l&#39;accueil")
