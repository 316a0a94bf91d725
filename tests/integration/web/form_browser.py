"""A browser without JavaScript, small enough to read: it parses a page, fills its form and sends it back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from bot.services.leads import export_leads
from bot.serving import form_services
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory
from bot.web.app import create_app
from bot.web.context import WebServices
from tests.conftest import NOW
from tests.integration.builders import FakeBrain

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
CONTACT = {"name": "Camille Durand", "email": "camille.durand@example.org", "consent": "yes"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


class Page(HTMLParser):
    """The elements of a page in their order, each with the tags around it and all its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes}, tuple(parent.tag for parent in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @property
    def text(self) -> str:
        [main] = self.all("main")
        return " ".join(main.text.replace("\u202f", " ").replace("\xa0", " ").split())

    def entries(self) -> dict[str, str]:
        """What the fields of the page hold, hidden ones included."""
        held = {}
        for element in self.all("input", "textarea", "option", "select"):
            attributes = element.attributes
            if element.tag == "select":
                name, held[attributes["name"]] = attributes["name"], ""
            elif element.tag == "option" and "selected" in attributes:
                held[name] = attributes["value"]
            elif element.tag == "textarea":
                held[attributes["name"]] = element.text
            elif element.tag == "input" and (attributes["type"] not in ("radio", "checkbox") or "checked" in attributes):
                held[attributes["name"]] = attributes.get("value", "")
        return held


@dataclass
class Browser:
    """Stands on one page at a time; `headers` go with each request."""

    client: TestClient
    factory: Any
    settings: Any
    now: datetime = NOW
    headers: dict[str, str] = field(default_factory=lambda: {"Accept": "text/html"})
    response: Response | None = None

    @property
    def page(self) -> Page:
        assert self.response is not None
        return Page(self.response.text)

    @property
    def status(self) -> int:
        assert self.response is not None
        return self.response.status_code

    def open(self, path: str) -> Browser:
        self.response = self.client.get(path, headers=self.headers)
        return self

    def send(self, path: str, **entries: str) -> Browser:
        """Fills the page's form with these entries, the others as they stand, and sends it."""
        self.response = self.client.post(path, data={**self.page.entries(), **entries}, headers=self.headers)
        return self

    def check(self, **entries: str) -> Browser:
        """A pre-screening from a fresh page."""
        return self.open("/formulaire/verification").send("/formulaire/verification", **entries)

    def leave_contact(self, **entries: str) -> Browser:
        return self.send("/formulaire/coordonnees", **{**CONTACT, **entries})

    def leads(self) -> list[dict[str, Any]]:
        return export_leads(self.factory)

    def my_data_path_here(self) -> str:
        """The address of the page, for a form that is sent back to it."""
        assert self.response is not None
        return self.response.url.path

    def my_data_path(self) -> str:
        """The person's own link, as the last page of the form gives it."""
        return next(link.attributes["href"] for link in self.page.all("a") if link.attributes["href"].startswith("/mes-donnees/"))


def make_browser(program: Any, folder: Path, clock: Callable[[], datetime] | None = None, peer: str = "127.0.0.1", **settings: Any) -> Browser:
    """A browser on the real knowledge base, with a database of its own."""
    chosen = replace(program.settings, **settings)
    engine = open_engine(f"sqlite:///{folder / 'form.db'}")
    migrate(engine)
    factory = unit_of_work_factory(engine, Retention(timedelta(days=30), timedelta(days=chosen.retention_days_leads)))
    browser = Browser(None, factory, chosen)  # type: ignore[arg-type]
    wired = replace(program, assistant=replace(program.assistant, uow_factory=factory))
    services = WebServices(
        settings=chosen, uow_factory=factory, brain=FakeBrain(), knowledge=dict, is_ready=lambda: True,
        clock=clock or (lambda: browser.now), form=form_services(wired),
    )
    browser.client = TestClient(create_app(services), base_url="http://localhost", client=(peer, 50_000), raise_server_exceptions=True)
    return browser

