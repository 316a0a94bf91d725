"""Every setting of the program, read once from the environment and `.env`, cast and checked at start.

This is the only place that reads the environment. A bad value stops the start with its name, its value
(never a secret) and what to write instead.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.admissions.errors import SettingsError

Value = TypeVar("Value")
Network = IPv4Network | IPv6Network

SECRET_KEY_FILE = Path("var/secret_key")
SECRET_KEY_MIN_CHARACTERS = 32
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
RATE_LIMIT = re.compile(r"([1-9]\d{0,5})/(second|minute|hour|day)")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True)
class Settings:
    """The settings of contract.md under their own names; None where nothing is set.

    `rate_limit` is None when limits are off; retention is counted in whole days.
    """

    host: str
    port: int
    public_url: str
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    smtp_url: str | None = field(repr=False)
    mail_from: str | None
    admissions_email: str | None
    webhook_url: str | None = field(repr=False)
    webhook_secret: str | None = field(repr=False)
    oidc_issuer: str | None
    oidc_client_id: str | None
    oidc_client_secret: str | None = field(repr=False)
    metrics_token: str | None = field(repr=False)
    rate_limit: str | None
    retention_days_conversations: int
    retention_days_leads: int
    timezone: ZoneInfo
    log_level: str
    model_dir: Path

    @property
    def is_sqlite(self) -> bool:
        """Whether one file holds everything, and so one machine serves."""
        return self.database_url.startswith("sqlite:")


def load_settings(root: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the project at `root`; the environment wins over `root/.env`.

    `environ` stands in for the process's environment. Makes the secret key of a single machine when there
    is none yet.
    Raises: SettingsError with the variable, its value unless secret, and the remedy.
    """
    values = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    values |= dict(os.environ if environ is None else environ)
    return _Reader(values, root).settings()


def known_variables() -> frozenset[str]:
    """The names of every setting in the environment."""
    return frozenset(f"BOT_{setting.name.upper()}" for setting in fields(Settings))


class _Reader:
    """Casts the variables one by one; an empty variable counts as not set."""

    def __init__(self, values: Mapping[str, str], root: Path) -> None:
        self._values = values
        self._root = root

    def settings(self) -> Settings:
        host = self._text("BOT_HOST") or "127.0.0.1"
        port = self._cast("BOT_PORT", "8080", _integer(1, 65_535), "un port entre 1 et 65535, par exemple 8080")
        database_url = self._cast(
            "BOT_DATABASE_URL",
            "sqlite:///var/bot.db",
            self._database_url,
            "sqlite:///chemin/vers/fichier.db ou postgresql://utilisateur:motdepasse@machine/base",
            is_secret=True,
        )
        web_url = _url("http", "https")
        # The calendar ends well before what an integer can say.
        whole_days, days = _integer(1, 36_500), "un nombre de jours entier, au moins 1"
        web_address = "une adresse complète en http:// ou https://"
        return Settings(
            host=host,
            port=port,
            public_url=self._cast("BOT_PUBLIC_URL", _default_url(host, port), web_url, web_address).rstrip("/"),
            database_url=database_url,
            redis_url=self._optional(
                "BOT_REDIS_URL", _url("redis", "rediss"), "redis://machine:6379/0", is_secret=True
            ),
            secret_key=self._secret_key(database_url),
            allowed_origins=self._cast(
                "BOT_ALLOWED_ORIGINS",
                "",
                _origins,
                "des origines séparées par des virgules : https://www.unilim.fr",
            ),
            trusted_proxies=self._cast(
                "BOT_TRUSTED_PROXIES",
                "",
                _networks,
                "des adresses ou réseaux séparés par des virgules : 10.0.0.0/8",
            ),
            smtp_url=self._optional(
                "BOT_SMTP_URL", _url("smtp", "smtps"), "smtp://machine:25 ou smtps://…", is_secret=True
            ),
            mail_from=self._optional("BOT_MAIL_FROM", _email, "une adresse électronique"),
            admissions_email=self._optional("BOT_ADMISSIONS_EMAIL", _email, "une adresse électronique"),
            webhook_url=self._optional("BOT_WEBHOOK_URL", web_url, web_address, is_secret=True),
            webhook_secret=self._text("BOT_WEBHOOK_SECRET"),
            oidc_issuer=self._optional("BOT_OIDC_ISSUER", web_url, web_address),
            oidc_client_id=self._text("BOT_OIDC_CLIENT_ID"),
            oidc_client_secret=self._text("BOT_OIDC_CLIENT_SECRET"),
            metrics_token=self._text("BOT_METRICS_TOKEN"),
            rate_limit=self._cast("BOT_RATE_LIMIT", "60/minute", _rate_limit, "60/minute, 1000/hour ou off"),
            retention_days_conversations=self._cast("BOT_RETENTION_DAYS_CONVERSATIONS", "30", whole_days, days),
            retention_days_leads=self._cast("BOT_RETENTION_DAYS_LEADS", "1095", whole_days, days),
            timezone=self._cast("BOT_TIMEZONE", "Europe/Paris", ZoneInfo, "un fuseau connu, par exemple Europe/Paris"),
            log_level=self._cast("BOT_LOG_LEVEL", "info", _log_level, ", ".join(LOG_LEVELS)),
            model_dir=self._root / (self._text("BOT_MODEL_DIR") or "models/"),
        )

    def _text(self, name: str) -> str | None:
        return self._values.get(name, "").strip() or None

    def _cast(
        self, name: str, default: str, cast: Callable[[str], Value], remedy: str, is_secret: bool = False
    ) -> Value:
        text = self._text(name) or default
        try:
            return cast(text)
        except (ValueError, KeyError, OSError):
            # The cause is left out: its message repeats the value.
            raise SettingsError(name, "(secret)" if is_secret else text, remedy) from None

    def _optional(self, name: str, cast: Callable[[str], Value], remedy: str, is_secret: bool = False) -> Value | None:
        return None if self._text(name) is None else self._cast(name, "", cast, remedy, is_secret)

    def _database_url(self, text: str) -> str:
        """SQLite's relative path is the project's, wherever the program is started from."""
        scheme, _, path = text.partition(":///")
        if scheme == "sqlite" and path and path != ":memory:":
            return f"sqlite:///{self._root / path}"
        if urlsplit(text).scheme in ("postgresql", "postgresql+psycopg2") and urlsplit(text).path.strip("/"):
            return text
        raise ValueError

    def _secret_key(self, database_url: str) -> str:
        remedy = f"au moins {SECRET_KEY_MIN_CHARACTERS} caractères au hasard, les mêmes sur chaque machine"
        key = self._text("BOT_SECRET_KEY")
        if key is None:
            if not database_url.startswith("sqlite:"):
                raise SettingsError("BOT_SECRET_KEY", "(absente)", remedy)
            key, remedy = self._kept_secret_key()
        if len(key) < SECRET_KEY_MIN_CHARACTERS:
            raise SettingsError("BOT_SECRET_KEY", "(secret)", remedy)
        return key

    def _kept_secret_key(self) -> tuple[str, str]:
        """The key of this machine, and what to do when its file is not usable."""
        path = self._root / SECRET_KEY_FILE
        remedy = f"{path} doit être lisible et modifiable ; s'il est abîmé, supprimez-le"
        try:
            return kept_secret_key(path), remedy
        except OSError:
            raise SettingsError("BOT_SECRET_KEY", "(secret)", remedy) from None


def kept_secret_key(path: Path) -> str:
    """The key in this file, made when there is none; two starts at once end with the same key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        # A link, unlike a rename, does not replace the key of a start that was quicker.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def _default_url(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _integer(lowest: int, highest: int) -> Callable[[str], int]:
    def cast(text: str) -> int:
        if not lowest <= int(text) <= highest:
            raise ValueError
        return int(text)

    return cast


def _url(*schemes: str) -> Callable[[str], str]:
    def cast(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError
        return text

    return cast


def _email(text: str) -> str:
    local, _, domain = text.rpartition("@")
    if not local or "." not in domain or any(character.isspace() for character in text):
        raise ValueError
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip().lower().rstrip("/") for part in text.split(",") if part.strip())
    if not all(ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError
    return origins


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _rate_limit(text: str) -> str | None:
    if text == "off":
        return None
    if not RATE_LIMIT.fullmatch(text):
        raise ValueError
    return text


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError
    return text.lower()
