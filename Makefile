# Two commands are enough: `make run` serves the assistant, `make test` runs every test.
# Both create their own environment from the lock files; see README.md.
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
export RASA_TELEMETRY_ENABLED := false
# Rasa's old pins warn on import under Python 3.11 and TensorFlow prints its build: noise, not faults.
export TF_CPP_MIN_LOG_LEVEL := 2
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Where the tests leave what the assistant understands (`bot evaluate` writes the same page).
export EVALUATION_REPORT := var/evaluation.html

.PHONY: help run test check test-fast nightly nightly-faults nightly-fuzz mutation audit sbom bench lock clean

help:
	@echo "make run        installe, entraîne si besoin, met la base à jour et sert http://127.0.0.1:8080"
	@echo "make test       installe et lance tous les tests"
	@echo "make check      le style (ruff) et les types (mypy), en quelques secondes"
	@echo "make test-fast  les tests du cœur, sans modèle ni navigateur"
	@echo "make nightly    ce qui est trop long pour chaque jour : les pannes sous une foule, 20 000 entrées hostiles, les mutations…"
	@echo "make bench      la vitesse et la compréhension à côté de Rasa d'origine (docs/performance.md)"
	@echo "make audit      les failles publiées des paquets verrouillés ; make sbom : leur liste (CycloneDX)"
	@echo "make lock       recalcule les fichiers de verrouillage depuis pyproject.toml"

run:
	@scripts/environment.sh run
	@.venv/bin/bot train
	@.venv/bin/bot serve

test: check
	@.venv/bin/bot knowledge check
	@.venv/bin/bot train
	@scripts/tests.sh
	@.venv/bin/coverage report --fail-under=90 --format=total >/dev/null || { .venv/bin/coverage report --skip-covered --sort=cover; exit 1; }
	@.venv/bin/coverage report --include='bot/admissions/*' --fail-under=100 --show-missing --skip-covered

check:
	@scripts/environment.sh test
	@.venv/bin/ruff check --quiet bot actions benchmarks tests scripts
	@.venv/bin/mypy

test-fast:
	@scripts/environment.sh test
	@.venv/bin/python -m pytest tests/unit

# The same faults under a crowd twenty times larger: more than a thousand conversations interrupted.
nightly: nightly-faults nightly-fuzz mutation audit
nightly-faults:
	@scripts/environment.sh test
	@FAULTS_SCALE=20 .venv/bin/python -m pytest tests/faults

bench:
	@scripts/environment.sh test
	@.venv/bin/bot train
	@.venv/bin/python -W ignore -m benchmarks.understanding
	@.venv/bin/python -W ignore -m benchmarks.speed $(BENCH_SPEED)

# Ten times the hostile inputs of make test, new ones each time, then a fuzzer guided by coverage.
FUZZ_SECONDS ?= 180
nightly-fuzz:
	@scripts/environment.sh test
	@FUZZ_SCALE=12 .venv/bin/python -m pytest tests/fuzz -p no:cacheprovider
	@.venv/bin/python -W ignore -m tests.fuzz.atheris_parsers -max_total_time=$(FUZZ_SECONDS)

# Each change of a rule of eligibility must break a test.
mutation:
	@scripts/environment.sh test
	@scripts/mutation.sh

audit:
	@scripts/environment.sh run
	@scripts/audit.sh

sbom:
	@scripts/environment.sh run >&2
	@.venv/bin/python scripts/sbom.py

# Hashes and versions only: no download address, so that the lock holds wherever packages are fetched.
EXPORT = .venv/bin/uv export --quiet --no-header --no-annotate --no-emit-project --format requirements-txt
lock:
	@scripts/environment.sh run
	@.venv/bin/pip install --quiet uv==0.13.9 && .venv/bin/uv lock
	@$(EXPORT) --no-group test --output-file requirements.lock
	@$(EXPORT) --group test --output-file requirements-test.lock

clean:
	rm -rf .venv .rasa models/*.tar.gz
