"""What operators see of a turn, of a lost database and of the outbox; and whose conversation a log line is about."""

from __future__ import annotations

import json
import logging

import pytest

from bot.admissions.errors import StorageUnavailable
from bot.services.logs import JsonLines, log_event
from bot.services.protocols import OutgoingMessage, TurnOutput
from bot.storage.engine import writing
from bot.storage.measures import read_measures
from tests.integration.builders import NOW, FakeBrain
from tests.integration.delivery.conftest import House
from tests.integration.storage.conftest import database_url, engine

__all__ = ["database_url", "engine"]


class HearingBrain(FakeBrain):
    """Says what it heard, as the real one does."""

    def reply(self, turn):
        super().reply(turn)
        log_event("something_was_noted")
        return TurnOutput({}, (OutgoingMessage("Bien."),), (), None, intent="ask_price", verdict="eligible")


class LostDatabase(FakeBrain):
    """Loses the database in the middle of the turn."""

    def reply(self, turn):
        raise StorageUnavailable("La base de données ne répond pas.", cause="SQLITE_FULL")


def logged(caplog):
    return [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_a_turn_is_counted_by_what_was_heard_and_a_retry_is_not(make_site):
    site = make_site(brain=HearingBrain())
    _, token = site.open()
    for _ in range(2):
        site.say(token, "c'est combien ?", id="6f1c1a7e-6f5c-4a3c-9f43-2a8f5f4bcb11")
    text = site.client.get("/metrics").text
    assert 'bot_intents_total{intent="ask_price"} 1\n' in text and 'bot_verdicts_total{verdict="eligible"} 1\n' in text
    assert "bot_turns_total 1\n" in text


def test_a_lost_database_is_counted_and_logged_with_its_cause(make_site, caplog):
    site = make_site(brain=LostDatabase())
    conversation_id, token = site.open()
    with caplog.at_level(logging.INFO, "bot"):
        assert site.say(token, "bonjour, je suis Camille").status_code == 503
    assert 'bot_database_errors_total{cause="SQLITE_FULL"} 1\n' in site.client.get("/metrics").text
    [line] = [line for line in logged(caplog) if line["event"] == "database_failed"]
    assert (line["cause"], line["conversation"]) == ("SQLITE_FULL", conversation_id)
    assert "Camille" not in caplog.text


def test_every_line_written_during_a_turn_names_its_conversation_and_no_other(make_site, caplog):
    site = make_site(brain=HearingBrain())
    (first, token), (second, other) = site.open(), site.open()
    with caplog.at_level(logging.INFO, "bot"):
        site.say(token, "un")
        site.say(other, "deux")
        site.client.get("/health/live")
    noted = [line["conversation"] for line in logged(caplog) if line["event"] == "something_was_noted"]
    assert noted == [first, second]
    assert [line.get("conversation") for line in logged(caplog) if line.get("route") == "/health/live"] == [None]


@pytest.mark.parametrize("written", ["203.0.113.9:4711", "[2001:db8::1]:4711", "[2001:db8::1]", "203.0.113.9"])
def test_a_forwarded_address_is_read_with_its_port(make_site, written):
    site = make_site(BOT_RATE_LIMIT="1/minute", BOT_TRUSTED_PROXIES="127.0.0.1")
    statuses = [site.client.post("/api/conversations", headers={"X-Forwarded-For": written}).status_code for _ in range(11)]
    assert statuses[-1] == 429
    assert site.client.post("/api/conversations", headers={"X-Forwarded-For": "198.51.100.7:1"}).status_code == 201


def test_the_outbox_the_leads_and_the_jobs_are_measured(engine):
    house = House(engine, lambda: NOW)
    house.new_lead()
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'dead' WHERE channel = 'office'")
    measures = read_measures(engine, NOW.replace(hour=NOW.hour + 1))
    assert measures.outbox == {("webhook", "pending"): 1, ("office", "dead"): 1, ("applicant", "pending"): 1}
    assert measures.oldest_pending_s == {"webhook": 3600.0, "applicant": 3600.0}
    assert measures.leads == {("nouveau", "eligible"): 1} and measures.job_late_s == {}
