"""A real browser in front of the application: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.catalogue.catalogue import load_catalogue
from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory
from bot.web.app import create_app
from bot.web.context import WebServices
from tests.browser.brain import WidgetBrain
from tests.browser.panel import Panel
from tests.browser.servers import host_site, listen, port_of, serving
from tests.integration.builders import NOW

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARTIFACTS = HERE / "artifacts"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
STEP_TIMEOUT_MS = 10_000


@dataclass
class Site:
    """The running application, the site that may embed it, and one that may not."""

    url: str
    host_url: str
    stranger_url: str
    brain: WidgetBrain
    now: datetime = NOW


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's chromium or set CHROMIUM to its path")
    expect.set_options(timeout=STEP_TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all tests: each test has a tab, hence a conversation, of its own."""
    own, other = listen(), listen()
    site = Site(
        url=f"http://127.0.0.1:{port_of(own)}",
        host_url=f"http://127.0.0.1:{port_of(other)}",
        stranger_url=f"http://localhost:{port_of(other)}",
        brain=WidgetBrain(),
    )
    with ExitStack() as stack:
        stack.enter_context(serving(_application(site, tmp_path_factory.mktemp("site")), own))
        stack.enter_context(serving(host_site(site.url), other))
        yield site


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a tab in a fresh profile; a script error on any page fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR"} | options)
        context.set_default_timeout(STEP_TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def panel(new_page: Callable[..., Page], site: Site) -> Panel:
    """The demonstration page in a tab on a desktop, the panel closed."""
    return Panel(new_page(), site.url).visit()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source; npm puts it beside the tests the first time."""
    if not AXE.exists():
        if shutil.which("npm") is None:
            pytest.skip("no npm: axe-core cannot be installed")
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=HERE, check=True, capture_output=True)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def artifacts() -> Path:
    ARTIFACTS.mkdir(exist_ok=True)
    return ARTIFACTS


def _application(site: Site, folder: Path) -> Any:
    environment = {"BOT_RATE_LIMIT": "off", "BOT_SECRET_KEY": "k" * 40, "BOT_ALLOWED_ORIGINS": site.host_url, "BOT_PUBLIC_URL": site.url}
    settings = load_settings(folder, environment)
    engine = open_engine(settings.database_url)
    migrate(engine)
    knowledge = _knowledge()
    services = WebServices(
        settings=settings,
        uow_factory=unit_of_work_factory(engine, Retention(timedelta(days=30), timedelta(days=1095))),
        brain=site.brain,
        knowledge=lambda: knowledge,
        is_ready=lambda: True,
        clock=lambda: site.now,
    )
    return create_app(services)


def _knowledge() -> dict[str, Any]:
    catalogue = load_catalogue(ROOT / "knowledge", date(2026, 11, 23))
    facts = [{"id": fact.id, "label": fact.label, "value": fact.value, "source": fact.source} for fact in catalogue.facts()]
    return {"certification": "RNCP41406", "as_of": catalogue.as_of.isoformat(), "facts": facts}
