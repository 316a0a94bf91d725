"""The console on SQLite, seen by an admin's browser (`office`) and a reader's (`reader`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from bot.admissions.staff import Account, Role
from bot.bootstrap import ROOT
from bot.catalogue.catalogue import load_catalogue
from bot.console import account_services, lead_services
from bot.services.announcements import Letter
from bot.services.outbox import DeliveryFailed
from bot.services.passwords import Passwords
from bot.services.staff_accounts import AccountServices, add_account
from bot.web.staff.services import LeadServices, StaffServices
from tests.integration.builders import NOW
from tests.integration.web.conftest import Site

PASSWORD = "une phrase de passe correcte"
CSRF = re.compile(r'name="_csrf" value="([^"]+)"')
# What a browser says of its own clicks.
BROWSER = {"Accept": "text/html", "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"}
OWN_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="session")
def quick_passwords() -> Passwords:
    """The real hashing with the smallest parameters."""
    return Passwords(time_cost=1, memory_kib=8)


@dataclass
class StaffBrowser:
    """One person's browser: `post` fills in the token of the last page that had a form, and follows no redirect."""

    site: Site
    email: str
    account: Account | None = None
    csrf: str = ""
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        scheme = self.site.settings.public_url.partition(":")[0]
        self.client = TestClient(self.site.client.app, f"{scheme}://testserver", headers=BROWSER, follow_redirects=False)

    def get(self, path: str, **headers: str) -> Response:
        response = self.client.get(path, headers=headers)
        found = CSRF.search(response.text)
        self.csrf = found[1] if found else self.csrf
        return response

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Response:
        return self.client.post(path, data={"_csrf": self.csrf, **(data or {})}, headers={**OWN_SITE, **headers})

    def sign_in(self, password: str = PASSWORD) -> Response:
        self.get("/staff/connexion")
        response = self.post("/staff/connexion", {"email": self.email, "password": password})
        if response.status_code == 303:
            self.get("/staff/")
        return response

    def is_open_with(self, session: str) -> bool:
        """Whether a browser that holds this session, and nothing else, is let in."""
        other = TestClient(self.site.client.app, self.client.base_url, headers=BROWSER, follow_redirects=False)
        return other.get("/staff/", headers={"Cookie": f"bot_staff={session}"}).status_code == 200

    def read(self, path: str) -> str:
        """The page as its reader sees it: no tags, entities as characters."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@dataclass
class Mailbox:
    """Takes letters, or refuses them."""

    letters: list[Letter] = field(default_factory=list)
    is_broken: bool = False

    def __call__(self, letter: Letter, now: Any) -> None:
        if self.is_broken:
            raise DeliveryFailed("le serveur de courriel ne répond pas")
        self.letters.append(letter)


@pytest.fixture(scope="session")
def leads_area() -> LeadServices:
    """Leads beside the real rules and cards."""
    return lead_services(load_catalogue(ROOT / "knowledge", NOW.date()))


@pytest.fixture
def staff_site(make_site: Callable[..., Site], quick_passwords: Passwords, leads_area: LeadServices) -> Site:
    """A site with the console."""
    return make_site(staff=lambda site: StaffServices(account_services(site.settings, site.factory, quick_passwords), leads=leads_area))


@pytest.fixture
def make_staff(staff_site: Site, quick_passwords: Passwords) -> Callable[..., StaffBrowser]:
    """Makes an account and its browser, signed in."""

    def make(email: str, role: Role = Role.READER, site: Site = staff_site) -> StaffBrowser:
        services = account_services(site.settings, site.factory, quick_passwords)
        account = add_account(services, email, role, site.now, password=PASSWORD)
        browser = StaffBrowser(site, email, account)
        assert browser.sign_in().status_code == 303
        return browser

    return make


@pytest.fixture
def office(make_staff: Callable[..., StaffBrowser]) -> StaffBrowser:
    """An admin, signed in."""
    return make_staff("odile.martin@example.org", Role.ADMIN)


@pytest.fixture
def reader(make_staff: Callable[..., StaffBrowser]) -> StaffBrowser:
    """A reader, signed in."""
    return make_staff("rene.petit@example.org")


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mailing_office(make_site: Callable[..., Any], make_staff: Callable[..., StaffBrowser], mailbox: Mailbox, quick_passwords: Any) -> StaffBrowser:
    """An admin of a site that sends e-mails."""

    def staff(site: Any) -> StaffServices:
        wired = account_services(site.settings, site.factory, quick_passwords)
        return StaffServices(AccountServices(wired.uow_factory, wired.passwords, wired.public_url, mailbox))

    site = make_site(staff=staff, BOT_PUBLIC_URL="http://console.example.org")
    return make_staff("odile.martin@example.org", Role.ADMIN, site)
