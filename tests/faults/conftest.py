"""The parts that these tests break; a part that is not installed skips its tests by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from tests.faults.processes import POSTGRESQL, REDIS, App, Postgres, Redis
from tests.integration.storage.conftest import engine
from tests.integration.web.conftest import make_site, migrated, site

__all__ = ["engine", "make_site", "migrated", "site"]

# The nightly run (`make nightly`) breaks the same parts under a larger crowd.
SCALE = int(os.environ.get("FAULTS_SCALE", "1"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    if POSTGRESQL is None:
        pytest.skip("no PostgreSQL: install Debian's postgresql")
    server = Postgres().start()
    yield server
    server.remove()


@pytest.fixture
def postgres(postgres_server: Postgres) -> Postgres:
    """The server, with an empty database."""
    engine = create_engine(postgres_server.url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return postgres_server


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if REDIS is None:
        pytest.skip("no Redis: install Debian's redis-server")
    server = Redis(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.db"
    return str(request.getfixturevalue("postgres").url)


@pytest.fixture
def start_app(tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Starts processes of the application; what still runs at the end is killed."""
    apps: list[App] = []

    def start(wait: bool = True, **environ: str) -> App:
        apps.append(App(tmp_path, environ))
        return apps[-1].start(wait)

    yield start
    for app in apps:
        if app.process is not None and app.process.poll() is None:
            app.kill()


@pytest.fixture
def look(database_url: str) -> Iterator[Engine]:
    """The database seen from outside."""
    engine = create_engine(database_url, future=True)
    yield engine
    engine.dispose()
