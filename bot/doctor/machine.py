"""What is on this machine: the settings, the secret key, the disk, the model, the knowledge base."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.admissions.errors import AdmissionsError
from bot.announcing import open_channels
from bot.catalogue.check import check_knowledge
from bot.doctor.findings import Finding, fine, problem, warning
from bot.settings import SECRET_KEY_FILE, Settings, known_variables
from bot.training import trained_model
from bot.training_data import domain_intents

GIB = 1024**3
ENOUGH_DISK, TOO_LITTLE_DISK = 2 * GIB, GIB // 4


def check_settings(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Half-set channels, names that nobody reads, limits turned off."""
    unknown = sorted(name for name in environ if name.startswith("BOT_") and name not in known_variables())
    if unknown:
        yield warning(
            "réglages", f"{', '.join(unknown)} : nom inconnu", "corrigez la faute de frappe ; les noms sont dans .env.example"
        )
    try:
        channels = open_channels(settings)
    except AdmissionsError as error:
        yield problem("réglages", error.message, "complétez ce réglage")
        return
    if not channels:
        yield warning(
            "réglages",
            "aucun contact n'est annoncé",
            "indiquez BOT_SMTP_URL, BOT_MAIL_FROM et BOT_ADMISSIONS_EMAIL, ou BOT_WEBHOOK_URL",
        )
    if settings.smtp_url is not None and settings.admissions_email is None:
        yield warning(
            "réglages",
            "BOT_ADMISSIONS_EMAIL est vide",
            "indiquez l'adresse du service, sinon seul le candidat reçoit un courriel",
        )
    if settings.rate_limit is None:
        yield warning("réglages", "BOT_RATE_LIMIT=off", "retirez ce réglage, qui ne sert qu'aux essais de charge")
    sign_on = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    if any(sign_on) and not all(sign_on):
        yield problem(
            "réglages",
            "la connexion unique est réglée à moitié",
            "indiquez BOT_OIDC_ISSUER, BOT_OIDC_CLIENT_ID et BOT_OIDC_CLIENT_SECRET, ou aucun",
        )
    yield fine("réglages", f"lus ; annonces : {', '.join(sorted(channel.value for channel in channels)) or 'aucune'}")


def check_secret_key(settings: Settings, root: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """That the key is long enough was checked when it was read; here, who else can read it."""
    path = root / SECRET_KEY_FILE
    if environ.get("BOT_SECRET_KEY", "").strip():
        if len(set(settings.secret_key)) < 12:
            yield warning(
                "clé secrète",
                "BOT_SECRET_KEY se devine",
                'mettez-en une au hasard : python3 -c "import secrets; print(secrets.token_urlsafe(48))"',
            )
        else:
            yield fine("clé secrète", "BOT_SECRET_KEY est assez longue")
    elif path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield problem("clé secrète", f"{path} est lisible par d'autres comptes", f"chmod 600 {path}")
    else:
        yield fine("clé secrète", f"{path}, lisible par ce seul compte")


def check_disk(settings: Settings, root: Path) -> Iterator[Finding]:
    """The room left where the program writes."""
    database = settings.database_url.removeprefix("sqlite:///") if settings.is_sqlite else ""
    place = Path(database).parent if database not in ("", ":memory:") else root
    free = shutil.disk_usage(next(folder for folder in (place, *place.parents) if folder.is_dir())).free
    words = f"{free / GIB:.1f} Gio libres ({place})"
    if free < TOO_LITTLE_DISK:
        yield problem("disque", words, "libérez de la place : plus rien ne s'enregistrera bientôt")
    elif free < ENOUGH_DISK:
        yield warning("disque", words, "libérez de la place")
    else:
        yield fine("disque", words)


def check_model(settings: Settings, root: Path) -> Iterator[Finding]:
    """That the model of the present data is there and can be read to its end."""
    try:
        path = trained_model(root, settings.model_dir)
    except AdmissionsError as error:
        yield problem("modèle", error.message, "bot train --force")
        return
    yield fine("modèle", f"{path.name}, {path.stat().st_size / 1024**2:.0f} Mio, lu en entier")


def check_base(root: Path, today: date) -> Iterator[Finding]:
    """The same check as `bot knowledge check`."""
    found = check_knowledge(root / "knowledge", domain_intents(root), today)
    faults = sum(not each.warning for each in found)
    if faults:
        yield problem("connaissances", f"{faults} faute(s)", "bot knowledge check dit où et pourquoi")
    elif found:
        yield warning("connaissances", f"{len(found)} remarque(s)", "bot knowledge check les montre")
    else:
        yield fine("connaissances", "la base est saine")
