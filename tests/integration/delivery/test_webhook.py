"""The CRM over real HTTP: signed, in order, each event's effect once, whatever it does to us."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import signal
import subprocess
import sys

import pytest

from bot.admissions.channels import Channel
from bot.services.leads import erase_conversation, export_leads
from bot.services.outbox import LEASE
from tests.integration.delivery.conftest import SECRET
from tests.integration.delivery.receivers import ACCEPT_THEN_CLOSE, CLOSE, DRIP, HANG

# A worker in a process of its own, with the clock of the test.
WORKER = """
import sys
from datetime import datetime
from bot.admissions.channels import Channel
from bot.delivery.webhook import WebhookSender
from bot.services.deliveries import webhook_delivery
from bot.services.outbox import Courier
from bot.storage.deliveries import DeliveryStore
from bot.storage.engine import open_engine
from bot.storage.unit_of_work import unit_of_work_factory
database, url, secret, now = sys.argv[1:]
engine = open_engine(database)
deliver = webhook_delivery(unit_of_work_factory(engine, None), WebhookSender(url, secret))
Courier(DeliveryStore(engine), {Channel.WEBHOOK: deliver}, lambda: datetime.fromisoformat(now), lambda: 0.5).deliver_due()
"""


def run_until_delivered(house, courier) -> None:
    for _ in range(20):
        courier.deliver_due()
        if "pending" not in house.states(Channel.WEBHOOK):
            return
        house.clock.forward(hours=1)
    raise AssertionError("still pending")


def test_the_crm_receives_the_lead_as_exported_signed_by_the_standard(house, crm):
    house.new_lead()
    house.to_crm(crm).deliver_due()
    [(headers, body)] = crm.requests
    assert json.loads(body) == {"type": "lead.created", "data": export_leads(house.uow_factory)[0]}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert int(headers["webhook-timestamp"]) == int(house.clock().timestamp())
    assert headers["content-type"].startswith("application/json")


def test_creation_correction_and_erasure_arrive_in_order_and_the_last_carries_the_id_alone(house, crm):
    lead = house.new_lead()
    courier = house.to_crm(crm)
    courier.deliver_due()
    house.correct(lead, level=6)
    courier.deliver_due()
    erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    courier.deliver_due()
    assert crm.types == ["lead.created", "lead.updated", "lead.erased"]
    assert list(crm.effects.values())[-1]["data"] == {"id": lead.id}
    assert house.rows(Channel.WEBHOOK) == []


@pytest.mark.parametrize("trouble", [500, 404, 429, HANG, CLOSE])
def test_what_failed_arrives_once_under_its_id_when_the_crm_comes_back(house, crm, trouble):
    lead = house.new_lead()
    house.correct(lead, level=6)
    crm.script = [trouble, trouble]
    run_until_delivered(house, house.to_crm(crm))
    assert crm.types == ["lead.created", "lead.updated"]
    assert len(crm.requests) == 4 and len(set(crm.ids)) == 2 and len(set(crm.ids[:3])) == 1


def test_an_event_taken_without_an_answer_is_sent_again_under_the_id_that_shows_it(house, crm):
    house.new_lead()
    crm.script = [ACCEPT_THEN_CLOSE]
    run_until_delivered(house, house.to_crm(crm))
    assert len(crm.requests) == 2 and len(crm.effects) == 1


def test_an_answer_that_drips_in_for_ever_is_cut(house, crm):
    house.new_lead()
    crm.script = [DRIP]
    house.to_crm(crm, exchange_s=0.5).deliver_due()
    assert [row.reason for row in house.rows(Channel.WEBHOOK)] == ["le CRM a coupé ou n'a pas répondu à temps"]


def test_a_redirect_is_a_failure_and_is_not_followed(house, crm):
    house.new_lead()
    crm.script = [302]
    house.to_crm(crm).deliver_due()
    assert len(crm.requests) == 1
    assert [row.reason for row in house.rows(Channel.WEBHOOK)] == ["le CRM a répondu HTTP 302"]


def test_a_crm_that_is_away_is_named_as_such(house, crm):
    house.new_lead()
    crm.url = "http://127.0.0.1:1/"
    house.to_crm(crm).deliver_due()
    assert [row.reason for row in house.rows(Channel.WEBHOOK)] == ["le CRM ne répond pas"]


def test_what_waits_leaves_as_the_lead_stands_then(house, crm):
    lead = house.new_lead(level=4)
    house.correct(lead, level=7)
    house.to_crm(crm).deliver_due()
    assert [effect["data"]["level"] for effect in crm.effects.values()] == [7, 7]


def test_a_lead_erased_before_it_was_told_is_never_told(house, crm):
    lead = house.new_lead()
    erase_conversation(house.uow_factory, lead.conversation_id, house.clock())
    house.to_crm(crm).deliver_due()
    assert crm.types == ["lead.erased"]


def test_a_worker_killed_in_the_middle_of_a_delivery_loses_nothing(house, crm):
    house.correct(house.new_lead(), level=6)
    crm.script = [HANG]
    database = house.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, database, crm.url, SECRET, house.clock().isoformat()])
    assert crm.arrived.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    courier = house.to_crm(crm)
    assert courier.deliver_due() == 0
    house.clock.now += LEASE
    assert courier.deliver_due() == 2
    assert crm.types == ["lead.created", "lead.updated"] and crm.ids[0] == crm.ids[1]


def test_neither_log_nor_reason_names_the_person_or_the_secret(house, crm, caplog):
    caplog.set_level("DEBUG")
    house.new_lead()
    crm.script = [500]
    run_until_delivered(house, house.to_crm(crm))
    told = caplog.text + repr(house.rows()) + repr(house.to_crm(crm))
    assert "announcement_delivered" in told and "announcement_failed" in told
    assert not any(word in told for word in ("amille", "example.org", SECRET, crm.url))
