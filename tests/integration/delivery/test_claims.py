"""Several workers share the outbox: each row has one of them at a time, and none is lost with its worker."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Lock

from bot.admissions.channels import Channel, Event
from bot.services.outbox import FAILURES_IN_A_ROW, INTERRUPTED, LEASE, MAX_ATTEMPTS, DeliveryFailed, dead_letters, requeue
from bot.storage.engine import open_engine
from tests.integration.delivery.conftest import House


def claim(house):
    return house.store.claim(Channel.WEBHOOK, house.clock(), LEASE)


def refuse(row, now):
    raise DeliveryFailed("HTTP 500")


def test_workers_at_once_deliver_each_row_once_and_keep_each_lead_in_order(house):
    for _ in range(8):
        lead = house.new_lead()
        house.correct(lead, level=6)
        house.correct(lead, level=7)
    seen: list[tuple[str, str]] = []
    by_lead, lock = defaultdict(list), Lock()

    def deliver(row, now):
        with lock:
            seen.append(row.id)
            by_lead[row.lead_id].append(row.kind)

    url = house.engine.url.render_as_string(hide_password=False)
    others = [House(open_engine(url), house.clock) for _ in range(4)]

    def work(other: House) -> int:
        return sum(other.courier({Channel.WEBHOOK: deliver}).deliver_due() for _ in range(12))

    with ThreadPoolExecutor(4) as threads:
        arrived = sum(threads.map(work, others))
    for other in others:
        other.engine.dispose()
    assert arrived == 24 and set(Counter(seen).values()) == {1} and len(seen) == 24
    assert all(kinds == [Event.CREATED, Event.UPDATED, Event.UPDATED] for kinds in by_lead.values())


def test_a_claim_holds_the_row_and_the_later_rows_of_its_lead_but_not_other_leads(house):
    lead = house.new_lead()
    house.correct(lead, level=6)
    other = house.new_lead()
    assert claim(house).lead_id == lead.id
    assert claim(house).lead_id == other.id
    assert claim(house) is None


def test_a_row_whose_worker_died_is_taken_up_when_its_lease_ends(house):
    house.new_lead()
    dead = claim(house)
    house.clock.now += LEASE
    again = claim(house)
    assert (again.id, again.attempts) == (dead.id, 2)


def test_a_worker_that_was_overtaken_can_report_an_arrival_but_no_failure(house):
    house.new_lead()
    slow = claim(house)
    house.clock.now += LEASE
    quick = claim(house)
    house.store.postpone(slow, "trop tard", house.clock())
    assert claim(house) is None
    house.store.deliver(slow, house.clock())
    house.store.postpone(quick, "HTTP 500", house.clock())
    assert house.states(Channel.WEBHOOK) == ["delivered"]


def test_a_row_that_never_arrives_is_tried_over_days_then_kept_with_its_reason(house):
    house.new_lead()
    courier, tries = house.courier({Channel.WEBHOOK: refuse}), []
    while house.states(Channel.WEBHOOK) == ["pending"]:
        [row] = house.rows(Channel.WEBHOOK)
        house.clock.now = max(house.clock.now, row.due_at)
        tries.append(house.clock.now)
        courier.deliver_due()
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert len(tries) == MAX_ATTEMPTS and gaps == sorted(gaps)
    assert gaps[0].total_seconds() == 60 and gaps[-1].total_seconds() == 24 * 3600
    [letter] = dead_letters(house.uow_factory, 10)
    assert (letter.reason, letter.attempts, letter.channel) == ("HTTP 500", MAX_ATTEMPTS, Channel.WEBHOOK)


def test_what_was_given_up_does_not_hold_back_the_later_changes_of_its_lead(house):
    lead = house.new_lead()
    for _ in range(MAX_ATTEMPTS):
        house.courier({Channel.WEBHOOK: refuse}).deliver_due()
        house.clock.forward(days=1)
    house.correct(lead, level=6)
    arrived = []
    house.courier({Channel.WEBHOOK: lambda row, now: arrived.append(row.kind)}).deliver_due()
    assert arrived == [Event.UPDATED]


def test_what_was_given_up_can_be_requeued_and_arrives_under_its_first_id(house):
    house.new_lead()
    courier = house.courier({Channel.WEBHOOK: refuse})
    for _ in range(MAX_ATTEMPTS):
        courier.deliver_due()
        house.clock.forward(days=1)
    [dead] = dead_letters(house.uow_factory, 10)
    requeue(house.uow_factory, [dead.id], house.clock())
    arrived = []
    house.courier({Channel.WEBHOOK: lambda row, now: arrived.append((row.id, row.attempts))}).deliver_due()
    assert arrived == [(dead.id, 1)] and dead_letters(house.uow_factory, 10) == []


def test_requeuing_what_was_delivered_does_not_send_it_again(house):
    house.new_lead()
    arrived = []
    courier = house.courier({Channel.WEBHOOK: lambda row, now: arrived.append(row.id)})
    courier.deliver_due()
    requeue(house.uow_factory, arrived, house.clock())
    courier.deliver_due()
    assert len(arrived) == 1


def test_a_row_that_kills_its_workers_is_given_up_at_last(house):
    house.new_lead()
    for _ in range(MAX_ATTEMPTS):
        claim(house)
        house.clock.now += LEASE
    house.courier({Channel.WEBHOOK: lambda row, now: None}).deliver_due()
    assert [letter.reason for letter in dead_letters(house.uow_factory, 10)] == [INTERRUPTED]


def test_a_channel_that_fails_does_not_hold_or_repeat_another(house):
    house.new_lead()
    told = []
    courier = house.courier({Channel.WEBHOOK: refuse, Channel.OFFICE: lambda row, now: told.append(row.id)})
    for _ in range(3):
        courier.deliver_due()
        house.clock.forward(days=1)
    assert len(told) == 1 and house.states(Channel.WEBHOOK) == ["pending"]


def test_a_receiver_that_is_away_costs_a_few_attempts_a_pass_and_the_others_are_not_counted(house):
    for _ in range(FAILURES_IN_A_ROW + 4):
        house.new_lead()
    house.courier({Channel.WEBHOOK: refuse}).deliver_due()
    assert Counter(row.attempts for row in house.rows(Channel.WEBHOOK)) == {1: FAILURES_IN_A_ROW, 0: 4}


def test_a_fault_of_ours_is_retried_and_does_not_stop_the_rows_behind(house, caplog):
    broken, sound = house.new_lead(), house.new_lead()
    arrived = []

    def deliver(row, now):
        if row.lead_id == broken.id:
            raise KeyError("camille.durand@example.org")
        arrived.append(row.lead_id)

    house.courier({Channel.WEBHOOK: deliver}).deliver_due()
    assert arrived == [sound.id]
    [row] = [row for row in house.rows(Channel.WEBHOOK) if row.lead_id == broken.id]
    assert (row.state, row.reason) == ("pending", "erreur interne (KeyError)")
    assert "camille" not in caplog.text
