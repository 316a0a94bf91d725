"""Rows about the programs: until ready, memory, training, two processes, a full database."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.speed.conversations import ROOT, everything, prescreenings
from benchmarks.speed.figures import Figure, Line
from benchmarks.speed.messages import at_once, play
from benchmarks.speed.processes import COMMON, program
from benchmarks.speed.shares import Shares, compared, measure_shares
from benchmarks.speed.sides import Side, start_ours
from benchmarks.speed.stock_model import StockModel

OURS_REMEMBERED, STOCK_REMEMBERED = 1_000, 100
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/9")
Start = Callable[[Path], Side]


def until_ready(starts: dict[str, Start], rounds: int) -> list[Line]:
    """From the command to the first answer, bytecode compiled before; stock's two programs start together."""
    wall: dict[str, list[float]] = {name: [] for name in starts}
    cpu: dict[str, list[float]] = {name: [] for name in starts}
    for number in range(rounds + 1):
        for name, start in starts.items():
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                side = start(Path(folder))
                side.talk().say("bonjour")
                if number:  # the first start fills the disk's cache
                    wall[name].append(time.perf_counter() - began)
                    cpu[name].append(side.cpu_s())
                side.stop()
    title, goal = "du lancement à la première réponse", "au plus un tiers"
    return [Line.of(title, "s", goal, {name: Figure.of(times) for name, times in wall.items()}),
            Line.of(f"{title} : temps processeur", "s", goal, {name: Figure.of(times) for name, times in cpu.items()})]


def memory(sides: list[Side]) -> list[Line]:
    """Resident memory of all processes after many conversations, and what the second half of them added."""
    used: dict[str, Figure] = {}
    growth: dict[str, Figure] = {}
    dialogues = everything()
    for side in sides:
        conversations = OURS_REMEMBERED if side.name == "ours" else STOCK_REMEMBERED
        half = (dialogues * 10)[: conversations // 2]
        play(side, half)
        before = side.resident_mb()
        play(side, half)
        used[side.name] = Figure.of([side.resident_mb()])
        growth[side.name] = Figure.of([side.resident_mb() - before])
    note = f"après {OURS_REMEMBERED} conversations pour le nôtre, {STOCK_REMEMBERED} pour Rasa d'origine (rien n'est extrapolé)"
    return [Line.of("mémoire résidente", "Mo", "au plus la moitié", used, note=note),
            Line.of("mémoire : ce qu'ajoute la seconde moitié des conversations", "Mo", "stable", growth)]


def training(model: StockModel) -> list[Line]:
    """From nothing, and with unchanged inputs. Both sides by CPU time: stock's may have been trained in the idle moments of a machine."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | COMMON | {"BOT_MODEL_DIR": folder}
        fresh, again = _train(environment), _train(environment)
    note = (f"entraînement comparé en temps processeur ; Rasa d'origine : le {model.trained_at}, {model.epochs} époques de DIET (sa documentation "
            f"en demande 100) ; les durées, {model.wall_s / 60:.0f} min et {fresh[0]:.0f} s, dépendent de ce que la machine faisait d'autre")
    return [Line("entraînement complet : temps processeur", "s", "au plus un vingtième", Figure.of([fresh[1]]), Figure.of([model.cpu_s]), note=note),
            Line("entraînement, rien n'a changé", "s", "moins de 2 s", Figure.of([again[0]]))]


def two_processes(rounds: int) -> list[Line]:
    """One process and two, round after round in turn, on PostgreSQL and Redis, client and database on the same cores."""
    found: dict[int, list[Shares]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder, _Schema() as url:
        settings = {"BOT_DATABASE_URL": url, "BOT_REDIS_URL": REDIS, "BOT_RATE_LIMIT": "100000/minute"}
        sides: dict[int, Side] = {}
        try:
            for processes, first in ((1, 0), (2, 1)):
                sides[processes] = start_ours(Path(folder), settings, processes, first)
                at_once(sides[processes], -1)
            for number in range(rounds):
                for processes, side in sides.items():
                    found[processes].append(measure_shares(side, partial(at_once, side, number)))
        finally:
            for side in sides.values():
                side.stop()
    return compared(found)


def full_database(rounds: int) -> list[Line]:
    """A turn and the office's page of contacts, with a million events and 100,000 leads stored, against one page of leads."""
    from benchmarks.speed.full_database import compare

    return compare(rounds, prescreenings())


def _train(environment: dict[str, str]) -> tuple[float, float]:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program("bot"), "train"], cwd=ROOT, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class _Schema:
    """A schema of its own in the bench's PostgreSQL, dropped at the end."""

    def __init__(self) -> None:
        self._name = f"bench_{os.getpid()}_{time.monotonic_ns()}"

    def __enter__(self) -> str:
        self._run(f"CREATE SCHEMA {self._name}")
        return f"{POSTGRESQL}?options=-csearch_path%3D{self._name}"

    def __exit__(self, *_error: object) -> None:
        self._run(f"DROP SCHEMA {self._name} CASCADE")

    def _run(self, statement: str) -> None:
        from sqlalchemy import create_engine

        engine = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT", future=True)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()
