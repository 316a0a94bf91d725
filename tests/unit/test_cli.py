"""The command line: one clear line on stderr, the right exit status, never a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    values = {**os.environ, "PYTHONPATH": str(ROOT), "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}", "BOT_SECRET_KEY": "k" * 40, **environment}
    return subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=ROOT, env=values, capture_output=True, text=True, timeout=120)


def assert_one_clear_line(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


def test_wrong_usage_is_status_2(tmp_path: Path) -> None:
    assert run("leads", "export", "--format", "pdf", tmp_path=tmp_path).returncode == 2
    assert run("leads", "export", "--since", "hier", tmp_path=tmp_path).returncode == 2


def test_a_bad_database_address_names_the_setting(tmp_path: Path) -> None:
    assert_one_clear_line(run("leads", "export", tmp_path=tmp_path, BOT_DATABASE_URL="mysql://x"), "BOT_DATABASE_URL")


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    assert_one_clear_line(run("leads", "export", tmp_path=tmp_path, BOT_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none"))


def test_an_occupied_port_is_said_before_the_model_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_clear_line(run("serve", "--port", str(port), tmp_path=tmp_path), str(port), "occupé")


def test_an_untrained_model_says_what_to_do(tmp_path: Path) -> None:
    assert_one_clear_line(run("ask", "bonjour", tmp_path=tmp_path, BOT_MODEL_DIR=str(tmp_path)), "bot train")


def test_an_empty_export_is_an_empty_array(tmp_path: Path) -> None:
    result = run("leads", "export", tmp_path=tmp_path)
    assert (result.returncode, result.stdout.strip()) == (0, "[]")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    assert_one_clear_line(run("leads", "export", "--output", "/nowhere/leads.json", tmp_path=tmp_path), "/nowhere/leads.json")


def test_erasing_an_unknown_address_says_that_nothing_was_erased(tmp_path: Path) -> None:
    assert_one_clear_line(run("leads", "erase", "--email", "personne@example.org", tmp_path=tmp_path), "rien n'est effacé")


def test_a_backup_is_written_and_restored_elsewhere(tmp_path: Path) -> None:
    assert_one_clear_line(run("backup", str(tmp_path / "b"), tmp_path=tmp_path), "bot serve")
    assert run("leads", "export", tmp_path=tmp_path).returncode == 0  # makes the tables
    saved = run("backup", str(tmp_path / "b"), tmp_path=tmp_path)
    assert (saved.returncode, saved.stdout) == (0, "") and "clé secrète" in saved.stderr

    restored = run("restore", str(tmp_path / "b"), tmp_path=tmp_path, BOT_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert restored.returncode == 0 and "effacements" in restored.stderr


def test_the_database_is_brought_up_to_date_once(tmp_path: Path) -> None:
    first, again = run("migrate", tmp_path=tmp_path), run("migrate", tmp_path=tmp_path)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "mise à jour de rien" in first.stderr and "déjà à jour" in again.stderr


def test_a_backup_that_is_missing_or_a_folder_is_said(tmp_path: Path) -> None:
    assert_one_clear_line(run("restore", str(tmp_path / "absent"), tmp_path=tmp_path), "absent")
    assert_one_clear_line(run("backup", str(tmp_path), tmp_path=tmp_path), "dossier")
