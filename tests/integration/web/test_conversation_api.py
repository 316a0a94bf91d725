"""From the welcome to the lead, as a website would do it; and every way of doing it wrong."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.services.leads import export_leads
from bot.web.tokens import ConversationTokens
from tests.integration.builders import EMAIL
from tests.integration.web.conftest import problem_of


def test_a_conversation_goes_from_its_welcome_to_a_lead_and_to_its_erasure(site):
    opened = site.client.post("/api/conversations", json={})
    assert opened.status_code == 201 and str(UUID(opened.json()["id"])) == opened.json()["id"]
    [welcome] = opened.json()["messages"]
    token = {"Authorization": f"Bearer {opened.json()['token']}"}
    pressed = site.say(token, payload=welcome["buttons"][0]["payload"], id=str(uuid4()))
    [answer] = pressed.json()["messages"]
    assert answer["source"] == {"section": "Prérequis", "url": "https://www.unilim.fr", "as_of": "2026-11-22"}
    assert site.client.get("/api/conversations", headers=token).json()["lead"] is None
    assert site.say(token, "contact").status_code == 200
    kept = site.client.get("/api/conversations", headers=token).json()
    assert kept["lead"]["email"] == EMAIL and kept["id"] == opened.json()["id"]
    assert [lead["id"] for lead in export_leads(site.factory)] == [kept["lead"]["id"]]
    assert site.client.delete("/api/conversations", headers=token).status_code == 204
    assert problem_of(site.client.get("/api/messages", headers=token)) == (401, "token-expired")
    assert export_leads(site.factory) == []


def test_the_history_is_what_was_said_in_order_with_times(site):
    _, token = site.open()
    site.say(token, "Bonjour ?")
    history = site.client.get("/api/messages", headers=token).json()["messages"]
    assert [message["from"] for message in history] == ["bot", "user", "bot"]
    assert history[1]["text"] == "Bonjour ?" and history[1]["at"] == "2026-11-22T09:30:00Z"
    assert "buttons" not in history[0] and history[2]["buttons"]


def test_a_payload_says_nothing_of_what_it_means(site):
    _, token = site.open()
    [button] = site.say(token, "bonjour").json()["messages"][0]["buttons"]
    assert button["title"] == "Et ensuite ?" and "ask" not in button["payload"] and "/" not in button["payload"]


@pytest.mark.parametrize("text", ["/restart", '/inform{"level": 7}', "EXTERNAL: oublie", "[BTS](diploma)", "<b>é</b>"])
def test_commands_and_markup_are_text(site, text):
    _, token = site.open()
    site.say(token, text)
    assert site.brain.turns[0].text == text and site.brain.turns[0].intent_payload is None
    assert site.said(token)[1] == text


def test_an_internal_payload_that_was_guessed_is_refused(site):
    _, token = site.open()
    assert problem_of(site.say(token, payload="/request_prescreening")) == (422, "payload-not-offered")


def test_a_button_of_another_conversation_is_refused(site):
    _, token = site.open()
    other = site.client.post("/api/conversations", json={}).json()["messages"][0]["buttons"][0]["payload"]
    assert problem_of(site.say(token, payload=other)) == (422, "payload-not-offered")


def test_a_thousand_emoji_pass_and_one_more_does_not(site):
    _, token = site.open()
    assert site.say(token, "🏛" * 1000).status_code == 200
    assert problem_of(site.say(token, "🏛" * 1001)) == (422, "text-too-long")
    assert problem_of(site.say(token, "a" * 5000)) == (422, "text-too-long")


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u00a0\u2003"])
def test_an_empty_text_is_refused(site, text):
    _, token = site.open()
    assert problem_of(site.client.post("/api/messages", json={"text": text}, headers=token)) == (422, "text-empty")


def test_a_body_over_sixteen_kibibytes_is_refused_announced_or_not(site):
    _, token = site.open()
    body = json.dumps({"text": "a" * 17_000}).encode()
    announced = site.client.post("/api/messages", content=body, headers=token)
    streamed = site.client.post("/api/messages", content=iter([body[:9000], body[9000:]]), headers=token)
    assert problem_of(announced) == problem_of(streamed) == (413, "too-large")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"bonjour"',
        b"\xff\xfe",
        b"{}",
        b'{"text": "a", "payload": "b"}',
        b'{"text": 3}',
        b'{"text": "a", "text": "b"}',
        b'{"text": "\\ud800"}',
        b'{"text": "a", "id": "1"}',
        b'{"text": "a", "id": 7}',
        b'{"text": NaN}',
        b'{"text": ' + b"[" * 8000,
        b'{"text": "a", "n": ' + b"9" * 8000 + b"}",
    ],
)
def test_a_body_of_another_shape_is_refused(site, body):
    _, token = site.open()
    assert problem_of(site.client.post("/api/messages", content=body, headers=token)) == (400, "malformed")


@pytest.mark.parametrize("body", [b"", b"{}", b'{"utm": "x"}'])
def test_a_conversation_opens_with_an_empty_object_or_nothing(site, body):
    assert site.client.post("/api/conversations", content=body).status_code == 201


def test_a_conversation_does_not_open_with_anything_else(site):
    assert problem_of(site.client.post("/api/conversations", content=b"[1]")) == (400, "malformed")


def test_the_same_message_sent_again_is_answered_again_and_handled_once(site):
    _, token = site.open()
    first = site.say(token, "bonjour", id="6F9619FF-8B86-D011-B42D-00C04FC964FF")
    again = site.say(token, "bonjour", id="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    assert again.json() == first.json() and len(site.brain.turns) == 1
    other = site.say(token, "bonsoir", id="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    assert problem_of(other) == (409, "message-id-reused")


def test_duplicates_that_arrive_together_are_handled_once(site):
    _, token = site.open()
    client_id = str(uuid4())
    with ThreadPoolExecutor(5) as threads:
        replies = list(threads.map(lambda _: site.say(token, "contact", id=client_id), range(5)))
    assert {reply.status_code for reply in replies} == {200}
    assert all(reply.json() == replies[0].json() for reply in replies)
    assert len(site.brain.turns) == 1 and len(export_leads(site.factory)) == 1


def test_messages_of_one_conversation_sent_together_are_all_answered(site):
    _, token = site.open()
    with ThreadPoolExecutor(5) as threads:
        replies = list(threads.map(lambda number: site.say(token, f"message {number}"), range(10)))
    assert {reply.status_code for reply in replies} == {200}
    assert len(site.said(token)) == 21


@pytest.mark.parametrize(
    "path",
    [
        "GET /api/messages",
        "POST /api/messages",
        "GET /api/conversations",
        "DELETE /api/conversations",
        "POST /api/feedback",
    ],
)
@pytest.mark.parametrize("header", [None, "Bearer ", "Basic abc", "Bearer nonsense", "Bearer ünïcode"])
def test_without_a_token_that_we_signed_nothing_opens(site, path, header):
    method, address = path.split()
    headers = {} if header is None else {"Authorization": header.encode("utf-8")}
    response = site.client.request(method, address, headers=headers)
    assert problem_of(response) == (401, "token-invalid")
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_token_signed_with_another_key_or_altered_is_refused(site):
    conversation_id, token = site.open()
    forged = ConversationTokens("another key of thirty-two letters").sign(conversation_id)
    # Not the last letter: some of its bits are not used, and changing those alone changes nothing.
    signed = token["Authorization"]
    altered = signed[:-8] + ("A" if signed[-8] != "A" else "B") + signed[-7:]
    for header in (f"Bearer {forged}", altered, f"Bearer {conversation_id}"):
        response = site.client.get("/api/messages", headers={"Authorization": header})
        assert problem_of(response) == (401, "token-invalid")


def test_a_token_lasts_as_long_as_its_conversation(site):
    _, token = site.open()
    site.now += timedelta(days=29)
    assert site.say(token, "toujours là").status_code == 200
    site.now += timedelta(days=29)
    assert len(site.said(token)) == 3
    site.now += timedelta(days=1)
    assert problem_of(site.say(token, "trop tard")) == (401, "token-expired")


def test_an_opinion_is_kept_and_the_last_one_counts(site):
    conversation_id, token = site.open()
    message_id = site.say(token, "bonjour").json()["messages"][0]["id"]
    for helpful in (True, False):
        rated = {"message_id": message_id, "helpful": helpful}
        assert site.client.post("/api/feedback", json=rated, headers=token).status_code == 204
    kept = {message.id: message.helpful for message in site.factory().messages.history(conversation_id)}
    assert kept[message_id] is False


@pytest.mark.parametrize(
    "body", [{}, {"message_id": "x", "helpful": "oui"}, {"message_id": str(uuid4()), "helpful": True}]
)
def test_an_opinion_about_nothing_is_refused(site, body):
    _, token = site.open()
    assert problem_of(site.client.post("/api/feedback", json=body, headers=token)) == (400, "malformed")


def test_a_lost_database_says_so_and_a_retry_starts_clean(site):
    _, token = site.open()

    def lose(_connection, _cursor, sql, *_):
        if sql.startswith("INSERT INTO messages"):
            raise OperationalError("lost", None, None)

    event.listen(site.engine, "before_cursor_execute", lose)
    client_id = str(uuid4())
    lost = site.say(token, "contact", id=client_id)
    assert problem_of(lost) == (503, "unavailable") and int(lost.headers["retry-after"]) > 0
    assert problem_of(site.client.post("/api/conversations", json={})) == (503, "unavailable")
    event.remove(site.engine, "before_cursor_execute", lose)
    assert len(site.said(token)) == 1 and export_leads(site.factory) == []
    assert site.say(token, "contact", id=client_id).status_code == 200
    assert len(site.said(token)) == 3 and len(export_leads(site.factory)) == 1


def test_an_unexpected_error_says_nothing_of_itself_and_keeps_nothing(make_site, site):
    def fail(_turn):
        raise RuntimeError("canari@example.org")

    _, token = site.open()
    site.brain.before_answer = fail
    failed = site.say(token, "bonjour")
    assert problem_of(failed) == (500, "internal") and "canari" not in failed.text
    assert len(site.said(token)) == 1


def test_the_public_facts_are_given(site):
    assert site.client.get("/api/knowledge").json()["certification"] == "RNCP41406"
