"""The client: one connection kept open, a POST at a time. Python's own takes as long to read headers as a database to write a row."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any

READ_AT_ONCE = 65_536


class Client:
    """A connection that posts JSON and reads answers with a Content-Length: what both sides send."""

    def __init__(self, port: int, timeout_s: float = 60) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        """The answer's JSON, None when it is empty. Raises: RuntimeError for a status of 300 or more."""
        content = json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", f"Content-Length: {len(content)}", "Content-Type: application/json",
                 *(f"{name}: {value}" for name, value in headers.items())]
        self._socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        status, answer = self._read()
        if status >= 300:
            raise RuntimeError(f"{path} answered {status}: {answer[:200]!r}")
        return json.loads(answer) if answer else None

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def _read(self) -> tuple[int, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, answer = received.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        length = next(int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length:"))
        while len(answer) < length:
            answer += self._more()
        return int(status.split()[1]), answer

    def _more(self) -> bytes:
        received = self._socket.recv(READ_AT_ONCE)
        if not received:
            raise RuntimeError("the server closed the connection")
        return received
