"""Understanding, side by side with Rasa's stock pipelines, on a public set: `python -m benchmarks.understanding`.

Every pipeline is trained by `rasa.model_training` and read through Rasa's own message processor, one message at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import public_set
from benchmarks.intervals import separation, share_with_interval
from benchmarks.pipelines import STOCK_EPOCHS, TITLES
from benchmarks.tables import Row, write_results

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PIPELINES = "ours,lexical,spacy,diet"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description="Compréhension : la nôtre à côté de celles de Rasa.")
    parser.add_argument("--pipelines", default=DEFAULT_PIPELINES, help=f"parmi {', '.join(TITLES)}")
    parser.add_argument("--seeds", default="0,1,2", help="tirages de 30 exemples par intention")
    parser.add_argument("--epochs", type=int, default=STOCK_EPOCHS, help="époques de DIET (18 minutes par tirage pour 100)")
    parser.add_argument("--out-of-scope", action="store_true", help="mesure aussi le hors-sujet (un entraînement de plus par tirage)")
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "results")
    asked = parser.parse_args(arguments)
    if public_set.folder() is None:
        print(public_set.WHERE_IT_COMES_FROM)
        return 0
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    rows = []
    for name in asked.pipelines.split(","):
        if name not in TITLES:
            parser.error(f"« {name} » n'est pas une chaîne connue ; choisissez parmi {', '.join(TITLES)}")
        rows.append(measure(name, seeds, asked.epochs, asked.out_of_scope))
        print(write_results(rows, asked.output))  # after each pipeline: a long run that is stopped leaves what it measured
    return 0


def measure(name: str, seeds: list[int], epochs: int, out_of_scope: bool) -> Row:
    """Trains and scores one pipeline for each seed; times are the median of the seeds."""
    runs = [_run(name, seed, epochs, held_out=False) for seed in seeds]
    shares = {variant: share_with_interval(np.array([[true == guess for true, guess, _ in run["guesses"][variant]] for run in runs]))
              for variant in public_set.VARIANTS}
    typical = {key: float(np.median([run[key] for run in runs])) for key in ("train_s", "load_s", "p50_ms", "p95_ms", "resident_mb", "training_mb")}
    scope = [_separation(_run(name, seed, epochs, held_out=True)) for seed in seeds] if out_of_scope else []
    return Row(TITLES[name], len(seeds), shares, typical, tuple(np.mean(scope, axis=0)) if scope else None)


def _run(name: str, seed: int, epochs: int, held_out: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        measured: dict[str, Any] = {}
        for what in ("train", "score"):
            command = [sys.executable, "-W", "ignore", "-m", "benchmarks.run_pipeline", what, name, folder, str(seed), str(epochs)]
            # In a folder of its own, so that Rasa's cache is empty and the training time true.
            environment = os.environ | {"PYTHONPATH": str(ROOT), "RASA_CACHE_DIRECTORY": str(Path(folder) / "cache")}
            command += ["--without-held-out"] * held_out
            output = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            measured |= json.loads(output.stdout.splitlines()[-1])
        return measured


def _separation(run: dict[str, Any]) -> tuple[float, float]:
    data = public_set.folder()
    outside = public_set.held_out_intents(data) if data is not None else frozenset()
    confidences: dict[bool, list[float]] = defaultdict(list)
    for true, _, confidence in run["guesses"]["test"]:
        confidences[true in outside].append(confidence)
    return separation(np.array(confidences[False]), np.array(confidences[True]))


if __name__ == "__main__":
    sys.exit(main())
