"""Endurance: the real assistant at half of what it can carry, for minutes or hours; memory must stay flat and nothing fail.

    .venv/bin/python -m benchmarks.soak --minutes 10

It starts `bot serve` on a database of its own, measures for a few seconds how many messages a second it answers when
asked without a pause, then sends half as many. Exit status 1 for any error, or when memory climbs.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx

from benchmarks.soak_chart import Sample, picture, summary

ROOT = Path(__file__).resolve().parent.parent
# One conversation, as people have them: questions, a pre-screening to its end, a contact, and something not understood.
CONVERSATION = (
    "bonjour", "c koi les métiers apres ?", "et c'est combien", "quels sont les blocs ?", "il y a un stage ?",
    "j'ai un bac pro, je peux candidater ?", "5 ans en mairie, salariée", "oui", "Camille Essai", "camille.essai@example.org",
    "comment se passe l'entretien ?", "zorglub 42", "merci, au revoir",
)  # fmt: skip
WORKERS = 8
START_S, CALIBRATION_S, SAMPLE_EVERY_S, REQUEST_S = 120, 15, 5.0, 30
# What caches fill at the beginning is no leak: the second quarter of the time is compared with the last.
ALLOWED_GROWTH = 0.05


@dataclass
class Load:
    """What all workers share: the pace, what was measured since the last sample, the errors."""

    url: str
    pause_s: float = 0.0
    is_over: bool = False
    turns: int = 0
    errors: list[str] = field(default_factory=list)
    _seconds: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, status: int) -> None:
        """One answer; 0 stands for none."""
        with self._lock:
            self.turns += 1
            self._seconds.append(seconds)
            if status not in (200, 201):
                self.errors.append(f"HTTP {status}" if status else "pas de réponse")

    def taken(self) -> list[float]:
        """The times since the last call."""
        with self._lock:
            seconds, self._seconds = self._seconds, []
        return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the soak and writes its chart and table."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder), asked.database) as (process, url):
        load = Load(url)
        workers = [threading.Thread(target=_converse, args=(load,), daemon=True) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        rate = asked.rate or _capacity(load) / 2
        load.pause_s = WORKERS / rate
        print(f"{rate:.1f} messages par seconde pendant {asked.minutes:g} min…", file=sys.stderr)
        samples = _watch(process.pid, load, asked.minutes * 60)
        load.is_over = True
        for worker in workers:
            worker.join(REQUEST_S)
        stopped_s = _stop(process)
    asked.output.mkdir(parents=True, exist_ok=True)
    (asked.output / "endurance.svg").write_text(picture(samples, rate), encoding="utf-8")
    table = summary(samples, rate, load.turns, load.errors, stopped_s)
    (asked.output / "endurance.md").write_text(table, encoding="utf-8")
    print(table)
    return 1 if load.errors or growth(samples) > ALLOWED_GROWTH else 0


def growth(samples: Sequence[Sample]) -> float:
    """How much more memory the last quarter of the time used than the second, as a share; 0 for too few samples."""
    quarter = len(samples) // 4
    if quarter == 0:
        return 0.0
    early, late = ([sample.memory_mib for sample in part] for part in (samples[quarter : 2 * quarter], samples[-quarter:]))
    return statistics.median(late) / statistics.median(early) - 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description="Essai d'endurance.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, help="messages par seconde ; la moitié de ce que la machine porte sinon")
    parser.add_argument("--database", help="adresse d'une base vide ; un fichier SQLite provisoire sinon")
    parser.add_argument("--output", type=Path, default=ROOT / "results")
    return parser


@contextmanager
def _serving(folder: Path, database: str | None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"BOT_DATABASE_URL": database or f"sqlite:///{folder}/bot.db", "BOT_RATE_LIMIT": "off", "BOT_LOG_LEVEL": "warning",
                "BOT_SECRET_KEY": "k" * 40, "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    log = folder / "log"
    with log.open("wb") as output:
        command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_ready(process, url, log)
        yield process, url
    finally:
        if process.poll() is None:
            process.kill()


def _wait_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit(f"L'assistant n'a pas démarré :\n{log.read_text(errors='replace')[-2000:]}")


def _capacity(load: Load) -> float:
    load.taken()
    time.sleep(CALIBRATION_S)
    return max(1.0, len(load.taken()) / CALIBRATION_S)


def _converse(load: Load) -> None:
    """Conversations one after the other until the end; each message is due at its time, however long the last one took."""
    with httpx.Client(base_url=load.url, timeout=REQUEST_S, trust_env=False) as client:
        due = time.monotonic()
        headers: dict[str, str] = {}
        for number in count():
            if load.is_over:
                return
            text = CONVERSATION[number % len(CONVERSATION)]
            if number % len(CONVERSATION) == 0:
                headers = _open(client, load)
            _send(client, load, "/api/messages", {"text": text, "id": str(uuid4())}, headers)
            due = max(due + load.pause_s, time.monotonic() - load.pause_s)
            time.sleep(max(0.0, due - time.monotonic()))


def _open(client: httpx.Client, load: Load) -> dict[str, str]:
    answer = _send(client, load, "/api/conversations", {}, {})
    return {} if answer is None else {"Authorization": f"Bearer {answer.json()['token']}"}


def _send(client: httpx.Client, load: Load, path: str, body: dict[str, str], headers: dict[str, str]) -> httpx.Response | None:
    started = time.perf_counter()
    try:
        answer = client.post(path, json=body, headers=headers)
    except httpx.TransportError:
        load.note(time.perf_counter() - started, 0)
        return None
    load.note(time.perf_counter() - started, answer.status_code)
    return answer if answer.is_success else None


def _watch(pid: int, load: Load, seconds: float) -> list[Sample]:
    load.taken()
    started, samples = time.monotonic(), list[Sample]()
    while (elapsed := time.monotonic() - started) < seconds:
        time.sleep(min(SAMPLE_EVERY_S, seconds - elapsed))
        times = sorted(load.taken()) or [0.0]
        minutes = (time.monotonic() - started) / 60
        worst = times[min(len(times) - 1, int(len(times) * 0.95))]
        samples.append(Sample(minutes, _memory_mib(pid), statistics.median(times) * 1000, worst * 1000, len(load.errors)))
    return samples


def _memory_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/statm").read_text().split()
    return int(status[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _stop(process: subprocess.Popen[bytes]) -> float:
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
