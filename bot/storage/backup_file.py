"""The file of a backup: JSON lines under gzip, one head, one line per row, one end that seals them.

It says nothing about a database: what wrote it may have been SQLite, what reads it PostgreSQL. A file cut short,
altered or of another program is refused before anything is touched.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.admissions.errors import InputError

FORMAT, FORMAT_VERSION = "assistant-rncp41406-backup", 1
DAMAGED = "n'est pas une sauvegarde entière : ce fichier est coupé, modifié ou d'un autre programme. Rien n'a été changé."
TOO_NEW = "Cette sauvegarde vient d'une version plus récente du programme : restaurez-la avec elle."


@dataclass(frozen=True)
class BackupSummary:
    """`revision` is the migration that the rows fit; `created_at` is ISO-8601, UTC; `rows` counts them by table."""

    revision: str
    created_at: str
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


class BackupWriter:
    """Writes one file; `seal` ends it, and without its seal it is no backup."""

    def __init__(self, stream: IO[bytes], revision: str, created_at: str) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._rows: Counter[str] = Counter()
        self._line({"format": FORMAT, "version": FORMAT_VERSION, "revision": revision, "created_at": created_at})

    def begin_table(self, table: str) -> None:
        """A table without rows is told too, so that its absence is a fault."""
        self._rows[table] += 0

    def row(self, table: str, values: Mapping[str, Any]) -> None:
        """One row; its values are JSON already."""
        self._rows[table] += 1
        self._line({"table": table, "row": values})

    def seal(self) -> None:
        """Says how many rows there are and what all lines add up to."""
        self._stream.write(_encoded({"end": True, "rows": self._rows, "sha256": self._digest.hexdigest()}))

    def _line(self, content: Mapping[str, Any]) -> None:
        line = _encoded(content)
        self._digest.update(line)
        self._stream.write(line)


@contextmanager
def new_backup_file(path: Path) -> Iterator[IO[bytes]]:
    """A compressed stream that becomes `path` only when the block ends well; readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb") as stream:
                yield stream  # type: ignore[misc]
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def check_backup(path: Path) -> BackupSummary:
    """Reads the whole file and gives what it holds. Raises: InputError when it is not whole and ours; OSError."""
    try:
        return _read_whole(path)
    except (EOFError, ValueError, KeyError, TypeError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{path} {DAMAGED}") from None


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with its table, in the order written. The file was checked before."""
    with gzip.open(path, "rb") as stream:
        for line in stream:
            content = json.loads(line)
            if "row" in content:
                yield content["table"], content["row"]


def _read_whole(path: Path) -> BackupSummary:
    digest, counted = hashlib.sha256(), Counter[str]()
    with gzip.open(path, "rb") as stream:
        first = stream.readline()
        head = json.loads(first)
        if head["format"] != FORMAT:
            raise ValueError(head["format"])
        if head["version"] != FORMAT_VERSION:
            raise InputError(TOO_NEW)
        digest.update(first)
        for line in stream:
            content = json.loads(line)
            if "end" in content:
                break
            counted[content["table"]] += 1
            digest.update(line)
        else:
            raise EOFError
        is_last = not stream.read(1)
    if not is_last or content["sha256"] != digest.hexdigest() or +Counter(content["rows"]) != counted:
        raise ValueError("the seal does not fit")
    return BackupSummary(str(head["revision"]), str(head["created_at"]), dict(content["rows"]))


def _encoded(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
