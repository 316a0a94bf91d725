"""Writes the packages that are served as a CycloneDX 1.5 bill of materials, from requirements.lock alone."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill_of_materials(lock: str) -> dict[str, Any]:
    """Name, version and hashes of the files that may be installed for each package; the same lock gives the same bill."""
    components: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if found := PACKAGE.match(line):
            name, version = found.groups()
            purl = f"pkg:pypi/{name}@{version}"
            components.append({"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": []})
        if components:
            components[-1]["hashes"] += [{"alg": "SHA-256", "content": content} for content in HASH.findall(line)]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "assistant-rncp41406", "name": "assistant-rncp41406"}},
        "components": components,
    }


if __name__ == "__main__":
    json.dump(bill_of_materials((ROOT / "requirements.lock").read_text(encoding="utf-8")), sys.stdout, indent=1)
    print()
