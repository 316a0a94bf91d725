"""Nothing that is sent to the public interface is answered by a 500, by silence or against its own description."""

from __future__ import annotations

import json
import time
from typing import Any

import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from tests.fuzz.hostile import HOSTILE, LONGEST, SLOWEST_S, inputs, short_texts, texts

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
OPERATIONS = (
    ("/api/conversations", "POST", 60), ("/api/conversations", "GET", 20), ("/api/messages", "POST", 260), ("/api/messages", "GET", 10),
    ("/api/feedback", "POST", 120), ("/api/knowledge", "GET", 5), ("/health/live", "GET", 5), ("/health/ready", "GET", 5),
)


def test_every_operation_answers_as_described(client: TestClient, opened: tuple[str, dict[str, str]]) -> None:
    """Bodies that fit the description and bodies that break it, drawn from /api/openapi.json itself."""
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    assert {operation.ok().label for operation in schema.get_all_operations()} >= {f"{method} {path}" for path, method, _ in OPERATIONS}
    for path, method, quick in OPERATIONS:
        operation = schema[path][method]

        @inputs(quick)
        @given(case=st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)))
        def sent(case: Any) -> None:
            kwargs = case.as_transport_kwargs(base_url="http://testserver")
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), **opened[1]}
            kwargs.pop("cookies", None)
            started = time.thread_time()
            response = client.request(**kwargs)
            assert time.thread_time() - started < SLOWEST_S
            case.validate_response(schemathesis.Response.from_httpx(response, verify=False), checks=CHECKS)

        sent()


@inputs(250)
@given(text=texts)
def test_a_hostile_text_comes_back_as_it_was_typed_and_nothing_else(client: TestClient, opened: tuple[str, dict[str, str]], text: str) -> None:
    answer = client.post("/api/messages", json={"text": text}, headers=opened[1])
    trimmed = text.replace("\0", "").strip()
    if not trimmed:
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/text-empty")
        return
    assert len(trimmed) <= LONGEST and answer.status_code == 200
    assert all(message["text"] for message in answer.json()["messages"])


@inputs(150)
@given(body=st.one_of(st.binary(max_size=200), short_texts.map(str.encode), st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=8,
).map(lambda value: json.dumps(value).encode())))
def test_a_body_of_any_bytes_is_refused_in_words(client: TestClient, opened: tuple[str, dict[str, str]], body: bytes) -> None:
    for path in ("/api/messages", "/api/feedback"):
        answer = client.post(path, content=body, headers=opened[1])
        assert answer.status_code in (200, 204, 400, 409, 422), (path, body)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json" and answer.json()["detail"]


HEADER_TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=80)


@inputs(150)
@given(token=HEADER_TEXT, path=st.sampled_from(("/api/messages", "/api/conversations", "/metrics")), forwarded=HEADER_TEXT, origin=HEADER_TEXT)
def test_a_forged_header_opens_nothing(client: TestClient, token: str, path: str, forwarded: str, origin: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": forwarded, "Origin": origin, "Host": "testserver"}
    assert client.get(path, headers=headers).status_code in (401, 404)


@inputs(200)
@given(path=st.one_of(short_texts, st.sampled_from(HOSTILE)), prefix=st.sampled_from(("/", "/mes-donnees/", "/static/", "/api/", "/staff/", "/formulaire/")))
def test_any_address_is_answered(client: TestClient, path: str, prefix: str) -> None:
    """A typed link is shown back in no error page: what it held may be personal or hostile."""
    quoted = "".join(f"%{byte:02x}" for byte in path.encode())
    answer = client.get(prefix + quoted, follow_redirects=False)
    is_closed_console = prefix == "/staff/" and answer.status_code == 501  # this application has no console
    assert is_closed_console or answer.status_code < 500, (prefix, path)
    assert "content-security-policy" in answer.headers and answer.headers["x-content-type-options"] == "nosniff"
    if answer.status_code >= 400 and len(path) > 8:
        assert path not in answer.text
