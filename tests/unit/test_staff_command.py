"""`bot staff add`: a password twice in a terminal, one line otherwise; one clear line and the right status."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.admissions.errors import InputError
from bot.cli import main
from bot.staff_command import add_staff
from tests.unit.test_cli import ROOT, assert_one_clear_line

PASSWORD = "une phrase de passe correcte"
EMAIL = "odile.martin@example.org"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def add(tmp_path: Path, *arguments: str, typed: str = f"{PASSWORD}\n") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}", "BOT_SECRET_KEY": "k" * 40}
    command = [sys.executable, "-m", "bot.cli", "staff", "add", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, timeout=120)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, so that nothing of this one's is read or written."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    return tmp_path


def test_the_command_adds_once_and_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    added = add(tmp_path, "Odile.Martin@example.org", "--role", "admin")
    assert (added.returncode, added.stdout) == (0, "") and PASSWORD not in added.stderr and len(added.stderr.splitlines()) == 1
    assert_one_clear_line(add(tmp_path, EMAIL), "existe déjà")


@pytest.mark.parametrize("arguments", [["rene@example.org", "--role", "chef"], ["pas-une-adresse"], []])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["staff", "add", *arguments])
    assert raised.value.code == 2 and "bot staff add: error" in capsys.readouterr().err


def test_without_a_line_nothing_is_added(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(InputError, match="aucun mot de passe"):
        add_staff(root, EMAIL, "reader")


def test_a_password_that_is_too_easy_adds_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("court\n"))
    with pytest.raises(InputError, match="trop court"):
        add_staff(root, EMAIL, "reader")


def test_a_terminal_asks_twice(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    typed = iter([PASSWORD, "autre chose", PASSWORD, PASSWORD])
    monkeypatch.setattr("bot.staff_command.getpass", lambda prompt, stream: next(typed))
    with pytest.raises(InputError, match="différents"):
        add_staff(root, EMAIL, "reader")
    assert add_staff(root, EMAIL, "reader") == 0
    said = capsys.readouterr()
    assert said.out == "" and "12 caractères" in said.err and f"{EMAIL} (reader)" in said.err and PASSWORD not in said.err
