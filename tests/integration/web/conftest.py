"""The application on SQLite with a fake brain, called as a browser would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory
from bot.web.app import create_app
from bot.web.context import WebServices
from bot.web.staff.services import StaffServices
from tests.integration.builders import NOW, FakeBrain

KNOWLEDGE = {"certification": "RNCP41406", "as_of": "2026-11-22", "facts": []}


@dataclass
class Site:
    """A running application: its client, what it stands on, and the time it believes it is."""

    client: TestClient
    engine: Engine
    brain: FakeBrain
    now: datetime = NOW
    is_ready: bool = True
    settings: Any = None
    factory: Any = field(default=None)

    def open(self) -> tuple[str, dict[str, str]]:
        """A new conversation: its id and the header that opens it."""
        opened = self.client.post("/api/conversations", json={}).json()
        return opened["id"], {"Authorization": f"Bearer {opened['token']}"}

    def say(self, token: dict[str, str], text: str | None = None, **body: Any) -> Any:
        """Posts one message."""
        content = body if text is None else {"text": text, **body}
        return self.client.post("/api/messages", json=content, headers=token)

    def said(self, token: dict[str, str]) -> list[str]:
        """The texts that the conversation keeps."""
        return [message["text"] for message in self.client.get("/api/messages", headers=token).json()["messages"]]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "bot.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def make_site(tmp_path: Path, migrated: Path) -> Iterator[Callable[..., Site]]:
    """Starts applications with other settings than the defaults, or on another database."""
    sites: list[Site] = []

    def make(
        *,
        brain: FakeBrain | None = None,
        peer: str = "127.0.0.1",
        run_due_jobs: Callable[[], object] | None = None,
        staff: Callable[[Site], StaffServices] | None = None,
        **environ: str,
    ) -> Site:
        settings = load_settings(tmp_path, {"BOT_RATE_LIMIT": "off", **environ})
        engine = open_engine(settings.database_url)
        database = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and not database.exists():
            shutil.copy(migrated, database)
        migrate(engine)
        retention = Retention(timedelta(days=30), timedelta(days=1095))
        factory = unit_of_work_factory(engine, retention)
        site = Site(None, engine, brain or FakeBrain(), settings=settings, factory=factory)  # type: ignore[arg-type]
        services = WebServices(
            settings=settings,
            uow_factory=factory,
            brain=site.brain,
            knowledge=lambda: KNOWLEDGE,
            is_ready=lambda: site.is_ready,
            clock=lambda: site.now,
            run_due_jobs=run_due_jobs,
            staff=None if staff is None else staff(site),
        )
        site.client = TestClient(create_app(services), client=(peer, 50_000))
        site.client.__enter__()
        sites.append(site)
        return site

    yield make
    for site in sites:
        site.client.__exit__(None, None, None)
        site.engine.dispose()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """The application with the default settings, rate limits off."""
    return make_site()


def problem_of(response: Any) -> tuple[int, str]:
    """The status and the kind of a refusal, once its shape has been checked."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code and body["detail"] and body["title"]
    return response.status_code, body["type"].removeprefix("/problems/")
