"""`python -m benchmarks.speed [--rows …]`: measures the rows asked for, keeps them, and prints the table of all rows measured so far."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.speed import messages, programs, report, stock_model
from benchmarks.speed.conversations import ROOT, everything
from benchmarks.speed.figures import Line, Measured, keep, kept
from benchmarks.speed.sides import Side, start_ours, start_stock

RESULTS = ROOT / "benchmarks" / "results"
# Those that share a pair of warm servers come first, memory before what would add to it.
ROWS = ("memoire", "message", "debit", "tour200", "demarrage", "entrainement", "processus", "volume")
WARM_UP = 15  # dialogues: what is built at first use must not be measured


def main() -> int:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are ended whatever ends the bench
    if asked.train_stock:
        print(stock_model.train(asked.epochs))
        return 0
    try:
        model = stock_model.find(asked.stock_model)
    except FileNotFoundError as missing:
        print(f"Le tableau de vitesse est laissé de côté : {missing}.", file=sys.stderr)
        return 0
    if not model.is_of_present_data:
        print(f"Modèle Rasa d'origine du {model.trained_at}, entraîné sur un état antérieur des données.", file=sys.stderr)
    starts: dict[str, programs.Start] = {"ours": start_ours, "stock": lambda folder: start_stock(folder, Path(model.archive))}
    wanted = [row for row in ROWS if row in asked.rows.split(",")]
    on_warm, alone = _on_warm_servers(asked.rounds), _alone(asked.rounds, model, starts)
    if on_warm.keys() & set(wanted):
        with _warm_sides(starts) as sides:
            for row in wanted:
                if row in on_warm:
                    _note(row, partial(on_warm[row], sides), asked)
    for row in wanted:
        if row in alone:
            _note(row, alone[row], asked)
    print(report.write(kept(ROWS, asked.output), asked.output))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Vitesse : la nôtre à côté de Rasa d'origine.")
    parser.add_argument("--rows", default=",".join(ROWS), help=f"parmi {', '.join(ROWS)} ; les autres lignes gardent leur dernière mesure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stock-model", type=Path, help="modèle Rasa d'origine déjà entraîné (.tar.gz, avec son .json)")
    parser.add_argument("--train-stock", action="store_true", help="entraîne seulement le modèle Rasa d'origine")
    parser.add_argument("--epochs", type=int, default=100, help="époques de DIET : 100 dans la documentation de Rasa, deux à trois minutes chacune")
    parser.add_argument("--output", type=Path, default=RESULTS)
    return parser.parse_args()


def _note(row: str, measure: Callable[[], list[Line]], asked: argparse.Namespace) -> None:
    """Measures a row and keeps it at once: a bench that is stopped leaves what it measured."""
    print(f"{row}…", file=sys.stderr, flush=True)
    load = os.getloadavg()[0]
    keep(Measured(row, measure(), asked.rounds, load_average=load), asked.output)


def _on_warm_servers(rounds: int) -> dict[str, Callable[[list[Side]], list[Line]]]:
    return {
        "memoire": programs.memory,
        "message": lambda sides: messages.latency(sides, rounds),
        "debit": lambda sides: messages.throughput(sides, rounds),
        "tour200": messages.late_turns,
    }


def _alone(rounds: int, model: stock_model.StockModel, starts: dict[str, programs.Start]) -> dict[str, Callable[[], list[Line]]]:
    return {
        "demarrage": lambda: programs.until_ready(starts, rounds),
        "entrainement": lambda: programs.training(model),
        "processus": lambda: programs.two_processes(rounds),
        "volume": lambda: programs.full_database(rounds),
    }


@contextmanager
def _warm_sides(starts: dict[str, programs.Start]) -> Iterator[list[Side]]:
    with tempfile.TemporaryDirectory() as name:
        sides: list[Side] = []
        try:
            for side, start in starts.items():
                folder = Path(name) / side
                folder.mkdir()
                sides.append(start(folder))
                messages.play(sides[-1], everything()[-WARM_UP:])
            yield sides
        finally:
            for one in sides:
                one.stop()


if __name__ == "__main__":
    sys.exit(main())
