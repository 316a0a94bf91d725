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
    """Runs the migrations that are missing, all or none; a database that a newer program has migrated is left as it is.

    Raises: StorageUnavailable when the database does not answer.
    """
    with failures_named(), alone(engine) as connection:
        revision = revision_of(connection)
        if revision is None or knows(revision):
            upgrade(connection, "head")


def upgrade(connection: Connection, revision: str) -> None:
    """Runs the missing migrations up to `revision` in the transaction that is open on this connection."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def is_up_to_date(engine: Engine) -> bool:
    """Whether the database answers and holds the newest migration.

    Raises: StorageUnavailable when the database does not answer.
    """
    return current_revision(engine) in migration_heads()


def is_usable(engine: Engine) -> bool:
    """Whether this program can work on the database: at its own migration, or at one that is newer than the program.

    During an update the database is migrated first, while the version before goes on serving, and may have to be put
    back afterwards: a migration only adds what that version does not miss (docs/operations.md).
    Raises: StorageUnavailable when the database does not answer.
    """
    revision = current_revision(engine)
    return revision is not None and (revision in migration_heads() or not knows(revision))


def current_revision(engine: Engine) -> str | None:
    """The migration that the database holds, None before the first.

    Raises: StorageUnavailable when the database does not answer.
    """
    with failures_named(), engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The migration that this connection sees."""
    heads = MigrationContext.configure(connection).get_current_heads()
    return heads[0] if heads else None


def migration_heads() -> list[str]:
    """The newest migrations of this program: one, unless two branches were merged without care."""
    return list(ScriptDirectory.from_config(_configuration()).get_heads())


def knows(revision: str) -> bool:
    """Whether this program has that migration."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions())


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that other migrating processes wait for."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if engine.dialect.name == "sqlite":
            with _sqlite_alone(connection):
                yield connection
            return
        with connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_MS}; SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            yield connection


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    return configuration


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
