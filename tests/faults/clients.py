"""A client that behaves as the widget does: one id per message, sent again until it is acknowledged."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

TRY_AGAIN_S = 0.05
PATIENCE_S = 60
# One for all: making another reads every certificate of the machine again. No proxy stands before this machine's own ports.
HTTP = httpx.Client(timeout=20, trust_env=False, verify=False)  # noqa: S501 - the tests' own certificate


@dataclass
class Person:
    """One conversation: `acknowledged` holds the texts whose answer has arrived, in order."""

    url: str
    token: str = ""
    id: str = ""
    acknowledged: list[str] = field(default_factory=list)
    retries: int = 0

    def open(self) -> Person:
        body = self._post("/api/conversations", {})
        self.id, self.token = body["id"], body["token"]
        return self

    def say(self, text: str) -> dict:
        answer = self._post("/api/messages", {"text": text, "id": str(uuid4())})
        self.acknowledged.append(text)
        return answer

    def history(self) -> list[dict]:
        return HTTP.get(f"{self.url}/api/messages", headers=self.headers).json()["messages"]

    def said(self) -> list[str]:
        """What the conversation keeps of this person's words."""
        return [message["text"] for message in self.history() if message["from"] == "user"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _post(self, path: str, body: dict) -> dict:
        limit = time.monotonic() + PATIENCE_S
        while time.monotonic() < limit:
            try:
                answer = HTTP.post(self.url + path, json=body, headers=self.headers)
                if answer.status_code < 300:
                    return answer.json()
                assert answer.status_code in (429, 502, 503, 504), answer.text
            except httpx.TransportError:
                pass  # the server is gone, or was while it answered
            self.retries += 1
            time.sleep(TRY_AGAIN_S)
        raise AssertionError(f"{path} was never acknowledged")


def crowd(url: str, people: int, texts: list[str], threads: int = 8) -> tuple[list[Person], list[threading.Thread]]:
    """Starts that many conversations, a few at a time, each saying all the texts; gives them and the threads to join."""
    persons = [Person(url) for _ in range(people)]
    waiting = iter(persons)
    lock = threading.Lock()

    def live() -> None:
        while True:
            with lock:
                person = next(waiting, None)
            if person is None:
                return
            person.open()
            for text in texts:
                person.say(text)

    workers = [threading.Thread(target=live, daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    return persons, workers
