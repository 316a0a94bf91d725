"""SIGTERM: what was asked is answered, nothing new is taken, and ten seconds are enough whatever hangs."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

from tests.faults.clients import Person
from tests.faults.processes import answers, until

LONGEST_S = 10


def test_an_answer_in_the_making_is_given_and_no_new_connection_is_taken(start_app, tmp_path):
    app = start_app(BOT_DATABASE_URL=f"sqlite:///{tmp_path}/bot.db")
    person = Person(app.url).open()
    answered = []
    asking = threading.Thread(target=lambda: answered.append(person.say("lent 1.5")))
    asking.start()
    until(lambda: app.metric('bot_http_requests_total{route="/api/conversations",method="POST",status="201"}') == 1, "nothing is asked")
    idle = socket.create_connection(("127.0.0.1", app.port))
    half = socket.create_connection(("127.0.0.1", app.port))
    half.send(b"POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Le")

    stopping = threading.Thread(target=lambda: took.append(app.stop()))
    took: list[float] = []
    stopping.start()
    until(lambda: not answers(app.port), "new connections are still taken", 5)
    asking.join()
    stopping.join()
    idle.close()
    half.close()
    assert answered[0]["messages"][0]["text"].startswith("Réponse 1 à lent") and person.retries == 0
    assert took[0] < LONGEST_S

    app.start()
    assert person.said() == ["lent 1.5"]


def test_a_webhook_that_hangs_does_not_hold_the_stop(start_app, tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as hanging:
        url = f"http://127.0.0.1:{hanging.getsockname()[1]}/"
        app = start_app(BOT_DATABASE_URL=f"sqlite:///{tmp_path}/bot.db", BOT_WEBHOOK_URL=url, BOT_WEBHOOK_SECRET="k" * 40, TEST_JOBS_EVERY_S="0.1")
        Person(app.url).open().say("contact")
        connection, _ = hanging.accept()  # the announcement is on its way, and nobody answers it
        with connection:
            assert app.stop() < LONGEST_S
