"""The reviewed list of advisories speaks of the versions that are locked, and what it says is not reached is not loaded."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from scripts.audit import found_by_service, locked_versions, reviewed, to_review
from scripts.sbom import bill_of_materials

ROOT = Path(__file__).parents[2]
PROBE = """
import gc, json, sys, tempfile
from bot.bootstrap import ROOT, bootstrap, load_brain
from bot.serving import prepare_storage, web_services
from bot.web.app import create_app
folder = tempfile.mkdtemp()
program = bootstrap(ROOT, {"BOT_DATABASE_URL": f"sqlite:///{folder}/bot.db", "BOT_SECRET_KEY": "k" * 40})
prepare_storage(program)
brain = load_brain(program)
brain.understand("bonjour")
app = create_app(web_services(program, brain))
servers = sorted({type(one).__module__ for one in gc.get_objects() if type(one).__name__ in ("Sanic", "Application") and type(one).__module__.split(".")[0] in ("sanic", "aiohttp")})
print(json.dumps({"modules": sorted(sys.modules), "servers": servers}))
"""


def advisories() -> list[dict[str, Any]]:
    return list(reviewed()["avis"])


@pytest.mark.parametrize("advisory", advisories(), ids=lambda advisory: advisory["paquet"])
def test_each_advisory_speaks_of_the_locked_version(advisory: dict[str, Any]) -> None:
    assert locked_versions()[advisory["paquet"]] == advisory["version"], "la version a changé : relisez l'avis"
    assert all(source.startswith("https://") for source in (advisory["source"], *advisory.get("autres_sources", [])))
    assert advisory["ids"] and len(advisory["pourquoi_hors_d_atteinte"]) > 40


def test_what_is_said_not_to_be_loaded_is_not_loaded_in_service(brain: Any) -> None:
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    found = json.loads(run.stdout.splitlines()[-1])
    wrong = {module for advisory in advisories() for module in advisory["jamais_charges"]} & set(found["modules"])
    assert wrong == set()
    assert found["servers"] == [], "neither Sanic nor aiohttp has a server here: uvicorn alone serves"


def test_an_answer_of_the_service_is_told_from_silence(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert found_by_service(report) is None
    report.write_text(json.dumps({"dependencies": [{"name": "keras", "skip_reason": "not found"}]}))
    assert found_by_service(report) is None
    fault = {"id": "PYSEC-1", "aliases": ["CVE-1"]}
    report.write_text(json.dumps({"dependencies": [{"name": "keras", "vulns": [fault]}, {"name": "rasa", "vulns": []}]}))
    assert found_by_service(report) == {"keras": [{"PYSEC-1", "CVE-1"}]}


def test_a_new_fault_of_a_listed_package_is_to_be_reviewed() -> None:
    known, new = {"PYSEC-1", "CVE-1"}, {"PYSEC-2", "CVE-2"}
    assert to_review({"keras": [known, new], "wheel": [known]}, {("keras", "CVE-1")}) == [("keras", new), ("wheel", known)]


def test_rasa_decodes_nothing_with_jsonpickle() -> None:
    """Reviewed list: jsonpickle runs code when it decodes, and Rasa only encodes."""
    sources = [path.read_text(encoding="utf-8") for path in Path(find_spec("rasa").origin).parent.rglob("*.py")]  # type: ignore[union-attr, arg-type]
    used = {name for source in sources for name in re.findall(r"jsonpickle\.(\w+)", source)}
    assert used == {"encode"}


def test_the_bill_of_materials_holds_every_locked_package_with_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    bill = bill_of_materials(lock)
    components = {one["name"]: one for one in bill["components"]}
    assert components.keys() == locked_versions().keys() and len(components) > 100
    assert bill["bomFormat"] == "CycloneDX" and components["rasa"]["purl"] == "pkg:pypi/rasa@3.6.21"
    assert all(one["hashes"] for one in components.values())
    assert sum(len(one["hashes"]) for one in components.values()) == lock.count("--hash=sha256:")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_has_its_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
