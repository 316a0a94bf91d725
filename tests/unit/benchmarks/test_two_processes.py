"""Two processes against one: the ratio of neighbours in time, everybody's share, and a client that reads answers whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.speed.client import Client
from benchmarks.speed.shares import Shares, compared


def test_each_round_is_compared_with_its_neighbour() -> None:
    def others(database_ms: float) -> dict[str, float]:
        return {"client": 0.5, "PostgreSQL": database_ms}

    cpu, rate = compared({1: [Shares(60, (10.0,), others(2)), Shares(30, (20.0,), others(4))],
                          2: [Shares(90, (6.0, 5.0), others(2)), Shares(42, (11.0, 11.0), others(4))]})
    assert cpu.ours is not None and rate.ours is not None
    assert (cpu.ours.least, cpu.ours.most) == pytest.approx((1.1, 1.1)) and (rate.ours.least, rate.ours.most) == pytest.approx((1.4, 1.5))
    assert cpu.note == ("un processus, par message : 15.0 ms pour le nôtre, client 0.5 ms, PostgreSQL 3.0 ms ; "
                        "deux : 8.5 ms et 8.0 ms pour le nôtre, client 0.5 ms, PostgreSQL 3.0 ms")
    assert rate.note == "45 puis 66 messages/s"


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps({"path": self.path, "token": self.headers["Authorization"], **body}).encode()
        self.send_response(418 if self.path == "/refused" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        for start in range(0, len(answer), 50_000):
            self.wfile.write(answer[start : start + 50_000])

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


@pytest.fixture
def client() -> Iterator[Client]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = Client(server.server_address[1])
    yield client
    client.close()
    server.shutdown()
    server.server_close()


def test_the_client_keeps_its_connection_and_reads_long_answers_whole(client: Client) -> None:
    for text in ("oui", "é" * 100_000, "non"):
        assert client.post("/say", {"text": text}, {"Authorization": "Bearer x"}) == {"path": "/say", "token": "Bearer x", "text": text}


def test_a_refused_message_is_no_measure(client: Client) -> None:
    with pytest.raises(RuntimeError, match="/refused answered 418"):
        client.post("/refused", {}, {})
