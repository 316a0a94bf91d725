"""The tables come from migrations, in one line of descent, and two processes may start together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.admissions.errors import StorageUnavailable
from bot.services.conversations import open_conversation
from bot.storage import migrate as migrations
from bot.storage.engine import open_engine
from bot.storage.migrate import is_up_to_date, migrate
from bot.storage.tables import metadata
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import NOW, FakeBrain
from tests.integration.storage.conftest import RETENTION

MIGRATE = "import sys; from bot.storage.engine import open_engine; from bot.storage.migrate import migrate; migrate(open_engine(sys.argv[1]))"


# The order of the queue is an index over expressions: no one can compare it, test_lead_desk.py looks at its use.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_migrations_make_the_tables_that_the_program_expects(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert is_up_to_date(engine)


def test_a_database_without_tables_is_not_up_to_date(database_url):
    engine = open_engine(database_url)
    assert not is_up_to_date(engine)
    engine.dispose()


def test_processes_that_start_together_all_find_the_tables(database_url):
    started = [
        subprocess.Popen([sys.executable, "-c", MIGRATE, database_url], stderr=subprocess.PIPE) for _ in range(3)
    ]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    engine = open_engine(database_url)
    assert is_up_to_date(engine)
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_migrating_again_keeps_what_is_stored(engine):
    uow_factory = unit_of_work_factory(engine, RETENTION)
    kept = open_conversation(uow_factory, FakeBrain(), NOW).conversation_id
    migrate(engine)
    assert uow_factory().conversations.get(kept) is not None


def test_every_migration_can_be_undone_and_done_again(engine):
    with migrations.alone(engine) as connection:
        configuration = migrations._configuration()
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "base")
    assert not is_up_to_date(engine)
    migrate(engine)
    assert is_up_to_date(engine)


def test_sqlite_readers_do_not_wait_for_a_writer(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("a property of SQLite's journal")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    "url", ["postgresql://postgres@127.0.0.1:1/none", "sqlite:////proc/nowhere/bot.db", "nonsense"]
)
def test_a_database_that_does_not_answer_is_named_as_such(url):
    with pytest.raises(StorageUnavailable):
        migrate(open_engine(url))
