"""`bot leads …` reads its options into the filters of the console and audits what it takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import leads_command
from bot.admissions.errors import InputError
from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import LeadFilter
from bot.admissions.leads import LeadState
from bot.cli import _parser
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.builders import EMAIL, NOW
from tests.integration.storage.conftest import RETENTION
from tests.integration.storage.test_lead_desk import add_lead

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The wired program without its catalogue, on a database with two leads."""
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    migrate(engine)
    factory = unit_of_work_factory(engine, RETENTION)
    add_lead(factory)
    add_lead(factory, verdict=Verdict.VAE, email="autre@example.org")
    wired = SimpleNamespace(engine=engine, uow_factory=factory, settings=SimpleNamespace(timezone=PARIS), assistant=SimpleNamespace(now=lambda: NOW))
    monkeypatch.setattr(leads_command, "_program", lambda: wired)
    yield wired
    engine.dispose()


def run(*words: str) -> int:
    arguments = _parser().parse_args(["leads", *words])
    return int(arguments.command(arguments))


def test_every_option_is_a_filter_of_the_console() -> None:
    words = ["export", "--verdict", "vae", "--verdict", "aucun", "--state", "nouveau", "--route", "aucun", "--since", "2026-11-01", "--until", "2026-11-22",
             "--owner", "anne@example.org", "--search", "dupré"]
    found = leads_command._filter(_parser().parse_args(["leads", *words]), PARIS)
    assert found == LeadFilter(
        "dupré", frozenset({Verdict.VAE, None}), frozenset({LeadState.NOUVEAU}), frozenset({None}), datetime(2026, 11, 1, tzinfo=PARIS),
        datetime(2026, 11, 23, tzinfo=PARIS), "anne@example.org",
    )
    assert leads_command._filter(_parser().parse_args(["leads", "export"]), PARIS) == LeadFilter()
    nobody = leads_command._filter(_parser().parse_args(["leads", "export", "--owner", "aucun", "--route", "vae"]), UTC)
    assert (nobody.owner, nobody.is_unowned, nobody.routes) == (None, True, frozenset({Route.VAE}))


def test_an_export_writes_what_the_filters_let_through_and_is_audited(program, capfdbinary) -> None:
    assert run("export", "--verdict", "vae") == 0
    assert [lead["email"] for lead in json.loads(capfdbinary.readouterr().out)] == ["autre@example.org"]
    [line] = program.uow_factory().audit.page(5)
    assert (line.actor, line.action, line.detail) == ("ligne de commande", "leads_exported", {"format": "json", "count": 1})


def test_erasing_says_how_much_and_is_audited(program, capsys) -> None:
    assert run("erase", "--email", EMAIL) == 0
    assert "1 contact(s) et 1 conversation(s) effacés ; reçu" in capsys.readouterr().err
    [line] = program.uow_factory().audit.page(5)
    assert (line.actor, line.action, line.detail["leads"]) == ("ligne de commande", "person_erased", 1)
    with pytest.raises(InputError):
        run("erase", "--email", EMAIL)


def test_cases_go_to_a_file_or_to_standard_output(program, tmp_path, capsys) -> None:
    assert run("export-cases") == 0 and capsys.readouterr().out.endswith("exemples: []\n")
    assert run("export-cases", "--output", str(tmp_path / "cas.yml")) == 0
    assert (tmp_path / "cas.yml").read_text(encoding="utf-8").startswith("# Avis donnés par le service")
