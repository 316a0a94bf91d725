"""What answers elsewhere: the public address, Redis, the mail server, the webhook. Nothing is sent to anybody."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from redis import Redis
from redis.exceptions import RedisError

from bot.announcing import smtp_sender
from bot.delivery.webhook import signing_key
from bot.doctor.findings import Finding, fine, problem, warning
from bot.services.outbox import DeliveryFailed
from bot.settings import Settings

TIMEOUT_S = 5.0
# What the Standard Webhooks ask for.
SHORTEST_SECRET_BYTES = 24
LARGEST_DRIFT = timedelta(minutes=1)


def check_public_address(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether links in e-mails lead here, and what time the world outside says it is."""
    parts = urlsplit(settings.public_url)
    if is_this_machine(parts.hostname or ""):
        yield warning(
            "adresse publique",
            f"{settings.public_url} ne s'ouvre que d'ici",
            "en production, indiquez BOT_PUBLIC_URL=https://…",
        )
        return
    if parts.scheme != "https":
        yield problem(
            "adresse publique", "BOT_PUBLIC_URL est en http://", "servez en https:// : les données de contact passent par là"
        )
    if not settings.trusted_proxies:
        yield warning(
            "adresse publique",
            "BOT_TRUSTED_PROXIES est vide",
            "derrière un serveur mandataire, indiquez son adresse, sinon tout le monde partage la même limite de débit",
        )
    try:
        answer = httpx.get(f"{settings.public_url}/health/live", timeout=TIMEOUT_S, follow_redirects=False)
    except httpx.HTTPError as error:
        yield warning(
            "adresse publique",
            f"{parts.hostname} ne répond pas ({type(error).__name__})",
            "normal avant la mise en service ; sinon vérifiez le serveur mandataire",
        )
        return
    if answer.status_code != 200:
        yield warning(
            "adresse publique",
            f"/health/live y répond {answer.status_code}",
            "vérifiez le serveur mandataire et BOT_PUBLIC_URL",
        )
    else:
        yield fine("adresse publique", settings.public_url)
    yield from _compare_clocks(answer, now)


def check_redis(settings: Settings) -> Iterator[Finding]:
    """Whether the shared limits can be counted."""
    if settings.redis_url is None:
        yield fine("Redis", "non réglé : les limites de débit sont comptées par chaque programme")
        return
    client = Redis.from_url(settings.redis_url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
    try:
        client.ping()
    except RedisError as error:
        yield warning(
            "Redis",
            f"ne répond pas ({type(error).__name__})",
            "démarrez-le ou corrigez BOT_REDIS_URL ; en attendant, chaque programme compte seul",
        )
    else:
        yield fine("Redis", "répond")
    finally:
        client.close()


def check_mail(settings: Settings) -> Iterator[Finding]:
    """Connects and logs in as a letter would, and sends none."""
    if settings.smtp_url is None or settings.mail_from is None:
        yield fine("courriel", "non réglé")
        return
    try:
        smtp_sender(settings).check()
    except DeliveryFailed as error:
        yield problem("courriel", error.message, "vérifiez BOT_SMTP_URL : machine, port, nom et mot de passe")
    else:
        yield fine("courriel", f"{urlsplit(settings.smtp_url).hostname} accepte la connexion ; aucun message envoyé")


def check_webhook(settings: Settings) -> Iterator[Finding]:
    """Whether the address is safe and somebody listens there."""
    if settings.webhook_url is None:
        yield fine("webhook", "non réglé")
        return
    parts = urlsplit(settings.webhook_url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not is_this_machine(host):
        yield problem("webhook", "BOT_WEBHOOK_URL est en http://", "une adresse en https:// : des coordonnées y sont envoyées")
    if settings.webhook_secret is not None and len(signing_key(settings.webhook_secret)) < SHORTEST_SECRET_BYTES:
        yield problem("webhook", "BOT_WEBHOOK_SECRET est trop court", "au moins 24 octets : openssl rand -base64 32")
    try:
        _connect(host, parts.port or (443 if parts.scheme == "https" else 80), parts.scheme == "https")
    except ssl.SSLError:
        yield problem("webhook", f"le certificat de {host} est refusé", "corrigez le certificat, ou l'adresse")
    except OSError as error:
        yield problem(
            "webhook",
            f"{host} ne répond pas ({type(error).__name__})",
            "vérifiez BOT_WEBHOOK_URL et le pare-feu ; les annonces attendent et seront réessayées",
        )
    else:
        yield fine("webhook", f"{host} accepte la connexion ; rien n'a été envoyé")


def is_this_machine(host: str) -> bool:
    """Whether the name means this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _connect(host: str, port: int, is_tls: bool) -> None:
    with socket.create_connection((host, port), TIMEOUT_S) as connection:
        if is_tls:
            ssl.create_default_context().wrap_socket(connection, server_hostname=host).close()


def _compare_clocks(answer: httpx.Response, now: datetime) -> Iterator[Finding]:
    try:
        drift = abs(parsedate_to_datetime(answer.headers["date"]) - now)
    except (KeyError, ValueError, TypeError):
        return
    if drift > LARGEST_DRIFT:
        yield problem(
            "horloge", f"{drift.total_seconds():.0f} s d'écart avec {answer.url.host}", "réglez l'heure de cette machine (NTP)"
        )
