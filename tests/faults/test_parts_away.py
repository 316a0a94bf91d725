"""PostgreSQL and Redis stop and come back: what the person sees, what is kept, and that nobody has to restart anything."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from bot.web import rate_limits
from tests.faults.clients import HTTP, Person, crowd
from tests.faults.processes import Redis, until


@pytest.fixture
def restarted(postgres):
    """The server, started again at the end whatever happened."""
    yield postgres
    if not (postgres._data / "postmaster.pid").exists():
        postgres.start()


def test_a_database_that_stops_is_said_and_what_was_kept_comes_back_with_it(start_app, restarted):
    app = start_app(BOT_DATABASE_URL=restarted.url)
    person = Person(app.url).open()
    person.say("bonjour")
    restarted.stop()

    message = {"text": "contact", "id": str(uuid4())}
    refused = HTTP.post(f"{app.url}/api/messages", json=message, headers=person.headers)
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
    assert "Rien n'a été enregistré" in refused.json()["detail"] and int(refused.headers["retry-after"]) > 0
    assert (app.status("/health/live"), app.status("/health/ready")) == (200, 503)
    assert app.metric("bot_database_up") == 0

    restarted.start()
    until(lambda: app.status("/health/ready") == 200, "the application does not find its database again")
    again = HTTP.post(f"{app.url}/api/messages", json=message, headers=person.headers)
    assert again.status_code == 200 and person.said() == ["bonjour", "contact"]
    assert sum(json.loads(line)["event"] == "database_failed" for line in app.log.read_text().splitlines()) >= 1


def test_a_database_that_crashes_under_load_loses_nothing_acknowledged(start_app, restarted):
    app = start_app(BOT_DATABASE_URL=restarted.url)
    persons, workers = crowd(app.url, 20, ["un", "contact", "trois"])
    until(lambda: sum(len(person.acknowledged) for person in persons) > 15, "nobody is answered")
    restarted.stop()
    restarted.start()
    for worker in workers:
        worker.join(60)
    assert [person.said() for person in persons] == [["un", "contact", "trois"]] * 20


def test_without_redis_each_process_counts_and_with_it_they_share_again(start_app, redis, tmp_path):
    shared = {"BOT_REDIS_URL": redis.url, "BOT_RATE_LIMIT": "3/minute", "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
    one, two = (start_app(wait=False, **shared) for _ in range(2))
    one.wait_ready()
    two.wait_ready()
    person = Person(one.url).open()

    def say(app):
        return HTTP.post(f"{app.url}/api/messages", json={"text": "bonjour"}, headers=person.headers).status_code

    assert [say(one), say(two), say(one), say(two)] == [200, 200, 200, 429]
    redis.stop()
    assert [say(one), say(two)] == [200, 200]
    assert one.metric("bot_rate_limit_fallbacks_total") > 0 and one.status("/health/ready") == 200
    assert any(json.loads(line)["event"] == "rate_limits_fell_back" for line in one.log.read_text().splitlines())


def test_redis_is_asked_again_once_it_is_back(redis, tmp_path):
    from bot.web.metrics import Metrics
    from bot.web.problems import Refusal
    from bot.web.rate_limits import RateLimits

    now = [0.0]
    limits = [RateLimits("2/hour", redis.url, Metrics(), monotonic=lambda: now[0]) for _ in range(2)]
    redis.stop()
    limits[0].hit_conversation("a")
    back = Redis(tmp_path, port=redis.port).start()
    try:
        now[0] += rate_limits.REDIS_RETRY_AFTER_S + 1
        limits[0].hit_conversation("a")
        limits[1].hit_conversation("a")
        with pytest.raises(Refusal):
            limits[0].hit_conversation("a")
    finally:
        back.stop()
