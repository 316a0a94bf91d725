"""Opens the database and turns its failures into StorageUnavailable.

SQLite and PostgreSQL differ in this file only (and in how a due job is claimed): journal, locks, pool.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from bot.admissions.errors import StorageUnavailable

BUSY_TIMEOUT_MS = 5_000
STATEMENT_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 5
UNACKNOWLEDGED_TIMEOUT_MS = 10_000
WRITES = "bot_writes"
# SQLite's and PostgreSQL's codes of a full disk.
FULL = ("SQLITE_FULL", "53100")


def open_engine(database_url: str) -> Engine:
    """An engine on `sqlite:///path` or `postgresql://…`; nothing is connected yet.

    Raises: StorageUnavailable when the address cannot be read or the folder cannot be made.
    """
    try:
        url = make_url(database_url)
        if url.get_backend_name() == "sqlite":
            return _open_sqlite(url)
        engine = create_engine(
            url,
            future=True,
            pool_size=10,
            max_overflow=10,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_pre_ping=True,
            hide_parameters=True,
            # Without these a machine that vanished holds a thread for the kernel's quarter of an hour.
            connect_args={
                "connect_timeout": CONNECT_TIMEOUT_S,
                "tcp_user_timeout": UNACKNOWLEDGED_TIMEOUT_MS,
            },
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    except (ArgumentError, ImportError, OSError) as error:
        raise StorageUnavailable(
            "L'adresse de la base de données est inutilisable ; vérifiez BOT_DATABASE_URL."
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for short reads, each statement its own snapshot: no transaction stays open."""
    with failures_named(), _reader(engine).connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that takes its write lock at once, committed at the end or undone."""
    with failures_named(), engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def failures_named() -> Iterator[None]:
    """Raises: StorageUnavailable when the database does not answer; a fault of ours passes as it is."""
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except (DBAPIError, PoolTimeout) as error:
        cause = _cause(error)
        if cause in FULL:
            raise StorageUnavailable("Le disque de la base de données est plein ; libérez de la place.", cause) from error
        raise StorageUnavailable(f"La base de données ne répond pas ({cause}) ; vérifiez BOT_DATABASE_URL.", cause) from error


def _cause(error: DBAPIError | PoolTimeout) -> str:
    """The driver's own code where it gives one (SQLITE_BUSY, 57P01), else the kind of error; never its words."""
    driver = getattr(error, "orig", None)
    code = getattr(driver, "sqlite_errorname", None) or getattr(driver, "pgcode", None)
    return str(code or type(driver or error).__name__)


def forget_deleted(engine: Engine) -> None:
    """Empties SQLite's journal, whose old pages still hold what was deleted; PostgreSQL's autovacuum does as much on its own."""
    if engine.dialect.name == "sqlite":
        with failures_named(), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _reader(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _open_sqlite(url: Any) -> Engine:
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=10,
        pool_timeout=CONNECT_TIMEOUT_S,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred: two turns would both read, then one would fail at its first
    # write without waiting. Transactions are ours to open.
    dbapi_connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(dbapi_connection: Any, _record: Any) -> None:
    # A table locked by somebody else, or a query gone astray, must end as an answer to the person, not hold a thread.
    dbapi_connection.autocommit = True
    with dbapi_connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}; SET statement_timeout = {STATEMENT_TIMEOUT_MS}")
    dbapi_connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
