"""Conversations held side by side never see each other, in whatever order people write, press, rate and erase."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule, run_state_machine_as_test
from starlette.testclient import TestClient

from tests.fuzz.hostile import inputs, short_texts

_SERIAL = count()


def machine(client: TestClient) -> type[RuleBasedStateMachine]:  # noqa: C901 the rules of one machine
    """Each conversation writes its own mark; whatever an answer to it holds of another's mark is a leak."""

    class Conversations(RuleBasedStateMachine):
        people = Bundle("people")

        def __init__(self) -> None:
            super().__init__()
            self.live: dict[str, dict[str, Any]] = {}

        @initialize(target=people)
        def first(self) -> str:
            return self._open()

        @rule(target=people)
        def another(self) -> str:
            return self._open()

        def _open(self) -> str:
            answer = client.post("/api/conversations", json={})
            assert answer.status_code == 201
            mark = f"marque{next(_SERIAL)}fin"
            opened = answer.json()
            self.live[mark] = {
                "token": {"Authorization": f"Bearer {opened['token']}"},
                "payloads": [button["payload"] for message in opened["messages"] for button in message.get("buttons", [])],
                "id": opened["id"],
            }
            return mark

        def _post(self, mark: str, body: dict[str, Any]) -> Any:
            answer = client.post("/api/messages", json=body, headers=self.live[mark]["token"])
            assert answer.status_code < 500
            self._sees_only_its_own(mark, answer.text)
            if answer.status_code == 200:
                messages = answer.json()["messages"]
                self.live[mark]["payloads"] = [button["payload"] for message in messages for button in message.get("buttons", [])]
            return answer

        def _sees_only_its_own(self, mark: str, body: str) -> None:
            assert not [other for other in self.live if other != mark and other in body]
            assert not [one["id"] for other, one in self.live.items() if other != mark and one["id"] in body]

        @rule(mark=people, text=short_texts)
        def write(self, mark: str, text: str) -> None:
            if mark in self.live:
                self._post(mark, {"text": f"{mark} {text}"})

        @rule(mark=people)
        def leave_details(self, mark: str) -> None:
            if mark in self.live:
                assert self._post(mark, {"text": "contact"}).status_code == 200

        @rule(mark=people, other=people)
        def press_a_button_of(self, mark: str, other: str) -> None:
            if mark in self.live and other in self.live and self.live[other]["payloads"]:
                status = self._post(mark, {"payload": self.live[other]["payloads"][0]}).status_code
                assert status == (200 if mark == other else 422)

        @rule(mark=people, other=people)
        def read_with_the_token_of(self, mark: str, other: str) -> None:
            if mark in self.live and other in self.live:
                kept = client.get("/api/conversations", headers=self.live[mark]["token"]).json()
                assert kept["id"] == self.live[mark]["id"]

        @rule(mark=consumes(people))
        def erase(self, mark: str) -> None:
            if mark in self.live:
                token = self.live.pop(mark)["token"]
                assert client.delete("/api/conversations", headers=token).status_code == 204
                assert client.get("/api/messages", headers=token).status_code == 401

        @invariant()
        def nobody_reads_another(self) -> None:
            for mark, one in self.live.items():
                history = client.get("/api/messages", headers=one["token"])
                assert history.status_code == 200
                self._sees_only_its_own(mark, history.text)

    return Conversations


def test_no_conversation_ever_sees_another(client: TestClient) -> None:
    run_state_machine_as_test(machine(client), settings=inputs(12))


@pytest.mark.parametrize("said", ["bonjour", "j'ai un BTS, est-ce que je peux candidater ?"])
def test_two_people_at_once_keep_their_own_facts(new_conversation: Any, said: str) -> None:
    """With the real model: what one says is never taken for the other's."""
    alice, boris = new_conversation(), new_conversation()
    for person in (alice, boris):
        person.say(said)
    alice.say("j'ai un bac pro, 5 ans en mairie, salariée")
    boris.say("je n'ai aucun diplôme et je n'ai jamais travaillé")
    alice.say("je m'appelle Alice Martin, alice.martin@example.org")
    boris.say("je m'appelle Boris Petit, boris.petit@example.org")
    alice.say("pourquoi ?")
    boris.say("pourquoi ?")
    assert "Boris" not in alice.text and "boris" not in alice.text
    assert "Alice" not in boris.text and "alice" not in boris.text
