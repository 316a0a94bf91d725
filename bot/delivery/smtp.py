"""Hands a letter to an SMTP server, over TLS wherever it can be had."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from bot.delivery.deadline import EXCHANGE_S, TIMEOUT_S, deadline
from bot.delivery.letters import LetterWriter
from bot.services.announcements import Letter
from bot.services.outbox import DeliveryFailed

RELAY_PORT, SUBMISSION_PORT, TLS_PORT = 25, 587, 465
NOT_REACHED = "le serveur de courriel ne répond pas"
CUT_OFF = "le serveur de courriel a coupé ou n'a pas répondu à temps"
NO_TLS = "le serveur de courriel ne propose pas de connexion chiffrée : le mot de passe n'est pas envoyé"
BAD_CERTIFICATE = "la connexion chiffrée au serveur de courriel a échoué (certificat ?)"
NO_LOGIN = "le serveur de courriel n'accepte pas d'identification : retirez-la de BOT_SMTP_URL"
NO_SUCH_ADDRESS = "adresse électronique refusée"


@dataclass(frozen=True)
class SmtpServer:
    """Where letters go. `smtp` begins in clear and turns to TLS when offered, `smtps` is TLS from the first byte."""

    host: str
    port: int
    is_tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, url: str) -> SmtpServer:
        """The server of `smtp://user:password@host:port` or `smtps://…`; the usual port when none is given."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        usual_port = TLS_PORT if is_tls else SUBMISSION_PORT if parts.username else RELAY_PORT
        user, password = (None if part is None else unquote(part) for part in (parts.username, parts.password))
        return cls(parts.hostname or "", parts.port or usual_port, is_tls, user or None, password)

    @property
    def is_this_machine(self) -> bool:
        """Whether nobody else can listen in between."""
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return self.host == "localhost"


@dataclass(frozen=True)
class SmtpSender:
    """Satisfies bot.services.deliveries.SendLetter. `trust` replaces the system's certificates."""

    server: SmtpServer
    writer: LetterWriter
    timeout_s: float = TIMEOUT_S
    exchange_s: float = EXCHANGE_S
    trust: ssl.SSLContext | None = None

    def __call__(self, letter: Letter, now: datetime) -> None:
        """Returns once the server has taken the letter. Raises: DeliveryFailed, with a reason that quotes nobody."""
        message = self.writer.write(letter, now)
        with self._opened() as connection:
            connection.send_message(message)
            # It is taken: a server that fails to say goodbye must not have it sent again.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()

    def check(self) -> None:
        """Connects and logs in as for a letter, and leaves. Raises: DeliveryFailed."""
        with self._opened() as connection:
            connection.quit()

    @contextmanager
    def _opened(self) -> Iterator[smtplib.SMTP]:
        with _reasons():
            connection = self._connect()
            try:
                with deadline(self.exchange_s, lambda: connection.sock):
                    self._open(connection)
                    yield connection
            finally:
                connection.close()

    def _connect(self) -> smtplib.SMTP:
        server, own_name = self.server, self.writer.sender.rpartition("@")[2]
        try:
            if server.is_tls:
                return smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=self.timeout_s, context=self._tls())
            return smtplib.SMTP(server.host, server.port, own_name, timeout=self.timeout_s)
        except (ssl.SSLError, smtplib.SMTPException):
            raise
        except (OSError, UnicodeError):
            raise DeliveryFailed(NOT_REACHED) from None

    def _open(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if not self.server.is_tls and connection.has_extn("starttls"):
            connection.starttls(context=self._tls())
        elif not self.server.is_tls and self.server.user and not self.server.is_this_machine:
            raise DeliveryFailed(NO_TLS)
        if self.server.user:
            self._log_in(connection, self.server.user)

    def _log_in(self, connection: smtplib.SMTP, user: str) -> None:
        try:
            connection.login(user, self.server.password or "")
        except smtplib.SMTPNotSupportedError:
            raise DeliveryFailed(NO_LOGIN) from None

    def _tls(self) -> ssl.SSLContext:
        if self.trust is not None:
            return self.trust
        context = ssl.create_default_context()
        if self.server.is_this_machine:
            # A mail server beside us has the certificate that its package made; there is no way to be misled to.
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context


@contextmanager
def _reasons() -> Iterator[None]:
    """Turns what smtplib raises into reasons; the server's own words may repeat an address and are left out."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = min((code for code, _ in error.recipients.values()), default=0)
        raise DeliveryFailed(f"{NO_SUCH_ADDRESS} (SMTP {code})", address_refused=code >= 500) from None
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryFailed(f"identification refusée par le serveur de courriel (SMTP {error.smtp_code})") from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryFailed(f"refus du serveur de courriel (SMTP {error.smtp_code})") from None
    except ssl.SSLError:
        raise DeliveryFailed(BAD_CERTIFICATE) from None
    except (OSError, smtplib.SMTPException):
        raise DeliveryFailed(CUT_OFF) from None
