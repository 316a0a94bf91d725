"""What no source of ours may do, read from the sources themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "bot").rglob("*.py")) + sorted((ROOT / "actions").glob("*.py"))
# SQL in words: locks, journal and time-outs that SQLAlchemy has no words for, constants all; and migrations.
RAW_SQL_FILES = {
    "bot/storage/engine.py", "bot/storage/jobs.py", "bot/storage/deliveries.py", "bot/storage/backups.py", "bot/storage/migrate.py", "bot/doctor/database.py",
}
# Values that may stand in such a statement: constants of the module, and names that the database itself gave.
CONSTANT_NAMES = {"WAIT_MS", "ADVISORY_LOCK", "routine", "pragma"}
RAW_SQL_CALLS = {"exec_driver_sql", "text", "literal_column"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""), node


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_sql_in_words(name: str, call: ast.Call) -> bool:
    return name == "exec_driver_sql" or (name in ("text", "literal_column") and bool(call.args) and isinstance(call.args[0], (ast.Constant, ast.JoinedStr)))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_sql_is_written_by_sqlalchemy(path: Path) -> None:
    """Nothing that a person typed can stand in a statement: it is always a bound parameter."""
    if "migrations" in path.parts:
        return
    for name, call in calls(path):
        if not is_sql_in_words(name, call):
            continue
        statement = call.args[0]
        if name == "literal_column":
            assert isinstance(statement, ast.Constant)
            continue
        assert name_of(path) in RAW_SQL_FILES, f"{name_of(path)}:{call.lineno} writes SQL in words"
        if isinstance(statement, ast.JoinedStr):
            values = [ast.unparse(part.value) for part in statement.values if isinstance(part, ast.FormattedValue)]
            assert set(values) <= CONSTANT_NAMES, f"{name_of(path)}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_unpickled_evaluated_or_run_by_a_shell(path: Path) -> None:
    forbidden = {"eval", "exec", "system", "popen", "unsafe_load", "full_load"}
    for name, call in calls(path):
        assert name not in forbidden, f"{name_of(path)}:{call.lineno}"
        if name == "load" and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("np", "numpy"):
            assert "allow_pickle=False" in ast.unparse(call)
        assert not any(word.arg == "shell" for word in call.keywords), f"{name_of(path)}:{call.lineno}"
    imported = {alias.name.partition(".")[0] for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Import) for alias in node.names}
    assert not imported & {"pickle", "marshal", "shelve", "joblib", "dill"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_templates_come_from_files_and_the_knowledge_base_only(path: Path) -> None:
    """A template made of what somebody typed would run it; the knowledge base's are compiled in an immutable sandbox."""
    names = [name for name, _ in calls(path)]
    if name_of(path) == "bot/catalogue/rendering.py":
        assert "ImmutableSandboxedEnvironment" in names
        return
    assert "from_string" not in names and "Template" not in names
