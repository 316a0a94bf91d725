#!/bin/sh
# Audits the locked packages with pip-audit, installed apart (its own dependencies do not fit Rasa's).
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if .venv/bin/python -m venv "$work/tool" && "$work/tool/bin/python" -m pip install --quiet pip-audit 2>/dev/null; then
    "$work/tool/bin/pip-audit" --no-deps --disable-pip --requirement requirements.lock --timeout 15 --format json --output "$work/report.json" >/dev/null 2>&1 || true
fi
.venv/bin/python scripts/audit.py "$work/report.json"
