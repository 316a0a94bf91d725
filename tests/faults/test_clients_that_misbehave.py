"""Clients that are slow, leave, or send too much: each costs itself its connection, and nobody else anything."""

from __future__ import annotations

import socket
import time
from contextlib import closing, contextmanager
from threading import Thread
from uuid import uuid4

import pytest

from bot.web.server import MOST_HEADER_BYTES, server_of
from tests.faults.clients import HTTP, Person
from tests.faults.processes import App, until
from tests.faults.server import SlowBrain

ARRIVES_S = 0.4


@pytest.fixture
def impatient(make_site):
    """The application behind the real server, which waits four tenths of a second for a request."""
    with serving(make_site(brain=SlowBrain())) as app:
        yield app


@contextmanager
def serving(site):
    listener = socket.create_server(("127.0.0.1", 0))
    server = server_of(site.client.app, arrives_s=ARRIVES_S, lifespan="off")
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    app = App(None, {}, port=listener.getsockname()[1])
    until(lambda: app.status("/health/live") == 200, "the server does not start")
    yield app
    server.should_exit = True
    thread.join(10)


def connect(app):
    return closing(socket.create_connection(("127.0.0.1", app.port), timeout=10))


def seconds_until_closed(client, send_every_s=None):
    """How long the server bears it; with `send_every_s` a byte at a time."""
    started = time.monotonic()
    client.settimeout(send_every_s or 10)
    while True:
        try:
            if client.recv(1000) == b"":
                return time.monotonic() - started
        except TimeoutError:
            assert time.monotonic() - started < 8, "the connection is never closed"
            try:
                client.send(b"x")
            except OSError:
                return time.monotonic() - started
        except OSError:
            return time.monotonic() - started


@pytest.mark.parametrize(
    "beginning",
    [b"", b"POST /api/messages HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"POST /api/conversations HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n{"],
    ids=["says nothing", "drips its headers", "drips its body"],
)
def test_a_client_that_drips_is_left_out_and_others_are_answered(impatient, beginning):
    before = impatient.metric("bot_slow_clients_total")
    with connect(impatient) as slow:
        slow.send(beginning)
        assert impatient.status("/health/live") == 200
        assert ARRIVES_S / 2 < seconds_until_closed(slow, send_every_s=0.05 if beginning else None) < ARRIVES_S + 3
    assert impatient.metric("bot_slow_clients_total") == before + 1


def test_a_second_request_on_a_connection_has_the_same_limit(impatient):
    with connect(impatient) as client:
        client.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"200 OK" in client.recv(5000)
        client.send(b"GET /health/live HT")
        assert seconds_until_closed(client, send_every_s=0.05) < ARRIVES_S + 3


def test_an_answer_may_take_longer_than_a_request(impatient):
    person = Person(impatient.url).open()
    assert person.say(f"lent {ARRIVES_S * 3}")["messages"][0]["text"].startswith("Réponse 1")


def test_headers_without_end_are_refused(impatient):
    with connect(impatient) as client:
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * (2 * MOST_HEADER_BYTES))
        assert client.recv(100).startswith(b"HTTP/1.1 4")


def test_a_client_that_leaves_finds_its_answer_when_it_comes_back(impatient):
    person = Person(impatient.url).open()
    message_id = str(uuid4())
    body = f'{{"text": "lent 0.3", "id": "{message_id}"}}'.encode()
    head = f"POST /api/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {person.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    with connect(impatient) as client:
        client.send(head.encode() + body)
    until(lambda: person.said() == ["lent 0.3"], "the turn of a client that left was lost")
    again = HTTP.post(f"{impatient.url}/api/messages", json={"text": "lent 0.3", "id": message_id}, headers=person.headers)
    assert again.json()["messages"][0]["text"].startswith("Réponse 1 ") and person.said() == ["lent 0.3"]


def test_a_client_that_leaves_in_the_middle_of_its_request_changed_nothing(impatient):
    person = Person(impatient.url).open()
    with connect(impatient) as client:
        client.send(f"POST /api/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {person.token}\r\nContent-Length: 900\r\n\r\n{{".encode())
    person.say("bonjour")
    assert person.said() == ["bonjour"]
