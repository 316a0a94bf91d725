"""`bot backup`, `bot restore` and `bot migrate`: what they say to whoever runs them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.admissions.errors import InputError
from bot.settings import load_settings
from bot.storage.backup_file import BackupSummary
from bot.storage.backups import restore_backup, write_backup
from bot.storage.engine import open_engine
from bot.storage.migrate import current_revision, migrate

KEY_IS_APART = (
    "La clé secrète (BOT_SECRET_KEY ou var/secret_key) n'y est pas : gardez-la à part, les liens envoyés en dépendent."
)


def backup(root: Path, path: Path) -> int:
    """Writes everything stored to `path`. Raises AdmissionsError, OSError."""
    if path.is_dir():
        raise InputError(f"{path} est un dossier ; indiquez un nom de fichier, par exemple {path / 'assistant.sauvegarde'}")
    engine = open_engine(load_settings(root).database_url)
    summary = write_backup(engine, path, datetime.now(UTC))
    print(f"Sauvegarde vérifiée : {path} ({_described(summary)}). {KEY_IS_APART}", file=sys.stderr)
    return 0


def restore(root: Path, path: Path, force: bool) -> int:
    """Puts a backup into the database of the settings. Raises AdmissionsError, OSError."""
    engine = open_engine(load_settings(root).database_url)
    summary = restore_backup(engine, path, force)
    print(f"Restauré : {path} ({_described(summary)}).", file=sys.stderr)
    print(
        f"Refaites les effacements demandés depuis le {summary.created_at}, puis lancez « bot purge » et « bot doctor ».",
        file=sys.stderr,
    )
    return 0


def bring_up_to_date(root: Path) -> int:
    """Migrates the database of the settings, waiting for another process that is doing so. Raises AdmissionsError."""
    engine = open_engine(load_settings(root).database_url)
    before = current_revision(engine)
    migrate(engine)
    after = current_revision(engine)
    words = f"déjà à jour ({after})" if after == before else f"mise à jour de {before or 'rien'} à {after}"
    print(f"Base de données {words}.", file=sys.stderr)
    return 0


def _described(summary: BackupSummary) -> str:
    rows = summary.rows
    return (
        f"{rows.get('conversations', 0)} conversation(s), {rows.get('leads', 0)} contact(s), {summary.total} lignes, "
        f"migration {summary.revision}, faite le {summary.created_at}"
    )
