"""A limit on a whole exchange: a time-out alone starts afresh with every byte that a slow server lets drop."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer

# One answer may take this long, and a whole exchange that long; both well within the outbox's lease.
TIMEOUT_S = 10.0
EXCHANGE_S = 40.0


@contextmanager
def deadline(seconds: float, open_socket: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cuts the connection when the block takes longer; whoever reads or writes on it then gets an OSError or an end."""

    def cut() -> None:
        connection = open_socket()
        if connection is not None:
            with suppress(OSError):
                # The plain socket's own method: that of a TLS socket is not made to be called from another thread.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
