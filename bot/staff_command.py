"""`bot staff add`: makes an account, without loading what only the assistant needs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from getpass import getpass
from pathlib import Path

from bot.admissions.errors import InputError
from bot.admissions.staff import Role
from bot.console import account_services
from bot.services.passwords import RULES
from bot.services.staff_accounts import add_account
from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory


def add_staff(root: Path, email: str, role: str) -> int:
    """Adds the account. Raises InputError: an unusable password, or an address that has an account."""
    settings = load_settings(root)
    engine = open_engine(settings.database_url)
    migrate(engine)
    retention = Retention(timedelta(days=settings.retention_days_conversations), timedelta(days=settings.retention_days_leads))
    services = account_services(settings, unit_of_work_factory(engine, retention))
    account = add_account(services, email, Role(role), datetime.now(UTC), password=_read_password())
    print(f"Compte créé : {account.email} ({account.role.value}). Connexion : {settings.public_url}/staff/", file=sys.stderr)
    return 0


def _read_password() -> str:
    """Twice and unseen in a terminal, else one line of standard input."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise InputError("aucun mot de passe reçu ; écrivez-le sur une ligne de l'entrée standard")
        return password
    print(RULES, file=sys.stderr)
    password = getpass("Mot de passe : ", sys.stderr)
    if getpass("Le même, encore une fois : ", sys.stderr) != password:
        raise InputError("les deux mots de passe sont différents ; rien n'est créé")
    return password
