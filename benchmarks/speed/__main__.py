"""`python -m benchmarks.speed [--rows …]`: measures the rows asked for, keeps them, and prints the table of all rows measured so far."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.speed import messages, programs, report, stock_model
from benchmarks.speed.conversations import ROOT, everything
from benchmarks.speed.figures import Line, Measured, keep, kept
from benchmarks.speed.sides import Side, start_ours, start_stock

RESULTS = ROOT / "benchmarks" / "results"
ROWS = ("message", "debit", "tour200", "memoire", "demarrage", "entrainement", "processus", "volume")
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
    for row in asked.rows.split(","):
        print(f"{row}…", file=sys.stderr, flush=True)
        load = os.getloadavg()[0]
        lines = _measure(row, asked.rounds, model)
        keep(Measured(row, lines, asked.rounds, load_average=load), asked.output)
        table = report.write(kept(ROWS, asked.output), asked.output)
    print(table)
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


def _measure(row: str, rounds: int, model: stock_model.StockModel) -> list[Line]:
    starts: dict[str, programs.Start] = {"ours": start_ours, "stock": lambda folder: start_stock(folder, Path(model.archive))}
    warm: dict[str, Callable[[list[Side]], list[Line]]] = {
        "message": lambda sides: messages.latency(sides, rounds),
        "debit": lambda sides: messages.throughput(sides, rounds),
        "tour200": messages.late_turns,
        "memoire": programs.memory,
    }
    if row in warm:
        with _warm_sides(starts) as sides:
            return warm[row](sides)
    return {
        "demarrage": lambda: programs.until_ready(starts, min(rounds, 5)),
        "entrainement": lambda: programs.training(model),
        "processus": lambda: programs.two_processes(rounds),
        "volume": lambda: programs.full_database(rounds),
    }[row]()


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
