"""The HTTP server in front of the application: uvicorn, with a limit on how long a request may take to arrive.

uvicorn alone waits for ever for a request that is being sent a byte at a time, and with its faster parser takes headers
of any length: h11 is used, which stops at 16 KiB.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.services.logs import log_event
from bot.web.metrics import Metrics

# Head and body together, 32 KiB at most: even a very poor mobile network sends that in this time.
REQUEST_ARRIVES_S = 15.0
MOST_HEADER_BYTES = 16_384
# With what the job thread may take (bot/web/background.py), a stop lasts ten seconds at most.
DRAIN_S = 8


class PatientProtocol(H11Protocol):
    """Closes a connection whose request has not come whole in time; one that waits for its answer is left alone."""

    metrics: Metrics
    arrives_s: float

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection that sends nothing at all counts as slow."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The time is that of the whole request: each byte does not begin it again."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """What the client had begun to send meanwhile is a new request."""
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        state = self.conn.their_state
        if state is h11.SEND_BODY or (state is h11.IDLE and self.conn.trailing_data[0]):
            self._wait()
        else:
            self._stop_waiting()

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.arrives_s, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.metrics.count("bot_slow_clients_total")
            log_event("slow_client_left_out")
            self.transport.close()


def server_of(app: Starlette, **options: Any) -> uvicorn.Server:
    """A server for the application, not started. `options` replace uvicorn's; `arrives_s` the time for a request."""
    limits = {"metrics": app.state.web.metrics, "arrives_s": options.pop("arrives_s", REQUEST_ARRIVES_S)}
    config: dict[str, Any] = {
        "http": type("Protocol", (PatientProtocol,), limits),
        "h11_max_incomplete_event_size": MOST_HEADER_BYTES,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,  # who the client is, is decided in addresses.py
        "timeout_graceful_shutdown": DRAIN_S,
        "ws": "none",  # Rasa pins websockets 10, which uvicorn cannot import; nothing here uses them
    }
    return uvicorn.Server(uvicorn.Config(app, **(config | options)))


def run_server(app: Starlette, listener: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT, then answers what has been asked and stops."""
    server_of(app).run(sockets=[listener])
