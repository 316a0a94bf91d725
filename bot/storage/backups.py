"""Backup and restore of everything stored, on SQLite and PostgreSQL, through one portable file.

Not pg_dump, which must be installed beside the program in a version no older than the server's; and not a copy of
SQLite's file, which would fit SQLite only. The rows are read in one transaction that sees one moment while the
assistant goes on serving, and are put back in one transaction: whole, or not at all. The tables are those that the
database has at its migration, not those of this program: an older backup is restored as it was, then migrated.
"""

from __future__ import annotations

import base64
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Integer, LargeBinary, MetaData, Numeric, Table, func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql.sqltypes import TypeEngine

from bot.admissions.errors import InputError, StorageUnavailable
from bot.storage.backup_file import BackupSummary, BackupWriter, check_backup, new_backup_file, rows_of
from bot.storage.engine import failures_named
from bot.storage.migrate import alone, knows, revision_of, upgrade

VERSION_TABLE = "alembic_version"
# Doors that stand open for a while: restored, they would open again for whoever has since signed out.
NOT_SAVED = frozenset({"staff_sessions", "staff_links"})
ROWS_AT_ONCE = 500
NO_SCHEMA = "La base n'a pas encore de tables : rien à sauvegarder. Lancez d'abord « bot serve »."
NOT_EMPTY = (
    "La base de destination contient déjà des données ; rien n'a été changé. Indiquez une base vide (BOT_DATABASE_URL), "
    "ou ajoutez --force pour effacer ce qu'elle contient et le remplacer par la sauvegarde."
)
# Those of this schema that no extension brought.
TRIGGER_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace "
    "AND p.prorettype = 'trigger'::regtype AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
)
TOO_NEW = "Cette sauvegarde vient d'une version plus récente du programme (migration {revision}) : restaurez-la avec elle."


def write_backup(engine: Engine, path: Path, now: datetime) -> BackupSummary:
    """Writes everything stored to `path`, readable by its owner alone, and reads it again before it counts.

    Raises: InputError when there is nothing to save, StorageUnavailable, OSError when the file cannot be written.
    """
    with failures_named(), _one_moment(engine) as connection:
        _check_sqlite(connection)
        revision = revision_of(connection)
        if revision is None:
            raise InputError(NO_SCHEMA)
        with new_backup_file(path) as stream:
            writer = BackupWriter(stream, revision, now.astimezone(UTC).isoformat(timespec="seconds"))
            for table in (table for table in _tables(connection) if table.name not in NOT_SAVED):
                writer.begin_table(table.name)
                for row in _rows(connection, table):
                    writer.row(table.name, row)
            writer.seal()
    return check_backup(path)


def restore_backup(engine: Engine, path: Path, force: bool) -> BackupSummary:
    """Puts the backup into the database and brings it to the present migration: all of it, or nothing.

    `force` erases what the database holds; otherwise only an empty one is taken.
    Raises: InputError for a file that is not whole or a database that is not empty; StorageUnavailable; OSError.
    """
    summary = check_backup(path)
    if not knows(summary.revision):
        raise InputError(TOO_NEW.format(revision=summary.revision))
    with failures_named(), alone(engine) as connection:
        if not force and _holds_something(connection):
            raise InputError(NOT_EMPTY)
        _drop_everything(connection)
        upgrade(connection, summary.revision)
        tables = _by_name(connection)
        for table in _filled(connection, tables):
            connection.execute(table.delete())  # what a migration itself put there is in the backup too
        for name, rows in groupby(rows_of(path), key=lambda item: item[0]):
            _insert(connection, tables, name, (row for _, row in rows))
        _check_counts(connection, tables, summary)
        _move_sequences(connection, tables)
        upgrade(connection, "head")
    return summary


def _one_moment(engine: Engine) -> Connection:
    """A connection whose every read sees the same moment."""
    if engine.dialect.name == "sqlite":
        connection = engine.connect()
        connection.exec_driver_sql("BEGIN")
        return connection
    connection = engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a large table is read in one statement
    return connection


def _check_sqlite(connection: Connection) -> None:
    """A damaged file would give a backup that lacks what cannot be read."""
    if connection.dialect.name != "sqlite":
        return
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if answer != "ok":
        raise StorageUnavailable(
            "Le fichier SQLite est abîmé : sauvegardez-le tel quel et restaurez la dernière bonne sauvegarde."
        )


def _tables(connection: Connection) -> list[Table]:
    """The tables that the database has, what is referred to before what refers to it."""
    metadata = _as_it_is(connection)
    for column in (column for table in metadata.tables.values() for column in table.columns):
        if isinstance(column.type, JSON):
            column.type.none_as_null = bool(column.nullable)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _as_it_is(connection: Connection) -> MetaData:
    """What the database says of its tables. It cannot tell indexes over expressions: they are the migrations' to make."""
    metadata = MetaData()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
        metadata.reflect(connection)
    return metadata


def _by_name(connection: Connection) -> dict[str, Table]:
    return {table.name: table for table in _tables(connection)}


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    order = list(table.primary_key.columns) or list(table.columns)[:1]
    result = connection.execution_options(stream_results=True).execute(select(table).order_by(*order))
    for row in result.yield_per(ROWS_AT_ONCE):
        yield {column.name: _to_json(value) for column, value in zip(table.columns, row, strict=True)}


def _filled(connection: Connection, tables: Mapping[str, Table]) -> list[Table]:
    return [table for table in tables.values() if connection.execute(select(table).limit(1)).first() is not None]


def _holds_something(connection: Connection) -> bool:
    # The jobs and the number of publications are there as soon as the program has once started; they are nobody's.
    return any(table.name not in ("jobs", "generations") for table in _filled(connection, _by_name(connection)))


def _drop_everything(connection: Connection) -> None:
    _as_it_is(connection).drop_all(connection)
    if connection.dialect.name == "postgresql":
        # Trigger functions stay behind their tables, and the migrations make them again.
        for routine in connection.exec_driver_sql(TRIGGER_FUNCTIONS).scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {routine} CASCADE")


def _insert(connection: Connection, tables: dict[str, Table], name: str, rows: Iterator[dict[str, Any]]) -> None:
    if name not in tables:
        raise InputError(f"La sauvegarde nomme une table inconnue ({name}) ; rien n'a été changé.")
    table = tables[name]
    while batch := [_from_json(table, row) for row in islice(rows, ROWS_AT_ONCE)]:
        connection.execute(table.insert(), batch)


def _check_counts(connection: Connection, tables: dict[str, Table], summary: BackupSummary) -> None:
    counted = {name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()}
    if +Counter(counted) != +Counter(summary.rows):
        raise InputError("Le nombre de lignes restaurées n'est pas celui de la sauvegarde ; rien n'a été changé.")


def _move_sequences(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL numbers new rows from its own counters, which inserted numbers do not move."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.values():
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer) and column.server_default is not None:
                highest = connection.execute(select(func.max(column))).scalar()
                if highest is not None:
                    connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), highest)))


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        # SQLite keeps no offset; everything that is stored is UTC.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, Decimal) else value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.columns[name].type, value) for name, value in row.items()}


def _typed(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return Decimal(value) if isinstance(kind, Numeric) and isinstance(value, str) else value
