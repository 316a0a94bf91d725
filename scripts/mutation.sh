#!/bin/sh
# Changes the eligibility rules one operator at a time and counts the changes that no test notices.
# Works in a copy, so that the tree stays as it is. Prints the figure and each survivor; fails below 95 %.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bot" "$work/tests/unit"
cp -R pyproject.toml knowledge "$work/"
cp bot/__init__.py "$work/bot/" && cp -R bot/admissions "$work/bot/"
cp tests/__init__.py "$work/tests/" && cp tests/unit/__init__.py "$work/tests/unit/" && cp -R tests/unit/admissions "$work/tests/unit/"
cd "$work"
"$root/.venv/bin/mutmut" run >run.log 2>&1 || { tail -30 run.log; exit 1; }
"$root/.venv/bin/mutmut" export-cicd-stats >/dev/null
"$root/.venv/bin/mutmut" results | sed -n 's/^ *\([^ ]*\): \(survived\|suspicious\|no tests\)$/\1/p' | while read -r mutant; do
    echo "$mutant"
    "$root/.venv/bin/mutmut" show "$mutant" 2>/dev/null | grep -E '^[-+] ' || true
done
"$root/.venv/bin/python" "$root/scripts/mutation_score.py" mutants/mutmut-cicd-stats.json
