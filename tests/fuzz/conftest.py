"""One application per module of hostile requests: SQLite, a cheap brain, nothing that a request before may not have left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory
from bot.web.app import create_app
from bot.web.context import WebServices
from tests.fuzz.hostile import TRIED
from tests.integration.builders import NOW, FakeBrain


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figure of docs/measures.md: how many hostile inputs were really tried."""
    if TRIED:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in TRIED.most_common())
        terminalreporter.write_line(f"hostile inputs: {TRIED.total():,} ({kinds})")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServices]:
    settings = load_settings(tmp_path_factory.mktemp("fuzz"), {"BOT_RATE_LIMIT": "off"})
    engine = open_engine(settings.database_url)
    migrate(engine)
    factory = unit_of_work_factory(engine, Retention(timedelta(days=30), timedelta(days=1095)))
    knowledge = {"certification": "RNCP41406", "as_of": "2026-11-22", "facts": []}
    yield WebServices(settings=settings, uow_factory=factory, brain=FakeBrain(), knowledge=lambda: knowledge, is_ready=lambda: True, clock=lambda: NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def client(services: WebServices, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A client that lets any exception of the application through."""
    with TestClient(create_app(services)) as client:
        count_requests(client, f"requests of {request.module.__name__.rpartition('.')[2]}")
        yield client


def count_requests(client: TestClient, kind: str) -> None:
    client.event_hooks["request"].append(lambda _request: TRIED.update([kind]))


@pytest.fixture(scope="module")
def opened(client: TestClient) -> tuple[str, dict[str, str]]:
    """A conversation that stays open for the whole module: its id and the header that opens it."""
    answer = client.post("/api/conversations", json={}).json()
    return answer["id"], {"Authorization": f"Bearer {answer['token']}"}
