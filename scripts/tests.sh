#!/bin/sh
# Every test with its coverage, in two halves side by side: those that mostly wait (a browser, servers that are killed, locks
# that run out) and those that compute. Fails when a half fails; the first half's words come after the second's.
set -u
cd "$(dirname "$0")/.."
mkdir -p .pytest_cache
rm -f .pytest_cache/coverage .pytest_cache/coverage.*
words=$(mktemp)
COVERAGE_FILE=.pytest_cache/coverage.waiting .venv/bin/python -m pytest tests/browser tests/faults -p no:cacheprovider --cov --cov-report= >"$words" 2>&1 &
waiting=$!
trap 'kill "$waiting" 2>/dev/null; rm -f "$words"' EXIT
trap 'exit 130' INT TERM
COVERAGE_FILE=.pytest_cache/coverage.computing .venv/bin/python -m pytest tests --ignore=tests/browser --ignore=tests/faults --cov --cov-report=
computed=$?
wait "$waiting"
waited=$?
cat "$words"
[ "$computed" = 0 ] && [ "$waited" = 0 ] || exit 1
.venv/bin/coverage combine --quiet .pytest_cache/coverage.waiting .pytest_cache/coverage.computing
