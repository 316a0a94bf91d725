"""What protects the people who use it: headers, origins, limits, logs without personal data."""

from __future__ import annotations

import json
import logging

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.services.logs import JsonLines
from tests.integration.web.conftest import problem_of

CANARY = "canari@example.org"
ORIGIN = "https://www.unilim.fr"


@pytest.mark.parametrize(
    "path", ["/", "/widget.js", "/static/page.css", "/api/knowledge", "/health/live", "/nulle-part"]
)
def test_every_answer_carries_the_security_headers(site, path):
    headers = site.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/staff/", "/staff/connexion", "/staff/nulle-part"])
def test_the_console_stands_in_no_frame_whoever_may_embed_the_assistant(make_site, path):
    headers = make_site(BOT_ALLOWED_ORIGINS=ORIGIN).client.get(path).headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY" and headers["cache-control"] == "no-store"


def test_what_a_person_said_is_never_cached(site):
    _, token = site.open()
    assert site.client.get("/api/messages", headers=token).headers["cache-control"] == "no-store"


def test_https_is_remembered_only_when_the_public_address_has_it(make_site):
    site = make_site(BOT_PUBLIC_URL="https://assistant.exemple.fr")
    assert "max-age=" in site.client.get("/").headers["strict-transport-security"]


def test_only_allowed_sites_may_call_and_embed(make_site):
    site = make_site(BOT_ALLOWED_ORIGINS=ORIGIN)
    preflight = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    allowed = site.client.options("/api/messages", headers=preflight)
    refused = site.client.options("/api/messages", headers=preflight | {"Origin": "https://ailleurs.fr"})
    assert allowed.status_code == 200 and allowed.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-origin" not in refused.headers
    page = site.client.get("/", headers={"Origin": ORIGIN}).headers
    assert f"frame-ancestors 'self' {ORIGIN};" in page["content-security-policy"] + ";"
    assert "x-frame-options" not in page


def test_a_refusal_can_be_read_by_an_allowed_site(make_site):
    site = make_site(BOT_ALLOWED_ORIGINS=ORIGIN)
    refused = site.client.get("/api/messages", headers={"Origin": ORIGIN})
    assert problem_of(refused) == (401, "token-invalid")
    assert refused.headers["access-control-allow-origin"] == ORIGIN


def test_without_a_setting_no_other_site_may_call(site):
    answer = site.client.get("/api/knowledge", headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in answer.headers


def test_a_conversation_that_goes_too_fast_waits_and_the_others_do_not(make_site):
    site = make_site(BOT_RATE_LIMIT="3/minute")
    _, token = site.open()
    assert [site.say(token, "encore").status_code for _ in range(3)] == [200] * 3
    refused = site.say(token, "encore")
    assert problem_of(refused) == (429, "rate-limited") and 1 <= int(refused.headers["retry-after"]) <= 60
    assert len(site.said(token)) == 7
    _, other = site.open()
    assert site.say(other, "bonjour").status_code == 200


def test_an_address_may_make_ten_times_as_many_new_conversations_included(make_site):
    site = make_site(BOT_RATE_LIMIT="2/minute")
    opened = [site.client.post("/api/conversations", json={}).status_code for _ in range(21)]
    assert opened == [201] * 20 + [429]


def test_forwarded_addresses_are_believed_from_trusted_proxies_only(make_site):
    def statuses(site, *addresses):
        return [
            site.client.post("/api/conversations", json={}, headers={"X-Forwarded-For": address}).status_code
            for address in addresses
        ]

    direct = make_site(BOT_RATE_LIMIT="1/minute", peer="203.0.113.9")
    assert statuses(direct, *(f"198.51.100.{n}" for n in range(11)))[-1] == 429
    behind = make_site(BOT_RATE_LIMIT="1/minute", BOT_TRUSTED_PROXIES="203.0.113.0/24", peer="203.0.113.9")
    assert set(statuses(behind, *(f"198.51.100.{n}" for n in range(11)))) == {201}
    forged = [f"192.0.2.{n}, 198.51.100.77" for n in range(11)]
    assert statuses(behind, *forged)[-1] == 429


def test_one_ipv6_subscriber_counts_as_one_address(make_site):
    site = make_site(BOT_RATE_LIMIT="1/minute", BOT_TRUSTED_PROXIES="127.0.0.1")
    headers = [{"X-Forwarded-For": f"2001:db8:1:2::{n:x}"} for n in range(1, 12)]
    assert [site.client.post("/api/conversations", json={}, headers=each).status_code for each in headers][-1] == 429


def test_a_lost_redis_closes_nothing_and_shows_in_the_metrics(make_site):
    site = make_site(BOT_RATE_LIMIT="2/minute", BOT_REDIS_URL="redis://127.0.0.1:1/0")
    _, token = site.open()
    assert [site.say(token, "encore").status_code for _ in range(3)] == [200, 200, 429]
    fallbacks = [
        line
        for line in site.client.get("/metrics").text.splitlines()
        if line.startswith("bot_rate_limit_fallbacks_total")
    ]
    assert int(fallbacks[0].split()[1]) >= 5


def test_programs_that_share_a_redis_share_the_limits(make_site):
    redis_url = "redis://127.0.0.1:6379/15"
    try:
        Redis.from_url(redis_url, socket_connect_timeout=1).ping()
    except RedisError:
        pytest.skip(f"no Redis answers at {redis_url}")
    first, second = (make_site(BOT_RATE_LIMIT="1/minute", BOT_REDIS_URL=redis_url) for _ in range(2))
    _, token = first.open()
    assert first.say(token, "bonjour").status_code == 200
    assert problem_of(second.say(token, "encore")) == (429, "rate-limited")


class Lines(logging.Handler):
    """The log as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log():
    handler, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_log_line_holds_what_a_person_typed(site, log):
    def fail(turn):
        if turn.text == f"casse {CANARY}":
            raise RuntimeError(f"cannot handle {turn.text}")

    conversation_id, token = site.open()
    site.brain.before_answer = fail
    for text in (f"mon mail : {CANARY}", f"inconnu {CANARY}", f"casse {CANARY}", CANARY * 100, "contact"):
        site.say(token, text)
    site.say(token, payload=CANARY)
    site.client.post("/api/messages", content=f'{{"text": "{CANARY}'.encode(), headers=token)
    site.client.get(f"/mes-donnees/{CANARY}")
    logging.getLogger("rasa.core").warning("Received user message '%s'", CANARY)
    logging.getLogger("asyncio").error("Task failed: %s", CANARY)
    events = [json.loads(line) for line in log]
    assert CANARY not in "".join(log) and "camille" not in "".join(log).lower()
    failure = next(event for event in events if event.get("event") == "request_failed")
    assert failure["error"] == "RuntimeError" and failure["conversation"] == conversation_id
    assert {"request_answered", "library_spoke"} <= {event["event"] for event in events}
