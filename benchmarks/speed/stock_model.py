"""The stock model: trained once for a state of the data (it takes from half an hour to hours), then reused."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.speed.conversations import ROOT
from benchmarks.speed.processes import COMMON, program
from benchmarks.speed.sides import STOCK

FOLDER = ROOT / "var" / "bench"


@dataclass(frozen=True)
class StockModel:
    """A trained stock model and what its training took, when and for how many epochs."""

    archive: str
    wall_s: float
    cpu_s: float
    epochs: int
    trained_at: str
    is_of_present_data: bool = True


def find(given: Path | None = None) -> StockModel:
    """The model given (with its .json beside it), the one of the present data, or else the last one trained. Raises FileNotFoundError."""
    archives = [given] if given else [_archive()] if _archive().is_file() else sorted(FOLDER.glob("stock-*.tar.gz"), key=os.path.getmtime)
    if not archives:
        raise FileNotFoundError("aucun modèle Rasa d'origine : « python -m benchmarks.speed --train-stock » (longtemps), ou --stock-model")
    body = json.loads(archives[-1].with_suffix("").with_suffix(".json").read_text(encoding="utf-8"))
    return StockModel(**{**body, "archive": str(archives[-1]), "is_of_present_data": archives[-1] == _archive()})


def train(epochs: int) -> StockModel:
    """Trains with `rasa train`, in an empty folder so that nothing is cached. One arithmetic thread."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data", folder / "data")
        shutil.copy(ROOT / "domain.yml", folder)
        config = (STOCK / "config.yml").read_text(encoding="utf-8").replace("epochs: 100", f"epochs: {epochs}")
        (folder / "config.yml").write_text(config, encoding="utf-8")
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program("rasa"), "train", "--out", "models", "--fixed-model-name", "stock"], cwd=folder, env=os.environ | COMMON, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        shutil.move(str(folder / "models" / "stock.tar.gz"), _archive())
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    model = StockModel(str(_archive()), time.monotonic() - began, cpu_s, epochs, time.strftime("%Y-%m-%d"))
    _archive().with_suffix("").with_suffix(".json").write_text(json.dumps(asdict(model)), encoding="utf-8")
    return model


def _archive() -> Path:
    digest = sha256()
    for path in [ROOT / "domain.yml", STOCK / "config.yml", *sorted((ROOT / "data").rglob("*.yml"))]:
        digest.update(path.read_bytes() + b"\0")
    return FOLDER / f"stock-{digest.hexdigest()[:16]}.tar.gz"
