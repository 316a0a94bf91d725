"""`bot leads …`: exports, regression cases and erasure from the command line, each written into the audit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.admissions.errors import InputError
from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import LeadFilter
from bot.admissions.leads import LeadState
from bot.admissions.staff import COMMAND_LINE

if TYPE_CHECKING:
    from bot.bootstrap import Program

NONE = "aucun"  # no pre-screening, no route named, nobody in charge
Add = Callable[..., argparse.ArgumentParser]
ReadDay = Callable[[str], date]


def add_lead_commands(leads: Any, add: Add, read_day: ReadDay) -> None:
    """The actions of `bot leads`; `add` makes a sub-command that calls a function."""
    export = add(leads, "export", export_leads, "exporte les contacts")
    export.add_argument("--format", choices=["json", "csv", "xlsx"], default="json")
    export.add_argument("--since", type=read_day, metavar="AAAA-MM-JJ", help="créés ce jour-là ou après")
    export.add_argument("--until", type=read_day, metavar="AAAA-MM-JJ", help="créés ce jour-là ou avant")
    export.add_argument("--verdict", action="append", choices=[*(verdict.value for verdict in Verdict), NONE],
                        help="avis du service s'il y en a un, sinon résultat de l'assistant ; peut être répété")
    export.add_argument("--state", action="append", choices=[state.value for state in LeadState], help="état du contact ; peut être répété")
    export.add_argument("--route", action="append", choices=[*(route.value for route in Route), NONE], help="voie demandée ; peut être répété")
    export.add_argument("--owner", metavar="ADRESSE", help=f"suivis par ce compte ; « {NONE} » : par personne")
    export.add_argument("--search", default="", metavar="MOTS", help="dans le nom, l'adresse e-mail et le téléphone")
    export.add_argument("--output", type=Path, metavar="FICHIER")
    cases = add(leads, "export-cases", export_cases, "exporte les avis du service comme cas de test, sans donnée personnelle")
    cases.add_argument("--output", type=Path, metavar="FICHIER")
    add(leads, "erase", erase_leads, "efface tout ce qui est conservé sous une adresse e-mail").add_argument("--email", required=True)


def export_leads(arguments: argparse.Namespace) -> int:
    """Writes the leads that the options let through."""
    from bot.exports import write_leads
    from bot.services.lead_desk import export_matching

    program = _program()
    wanted = _filter(arguments, program.settings.timezone)
    found = export_matching(program.uow_factory, wanted, arguments.format, COMMAND_LINE, program.assistant.now())
    write_leads(found, arguments.format, arguments.output)
    return 0


def export_cases(arguments: argparse.Namespace) -> int:
    """Writes the office's verdicts as YAML."""
    from bot.services import lead_cases

    program = _program()
    text = lead_cases.export_cases(program.uow_factory, COMMAND_LINE, program.assistant.now())
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return 0


def erase_leads(arguments: argparse.Namespace) -> int:
    """Erases one person's data. Raises: InputError when nothing is kept under this address."""
    from bot.services.people import erase_person
    from bot.storage.engine import forget_deleted

    program = _program()
    receipt = erase_person(program.uow_factory, arguments.email, COMMAND_LINE, program.assistant.now())
    if receipt is None:
        raise InputError("aucun contact n'a cette adresse ; rien n'est effacé")
    forget_deleted(program.engine)
    print(f"{receipt.counts['leads']} contact(s) et {receipt.counts['conversations']} conversation(s) effacés ; reçu {receipt.id}.", file=sys.stderr)
    return 0


def _filter(arguments: argparse.Namespace, timezone: tzinfo) -> LeadFilter:
    def midnight(day: date) -> datetime:
        return datetime.combine(day, time.min, timezone)

    return LeadFilter(
        words=arguments.search,
        verdicts=frozenset(None if code == NONE else Verdict(code) for code in arguments.verdict or ()),
        states=frozenset(LeadState(code) for code in arguments.state or ()),
        routes=frozenset(None if code == NONE else Route(code) for code in arguments.route or ()),
        since=midnight(arguments.since) if arguments.since else None,
        until=midnight(arguments.until + timedelta(days=1)) if arguments.until else None,
        owner=None if arguments.owner in (None, NONE) else arguments.owner,
        is_unowned=arguments.owner == NONE,
    )


def _program() -> Program:
    from bot.bootstrap import bootstrap
    from bot.cli import ROOT
    from bot.storage.migrate import migrate

    program = bootstrap(ROOT)
    migrate(program.engine)
    return program
