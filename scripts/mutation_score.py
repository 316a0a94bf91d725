"""Prints the share of mutants that a test noticed; fails below the floor."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOOR_PERCENT = 95.0


def main() -> int:
    counts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    noticed = counts["killed"] + counts["timeout"] + counts.get("segfault", 0)
    score = 100 * noticed / counts["total"]
    print(f"mutants : {counts['total']} · repérés : {noticed} · survivants : {counts['survived']} · sans test : {counts['no_tests']} · {score:.1f} %")
    return 0 if score >= FLOOR_PERCENT else 1


if __name__ == "__main__":
    sys.exit(main())
