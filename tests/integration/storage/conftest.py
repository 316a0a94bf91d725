"""Each test has a database of its own, on SQLite and on PostgreSQL when a server answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.admissions.channels import Channel
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import UnitOfWork, unit_of_work_factory

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
RETENTION = Retention(conversations=timedelta(days=30), leads=timedelta(days=1095))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bot.db"
        return
    schema = f"test_{uuid4().hex}"
    server = create_engine(POSTGRESQL, future=True, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    except OperationalError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRESQL}")
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    server.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The same database with its tables."""
    engine = open_engine(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def uow_factory(engine: Engine) -> Callable[[], UnitOfWork]:
    """Units of work on that database; erasures are announced."""
    return unit_of_work_factory(engine, RETENTION, open_channels=frozenset({Channel.WEBHOOK}))
