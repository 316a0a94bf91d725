"""The acceptance sample, over HTTP, with its own runner. Other cases than these decide: the floor is no aim."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
FAQ_FLOOR, PROFILES_FLOOR = 0.94, 17
START_LIMIT_S = 180


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    database = tmp_path_factory.mktemp("served") / "bot.db"
    own = {"PYTHONPATH": str(ROOT), "BOT_DATABASE_URL": f"sqlite:///{database}", "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off"}
    return {**os.environ, **own}


@pytest.fixture(scope="module")
def served(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(port)]
    # A file, not a pipe: a pipe that nobody reads would stop the server once it is full.
    with (tmp_path_factory.mktemp("log") / "serve.log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
        try:
            _wait_until_ready(process, log, address := f"http://127.0.0.1:{port}")
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def test_questions_and_abuse(served: str, environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = _run(environment, tmp_path, "faq", served)
    right, total = map(int, re.findall(r"^faq (\d+)/(\d+)", printed, re.MULTILINE)[0])
    with capsys.disabled():
        print(f"\n{printed.splitlines()[-1]}")
    assert right / total >= FAQ_FLOOR, (tmp_path / "failures.jsonl").read_text()


def test_profiles(served: str, environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = _run(environment, tmp_path, "profiles", served, f"{sys.executable} -m bot.cli leads export")
    right = int(re.findall(r"verdict and facts (\d+)/", printed)[0])
    with capsys.disabled():
        print(f"\n{printed.splitlines()[-1]}")
    assert right >= PROFILES_FLOOR, (tmp_path / "failures.jsonl").read_text()


def _run(environment: dict[str, str], tmp_path: Path, *arguments: str) -> str:
    command = [sys.executable, str(FOLDER / "run.py"), *arguments, "--out", str(tmp_path / "failures.jsonl")]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _wait_until_ready(process: subprocess.Popen[bytes], log: IO[str], address: str) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            raise AssertionError(log.read())
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as answer:
                json.load(answer)
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the server did not become ready")
