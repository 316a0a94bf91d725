"""What one unit of work will write, in order, once.

Repositories stage their writes here instead of executing them, so that no transaction is open while a
message is being understood, and a failure before the commit leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import Executable, Insert

from bot.storage.engine import reading, writing
from bot.storage.records import HandledRecord

Write = Callable[[Connection], object]


class Staging:
    """The writes of one unit of work, and its short reads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writes: list[Write] = []
        # How often the office has published, when a read of this unit of work has told it in passing.
        self.seen_generation: int | None = None
        # What else the read of a conversation has told: answers already given, by conversation and client's id, and who has no lead.
        self.seen_handled: dict[tuple[str, str], HandledRecord | None] = {}
        self.seen_without_lead: set[str] = set()
        self._rows: dict[Table, list[dict[str, Any]]] = {}

    def insert(self, table: Table, row: dict[str, Any]) -> None:
        """Keeps one row for the commit. All rows of a table go in one statement, where the first of them was staged."""
        if table not in self._rows:
            rows = self._rows[table] = []
            self._writes.append(lambda connection: connection.execute(_insertion(table), rows))
        self._rows[table].append(row)

    def add(self, write: Write) -> None:
        """Keeps for the commit a write that must look before it writes; it runs inside the transaction."""
        self._writes.append(write)

    def execute(self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None) -> None:
        """Keeps one statement for the commit."""

        def write(connection: Connection) -> None:
            connection.execute(statement, rows) if rows else connection.execute(statement)

        self._writes.append(write)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for one short read."""
        with reading(self._engine) as connection:
            yield connection

    def has_writes(self) -> bool:
        """Whether a commit has anything to do."""
        return bool(self._writes)

    def commit(self, first: Write) -> None:
        """Runs `first`, then every staged write, in one transaction."""
        with writing(self._engine) as connection:
            first(connection)
            for write in self._writes:
                write(connection)
        self._writes.clear()
        self._rows.clear()


@lru_cache
def _insertion(table: Table) -> Insert:
    """Built once: SQLAlchemy takes longer to build a statement than SQLite to run it."""
    return insert(table)
