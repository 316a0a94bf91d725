"""Runs every check and prints a line for each; exit status 1 when something is a problem."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.admissions.errors import AdmissionsError
from bot.doctor import database, machine, network
from bot.doctor.findings import Check, Finding, Health, problem, run_checks
from bot.settings import Settings, load_settings
from bot.storage.engine import open_engine


def doctor(root: Path, environ: Mapping[str, str] | None = None) -> int:
    """Looks at everything and prints what was found. `environ` stands in for the process's environment."""
    findings = examine(root, os.environ if environ is None else environ)
    for finding in findings:
        print(f"{finding.health.value:<9}  {finding.subject:<16}  {finding.words}")
        if finding.remedy:
            print(f"{'':<9}  {'':<16}  → {finding.remedy}")
    problems = sum(finding.health is Health.PROBLEM for finding in findings)
    print("Tout est en ordre." if not problems else f"{problems} problème(s) à corriger.")
    return 1 if problems else 0


def examine(root: Path, environ: Mapping[str, str]) -> list[Finding]:
    """Every finding, in the order in which somebody would look."""
    try:
        settings = load_settings(root, environ)
        engine = open_engine(settings.database_url)
    except AdmissionsError as error:
        return [problem("réglages", error.message, "corrigez ce réglage ; le reste dépend de lui")]
    now = datetime.now(UTC)
    findings = run_checks(_machine_checks(settings, root, environ, now))
    findings += run_checks([("base de données", partial(database.check_database, engine))])
    if all(finding.health is not Health.PROBLEM for finding in findings if finding.subject == "base de données"):
        findings += run_checks([("migrations", partial(database.check_migrations, engine))])
        if findings[-1].health is Health.OK:
            findings += run_checks(
                [
                    ("horloge", partial(database.check_clock, engine, now)),
                    ("envois", partial(database.check_outbox, engine, now)),
                    ("console", partial(database.check_accounts, engine)),
                ]
            )
    engine.dispose()
    return findings + run_checks(_network_checks(settings, now))


def _machine_checks(settings: Settings, root: Path, environ: Mapping[str, str], now: datetime) -> list[tuple[str, Check]]:
    today = now.astimezone(settings.timezone).date()
    return [
        ("réglages", partial(machine.check_settings, settings, environ)),
        ("clé secrète", partial(machine.check_secret_key, settings, root, environ)),
        ("disque", partial(machine.check_disk, settings, root)),
        ("modèle", partial(machine.check_model, settings, root)),
        ("connaissances", partial(machine.check_base, root, today)),
    ]


def _network_checks(settings: Settings, now: datetime) -> list[tuple[str, Check]]:
    return [
        ("adresse publique", partial(network.check_public_address, settings, now)),
        ("Redis", partial(network.check_redis, settings)),
        ("courriel", partial(network.check_mail, settings)),
        ("webhook", partial(network.check_webhook, settings)),
    ]
