"""Brings the database to the newest migration, under a lock: several processes may start together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from bot.storage.engine import WRITES, failures_named

MIGRATIONS = Path(__file__).parent / "migrations"
# Long enough for another process to finish migrating a large table.
WAIT_MS = 60_000
# Any constant does, as long as nothing else in the database takes the same advisory lock.
ADVISORY_LOCK = 41_406


def migrate(engine: Engine) -> None:
    """Runs the migrations that are missing, all or none.

    Raises: StorageUnavailable when the database does not answer.
    """
    with failures_named(), _alone(engine) as connection:
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def is_up_to_date(engine: Engine) -> bool:
    """Whether the database answers and holds the newest migration.

    Raises: StorageUnavailable when the database does not answer.
    """
    with failures_named(), engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(migration_heads())


def migration_heads() -> list[str]:
    """The newest migrations of this program: one, unless two branches were merged without care."""
    return ScriptDirectory.from_config(_configuration()).get_heads()


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    return configuration


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that other migrating processes wait for."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if engine.dialect.name == "sqlite":
            with _sqlite_alone(connection):
                yield connection
            return
        with connection.begin():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            yield connection


@contextmanager
def _sqlite_alone(connection: Connection) -> Iterator[None]:
    """SQLite's transaction, without foreign keys: rebuilding a table would delete what refers to it."""
    driver = connection.connection
    driver.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
        # Kept in the file; not possible inside a transaction.
        driver.execute("PRAGMA journal_mode=WAL")
    finally:
        # The pool must not lend this connection with these settings.
        connection.invalidate()
