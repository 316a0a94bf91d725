"""The database: that it answers, its migration, its clock, and what waits in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.admissions.errors import StorageUnavailable
from bot.admissions.staff import Role
from bot.doctor.findings import Finding, fine, problem, warning
from bot.storage.engine import reading
from bot.storage.migrate import current_revision, is_up_to_date, knows
from bot.storage.outbox import DEAD, PENDING
from bot.storage.staff_tables import staff_accounts
from bot.storage.tables import messages, outbox

# What network time keeps within; tokens of other services and signed webhooks stop working minutes away.
SMALL_DRIFT, LARGE_DRIFT = timedelta(seconds=5), timedelta(minutes=1)
LATE = timedelta(hours=1)


def check_database(engine: Engine) -> Iterator[Finding]:
    """One read, timed; SQLite's file is read through."""
    started = time.perf_counter()
    try:
        with reading(engine) as connection:
            connection.execute(select(1))
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() if engine.dialect.name == "sqlite" else "ok"
    except StorageUnavailable as error:
        yield problem("base de données", error.message, "démarrez-la, ou corrigez BOT_DATABASE_URL")
        return
    if answer != "ok":
        yield problem(
            "base de données",
            "le fichier SQLite est abîmé",
            "mettez-le de côté et restaurez la dernière sauvegarde : bot restore FICHIER",
        )
    else:
        yield fine("base de données", f"{engine.dialect.name} répond en {(time.perf_counter() - started) * 1000:.0f} ms")


def check_migrations(engine: Engine) -> Iterator[Finding]:
    """Whether this program and the database are of the same version."""
    revision = current_revision(engine)
    if is_up_to_date(engine):
        yield fine("migrations", f"à jour ({revision})")
    elif revision is None:
        yield warning("migrations", "la base n'a pas encore de tables", "« bot serve » les crée en démarrant")
    elif knows(revision):
        yield warning(
            "migrations", f"la base est restée à {revision}", "sauvegardez, puis redémarrez : « bot serve » la met à jour"
        )
    else:
        words = f"la base ({revision}) vient d'une version plus récente"
        yield warning("migrations", words, "prévu pour un retour d'une version en arrière ; au-delà, remettez la version récente")


def check_clock(engine: Engine, now: datetime) -> Iterator[Finding]:
    """Our clock beside the database server's, and beside the newest message: time never goes back."""
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            drift = abs(connection.execute(select(func.now())).scalar_one() - datetime.now(UTC))
            if drift > SMALL_DRIFT:
                judge = problem if drift > LARGE_DRIFT else warning
                yield judge(
                    "horloge",
                    f"{drift.total_seconds():.0f} s d'écart avec la base de données",
                    "réglez l'heure des machines (NTP)",
                )
                return
        newest = connection.execute(select(func.max(messages.c.at))).scalar()
    if newest is not None and newest > now + LARGE_DRIFT:
        yield problem(
            "horloge", "la base contient des messages de l'avenir : l'horloge a reculé", "réglez l'heure de la machine (NTP)"
        )
    else:
        yield fine("horloge", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def check_accounts(engine: Engine) -> Iterator[Finding]:
    """Whether somebody can manage the console."""
    is_admin = (staff_accounts.c.role == Role.ADMIN.value) & staff_accounts.c.is_enabled
    with reading(engine) as connection:
        admins = connection.execute(select(func.count()).where(is_admin)).scalar_one()
    if admins:
        yield fine("console", f"{admins} compte(s) administrateur en service")
    else:
        yield warning("console", "aucun compte administrateur en service", "bot staff add prenom.nom@exemple.fr --role admin")


def check_outbox(engine: Engine, now: datetime) -> Iterator[Finding]:
    """What should have left."""
    with reading(engine) as connection:
        given_up = connection.execute(select(func.count()).where(outbox.c.state == DEAD)).scalar_one()
        oldest = connection.execute(select(func.min(outbox.c.created_at)).where(outbox.c.state == PENDING)).scalar()
    if given_up:
        yield warning(
            "envois", f"{given_up} annonce(s) abandonnée(s)", "la page /staff/envois dit pourquoi et permet de les relancer"
        )
    if oldest is not None and now - oldest > LATE:
        yield warning(
            "envois",
            f"une annonce attend depuis le {oldest:%Y-%m-%d %H:%M} UTC",
            "vérifiez le courriel et le webhook ci-dessus",
        )
    if not given_up and (oldest is None or now - oldest <= LATE):
        yield fine("envois", "rien n'est en retard")
