"""A backup holds everything, is whole or refused, and comes back on either database."""

from __future__ import annotations

import gzip
import stat
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.admissions.errors import InputError, StorageUnavailable
from bot.admissions.staff import COMMAND_LINE, AuditAction
from bot.services.conversations import Incoming, handle_message, history, open_conversation
from bot.services.locks import ConversationLocks
from bot.storage.backup_file import check_backup
from bot.storage.backups import restore_backup, write_backup
from bot.storage.engine import open_engine, reading, writing
from bot.storage.migrate import alone, is_up_to_date, migrate, migration_heads, upgrade
from bot.storage.tables import conversations, metadata
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import NOW, FakeBrain
from tests.integration.storage.conftest import RETENTION, database_url, engine, uow_factory

__all__ = ["database_url", "engine", "uow_factory"]
TYPED = "Où est l'été ? 🎓 \u202f« c'est »"


@pytest.fixture
def filled(uow_factory):
    """A conversation with a lead, a question without answer, and texts of every kind."""
    brain, locks = FakeBrain(), ConversationLocks()
    opened = open_conversation(uow_factory, brain, NOW)
    for text_typed in (TYPED, "contact", "inconnu : le prix"):
        handle_message(uow_factory, brain, locks, Incoming(opened.conversation_id, text=text_typed, client_id=None), NOW)
    return opened.conversation_id


@pytest.fixture(params=["sqlite", "postgresql"])
def other_engine(request, tmp_path):
    """A second, empty database of either kind."""
    fixture = database_url.__wrapped__ if hasattr(database_url, "__wrapped__") else database_url.__pytest_wrapped__.obj
    generator = fixture(request, _Folder(tmp_path))
    opened = open_engine(next(generator))
    yield opened
    opened.dispose()
    next(generator, None)


class _Folder:
    """Another place than the first database's."""

    def __init__(self, path):
        self._path = path / "other"
        self._path.mkdir()

    def __str__(self):
        return str(self._path)


def contents(engine):
    """Every row of every table."""
    with reading(engine) as connection:
        return {name: sorted(map(repr, connection.execute(select(table)).all())) for name, table in metadata.tables.items()}


def test_everything_comes_back_on_either_database(engine, filled, other_engine, tmp_path):
    summary = write_backup(engine, tmp_path / "b", NOW)
    restored = restore_backup(other_engine, tmp_path / "b", force=False)

    assert summary == restored and summary.rows["leads"] == 1 and summary.revision == migration_heads()[0]
    assert contents(other_engine) == contents(engine) and is_up_to_date(other_engine)
    said = history(unit_of_work_factory(other_engine, RETENTION), filled, NOW)
    assert TYPED in [message["text"] for message in said]


def test_the_audit_comes_back_append_only_and_goes_on_counting(engine, filled, uow_factory, other_engine, tmp_path):
    def note(factory):
        with factory() as uow:
            uow.audit.record(COMMAND_LINE, AuditAction.LEAD_SEEN, "lead", "x", NOW, {"number": 1})
            uow.commit()

    note(uow_factory)
    for _ in range(2):  # the second time over what the first one put there, triggers and all
        write_backup(engine, tmp_path / "b", NOW)
        restore_backup(other_engine, tmp_path / "b", force=True)
    note(unit_of_work_factory(other_engine, RETENTION))
    with reading(other_engine) as connection:
        assert connection.execute(select(func.count()).select_from(metadata.tables["audit"])).scalar() == 2
    with pytest.raises((DBAPIError, StorageUnavailable)), writing(other_engine) as connection:
        connection.exec_driver_sql("DELETE FROM audit")


def test_open_sessions_and_links_are_not_saved(engine, uow_factory, other_engine, tmp_path):
    with writing(engine) as connection:
        account = {"id": "a", "email": "a@example.org", "name": "A", "role": "admin", "created_at": NOW}
        needed = {column.name for column in metadata.tables["staff_accounts"].columns if not column.nullable} - account.keys()
        filler = {name: 0 if metadata.tables["staff_accounts"].c[name].type.python_type in (int, bool) else "x" for name in needed}
        connection.execute(metadata.tables["staff_accounts"].insert().values(account | filler))
        link = {"token_hash": "h", "account_id": "a", "created_at": NOW, "expires_at": NOW}
        connection.execute(metadata.tables["staff_links"].insert().values(link))
    summary = write_backup(engine, tmp_path / "b", NOW)
    restore_backup(other_engine, tmp_path / "b", force=False)
    assert "staff_links" not in summary.rows and "staff_sessions" not in summary.rows and summary.rows["staff_accounts"] == 1
    with reading(other_engine) as connection:
        assert connection.execute(select(metadata.tables["staff_links"])).all() == []


def test_a_restored_database_goes_on(engine, filled, other_engine, tmp_path):
    write_backup(engine, tmp_path / "b", NOW)
    restore_backup(other_engine, tmp_path / "b", force=False)
    factory = unit_of_work_factory(other_engine, RETENTION)
    handle_message(factory, FakeBrain(), ConversationLocks(), Incoming(filled, text="encore"), NOW)
    assert history(factory, filled, NOW)[-1]["text"] == "Réponse 4 à encore"


def test_the_file_is_for_its_owner_alone(engine, filled, tmp_path):
    write_backup(engine, tmp_path / "b", NOW)
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_database_that_holds_something_is_kept_unless_forced(engine, filled, uow_factory, tmp_path):
    write_backup(engine, tmp_path / "b", NOW)
    open_conversation(uow_factory, FakeBrain(), NOW)
    before = contents(engine)
    with pytest.raises(InputError, match="--force"):
        restore_backup(engine, tmp_path / "b", force=False)
    assert contents(engine) == before

    restore_backup(engine, tmp_path / "b", force=True)
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(conversations)).scalar() == 1


def test_a_migrated_database_without_data_counts_as_empty(engine, other_engine, filled, tmp_path):
    write_backup(engine, tmp_path / "b", NOW)
    migrate(other_engine)
    restore_backup(other_engine, tmp_path / "b", force=False)
    assert contents(other_engine) == contents(engine)


@pytest.mark.parametrize("harm", ["cut", "altered", "unsealed", "other", "empty", "more"])
def test_a_file_that_is_not_whole_changes_nothing(engine, filled, harm, tmp_path):
    path = tmp_path / "b"
    write_backup(engine, path, NOW)
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    harmed = {
        "cut": path.read_bytes()[:-40],
        "altered": gzip.compress(b"".join(lines).replace(b"Camille", b"Camilla")),
        "unsealed": gzip.compress(b"".join(lines[:-1])),
        "other": b"SQLite format 3\0 not one of ours",
        "empty": b"",
        "more": gzip.compress(b"".join([*lines, lines[-2]])),
    }[harm]
    path.write_bytes(harmed)
    before = contents(engine)
    with pytest.raises(InputError, match="n'est pas une sauvegarde entière"):
        restore_backup(engine, path, force=True)
    assert contents(engine) == before


def test_an_older_backup_is_restored_as_it_was_then_migrated(database_url, other_engine, tmp_path):
    old = open_engine(database_url)
    with alone(old) as connection:
        upgrade(connection, "0001")
    with writing(old) as connection:
        job = {"name": "retention", "due_at": NOW if "postgresql" in database_url else NOW.replace(tzinfo=None).isoformat(" ")}
        connection.execute(text("INSERT INTO jobs (name, due_at, attempts) VALUES (:name, :due_at, 3)"), job)
    write_backup(old, tmp_path / "b", NOW)
    old.dispose()

    summary = restore_backup(other_engine, tmp_path / "b", force=False)
    assert summary.revision == "0001" and is_up_to_date(other_engine)
    with reading(other_engine) as connection:
        row = connection.execute(select(metadata.tables["jobs"])).one()
    assert (row.name, row.due_at, row.attempts) == ("retention", NOW, 3)


def test_a_backup_of_a_newer_program_is_refused(engine, filled, tmp_path):
    write_backup(engine, tmp_path / "b", NOW)
    lines = gzip.decompress((tmp_path / "b").read_bytes())
    newer = lines.replace(f'"revision":"{migration_heads()[0]}"'.encode(), b'"revision":"9999"')
    import hashlib
    import json

    *rows, seal = newer.splitlines(keepends=True)
    sealed = json.loads(seal) | {"sha256": hashlib.sha256(b"".join(rows)).hexdigest()}
    (tmp_path / "b").write_bytes(gzip.compress(b"".join(rows) + json.dumps(sealed).encode()))
    with pytest.raises(InputError, match="plus récente"):
        restore_backup(engine, tmp_path / "b", force=True)


def test_a_failure_while_restoring_leaves_the_database_as_it_was(engine, filled, tmp_path, monkeypatch):
    write_backup(engine, tmp_path / "b", NOW)
    before = contents(engine)
    monkeypatch.setattr("bot.storage.backups._check_counts", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        restore_backup(engine, tmp_path / "b", force=True)
    assert contents(engine) == before


def test_a_backup_sees_one_moment_while_others_write(engine, filled, uow_factory, tmp_path, monkeypatch):
    from bot.storage import backups

    read_rows = backups._rows

    def interrupted(connection, table):
        rows = list(read_rows(connection, table))
        open_conversation(uow_factory, FakeBrain(), NOW)  # comes between two tables
        return rows

    monkeypatch.setattr(backups, "_rows", interrupted)
    summary = write_backup(engine, tmp_path / "b", NOW)
    assert summary.rows["conversations"] == 1 and check_backup(tmp_path / "b") == summary


def test_a_database_without_tables_has_nothing_to_save(database_url, tmp_path):
    with pytest.raises(InputError, match="rien à sauvegarder"):
        write_backup(open_engine(database_url), tmp_path / "b", datetime.now(UTC))
    assert not (tmp_path / "b").exists()
