"""Real servers that misbehave on request: a CRM over HTTP and a mail server over SMTP, each in a thread."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HANG, CLOSE, ACCEPT_THEN_CLOSE, DRIP, REFUSE_ADDRESS, NO_GOODBYE = "hang", "close", "accept then close", "drip", "refuse address", "no goodbye"


class Crm:
    """Answers what `script` says, then 204. `effects` is what a CRM that knows its ids would have done, in order."""

    def __init__(self) -> None:
        self.script: list[int | str] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.effects: dict[str, dict[str, Any]] = {}
        self.arrived, self.released = Event(), Event()
        self.url = ""

    def take(self, headers: dict[str, str], body: bytes) -> int | str:
        answer = self.script.pop(0) if self.script else 204
        self.requests.append((headers, body))
        if answer == ACCEPT_THEN_CLOSE or (isinstance(answer, int) and 200 <= answer < 300):
            self.effects.setdefault(headers["webhook-id"], json.loads(body))
        self.arrived.set()
        return answer

    @property
    def types(self) -> list[str]:
        return [effect["type"] for effect in self.effects.values()]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.requests]


@contextmanager
def running_crm() -> Iterator[Crm]:
    crm = Crm()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = crm.take(headers, self.rfile.read(int(headers["content-length"])))
            if answer == HANG:
                crm.released.wait(30)
            elif answer == DRIP:
                self.wfile.write(b"HTTP/1.1")
                for _ in range(100):
                    crm.released.wait(0.02)
                    self.wfile.write(b" ")
                self.wfile.write(b"204 At last\r\n\r\n")
            elif isinstance(answer, int):
                self.send_response(answer)
                self.send_header("Location", crm.url)
                self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass  # a sender that gave up is what these tests are about

    server = Server(("127.0.0.1", 0), Handler)
    crm.url = f"http://127.0.0.1:{server.server_port}/hooks/leads?from=bot"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield crm
    crm.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


class Mailbox:
    """Takes what `script` says, one entry a letter, then everything."""

    def __init__(self) -> None:
        self.script: list[str] = []
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.attempts: list[str] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.was_encrypted: list[bool] = []
        self.url = ""
        self._answer = ""

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 named by aiosmtpd
        self._answer = self.script.pop(0) if self.script else ""
        if self._answer == REFUSE_ADDRESS:
            return f"550 5.1.1 <{address}> unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 named by aiosmtpd
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        self.attempts.append(str(letter["Message-ID"]))
        if self._answer == HANG:
            await asyncio.sleep(3600)
        if self._answer[:1].isdigit():
            return self._answer
        if self._answer != CLOSE:
            self.letters.append(letter)  # type: ignore[arg-type]
            self.recipients.append(envelope.rcpt_tos)
            self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        if self._answer in (CLOSE, ACCEPT_THEN_CLOSE):
            server.transport.abort()
        return "250 taken"

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 named by aiosmtpd
        return "451 not now" if self._answer == NO_GOODBYE else "221 bye"

    def text(self, index: int = -1) -> str:
        part = self.letters[index].get_body(("plain",))
        return part.get_content().replace("\r\n", "\n") if part else ""

    def html(self, index: int = -1) -> str:
        part = self.letters[index].get_body(("html",))
        return part.get_content() if part else ""

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss/word", handled=False)


@contextmanager
def running_mailbox(starttls: ssl.SSLContext | None = None, smtps: ssl.SSLContext | None = None, login: bool = False) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0, "ssl_context": smtps, "tls_context": starttls}
    if login:
        options |= {"authenticator": mailbox.authenticate, "auth_require_tls": False}
    controller = LocalController(mailbox, **options)
    controller.start()
    port = controller.server.sockets[0].getsockname()[1]
    mailbox.url = f"{'smtps' if smtps else 'smtp'}://127.0.0.1:{port}"
    yield mailbox
    controller.stop()


class LocalController(Controller):
    """On any free port: the controller's own check of its start needs to be told which."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
