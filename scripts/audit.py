"""Compares what pip-audit found with the reviewed list; without an answer of the advisory service the list decides.

Usage: audit.py REPORT.json  (pip-audit's JSON; an empty or missing file means that it could not run)
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([a-z0-9-]+)==([^ \\]+)", re.MULTILINE)


def locked_versions() -> dict[str, str]:
    """Name and version of every package that is served."""
    return dict(PINNED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))


def reviewed() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "ops/advisories.yml").read_text(encoding="utf-8")))


def found_by_service(report: Path) -> dict[str, list[set[str]]] | None:
    """The names of each fault, aliases included, by package; None when the service answered for no package at all."""
    try:
        dependencies = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        return None
    audited = [one for one in dependencies if "skip_reason" not in one]
    if not audited:
        return None
    return {one["name"]: [{fault["id"], *fault["aliases"]} for fault in one["vulns"]] for one in audited if one["vulns"]}


def to_review(found: dict[str, list[set[str]]], known: set[tuple[str, str]]) -> list[tuple[str, set[str]]]:
    """The faults that the reviewed list names by none of their names; another fault of a listed package is one too."""
    return [(package, names) for package, faults in sorted(found.items()) for names in faults if not any((package, name) in known for name in names)]


def main() -> int:
    found = found_by_service(Path(sys.argv[1]))
    if found is None:
        count, day = len(reviewed()["avis"]), reviewed()["relu_le"]
        print(f"Le service d'avis n'a pas répondu : la liste relue le {day} fait foi ({count} paquets, ops/advisories.yml).")
        return 0
    unknown = to_review(found, {(one["paquet"], name) for one in reviewed()["avis"] for name in one["ids"]})
    for package, names in unknown:
        print(f"À relire : {package} {locked_versions().get(package)} — {', '.join(sorted(names))}")
    print(f"{sum(map(len, found.values()))} avis sur {len(found)} paquet(s), {len(unknown)} à relire.")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
