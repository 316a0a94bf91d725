"""Imports go one way (docs/architecture.md): a room may only know the rooms listed for it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "bot/admissions": {"bot.admissions"},
    "bot/catalogue": {"bot.catalogue", "bot.admissions"},
    "bot/storage": {"bot.storage", "bot.admissions"},
    "bot/nlu": {"bot.nlu", "bot.admissions"},
    "bot/services": {"bot.services", "bot.admissions"},
    "bot/dialogue": {"bot.dialogue", "bot.services", "bot.admissions"},
    "bot/web": {"bot.web", "bot.services", "bot.admissions", "bot.settings"},
    "actions": {"actions", "bot.services", "bot.admissions"},
}
# Wiring at the first action under `rasa run actions`: the one place where an action knows the program.
EXCEPTIONS = {("actions/base.py", "bot.bootstrap")}
# What no room but these may import: the standard library of the core is proven by what it may not have.
OURS = ("bot", "actions")


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and node.level == 0]


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_knows_only_the_rooms_it_may(room: str) -> None:
    assert _modules(room), room
    wrong = []
    for path in _modules(room):
        name = path.relative_to(ROOT).as_posix()
        for module in _imports(path):
            is_ours = module.split(".")[0] in OURS
            allowed = any(module == known or module.startswith(f"{known}.") for known in ALLOWED[room])
            if is_ours and not allowed and (name, module) not in EXCEPTIONS:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_the_core_imports_the_standard_library_only() -> None:
    third_party = {f"{path.name}: {module}" for path in _modules("bot/admissions") for module in _imports(path)
                   if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("bot.admissions") and module != "__future__"}
    assert third_party == set()
