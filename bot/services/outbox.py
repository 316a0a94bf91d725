"""Use case: deliver what the outbox holds, each row until it has arrived or is given up.

At least once: a worker that dies between sending and saying so sends again, under the same id. Rows are claimed
one by one, so any number of processes may deliver at the same moment.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from bot.admissions.channels import Channel
from bot.admissions.errors import AdmissionsError
from bot.admissions.staff import Actor, AuditAction
from bot.services.logs import log_event, log_failure
from bot.services.protocols import OutboxRow, UnitOfWork, UnitOfWorkFactory

# Longer than the longest delivery (see bot/delivery/deadline.py), so that a claim runs out only when its worker died.
LEASE = timedelta(minutes=5)
FIRST_DELAY, LONGEST_DELAY, GROWTH = timedelta(minutes=1), timedelta(hours=24), 3
# With these delays the last attempt comes three and a half days after the first at the earliest: an outage that
# begins on a Friday evening and is seen on Monday loses nothing.
MAX_ATTEMPTS = 12
# A receiver that hangs costs its time-out each time; the rest of its rows wait for the next pass, uncounted.
FAILURES_IN_A_ROW = 3
LONGEST_PASS = timedelta(minutes=2)
# Processes may run with other settings for a while, during an update; what one cannot send, another may.
CLOSED_AFTER = timedelta(days=1)
RECAP_WINDOW = timedelta(days=1)

# In one statement: fewer than the values that SQLite takes.
MOST_RETRIED = 500

CLOSED, INTERRUPTED = "canal fermé dans les réglages", "envoi interrompu plusieurs fois"


class DeliveryFailed(AdmissionsError):
    """The row did not arrive, or nobody knows; the message is a French reason without personal data.

    `address_refused`: the receiver knows no such address.
    """

    def __init__(self, message: str, address_refused: bool = False) -> None:
        super().__init__(message)
        self.address_refused = address_refused


class DeliveryNeedless(AdmissionsError):
    """The row has nothing to say to anybody; the message is the French reason."""


Deliver = Callable[[OutboxRow, datetime], None]
Row = TypeVar("Row", bound=OutboxRow)


class DeliveryStore(Protocol[Row]):
    """Where rows are claimed and settled; a claim that ran out settles nothing but an arrival."""

    def claim(self, channel: Channel, now: datetime, lease: timedelta) -> Row | None: ...
    def deliver(self, row: Row, now: datetime) -> None: ...
    def skip(self, row: Row, reason: str, now: datetime) -> None: ...
    def bury(self, row: Row, reason: str, now: datetime) -> None: ...
    def postpone(self, row: Row, reason: str, due_at: datetime) -> None: ...
    def skip_closed(self, open_channels: Collection[Channel], before: datetime, reason: str, now: datetime) -> int: ...
    def forget_recaps(self, before: datetime) -> None: ...


@dataclass(frozen=True)
class Courier(Generic[Row]):
    """Delivers with one function per open channel. `random` gives numbers from 0 to 1."""

    store: DeliveryStore[Row]
    deliveries: Mapping[Channel, Deliver]
    clock: Callable[[], datetime]
    random: Callable[[], float]

    def deliver_due(self) -> int:
        """One pass over every channel; gives the number of rows that arrived."""
        now = self.clock()
        self.store.skip_closed(self.deliveries.keys(), now - CLOSED_AFTER, CLOSED, now)
        self.store.forget_recaps(now - RECAP_WINDOW)
        return sum(self._deliver_channel(channel) for channel in self.deliveries)

    def _deliver_channel(self, channel: Channel) -> int:
        arrived = failures = 0
        until = self.clock() + LONGEST_PASS
        while failures < FAILURES_IN_A_ROW and self.clock() <= until:
            row = self.store.claim(channel, self.clock(), LEASE)
            if row is None:
                break
            if self._deliver(row):
                arrived, failures = arrived + 1, 0
            else:
                failures += 1
        return arrived

    def _deliver(self, row: Row) -> bool:
        if row.attempts > MAX_ATTEMPTS:
            self._give_up(row, INTERRUPTED)
            return True
        try:
            self.deliveries[row.channel](row, self.clock())
        except DeliveryNeedless as error:
            self.store.skip(row, error.message, self.clock())
            log_event("announcement_skipped", **_keys(row), reason=error.message)
            return True
        except DeliveryFailed as error:
            return self._fail(row, error)
        except Exception as error:  # noqa: BLE001 a fault of ours must not stop the rows behind this one
            log_failure("announcement_broken", error, **_keys(row))
            return self._fail(row, DeliveryFailed(f"erreur interne ({type(error).__name__})"))
        self.store.deliver(row, self.clock())
        log_event("announcement_delivered", **_keys(row))
        return True

    def _fail(self, row: Row, error: DeliveryFailed) -> bool:
        """Whether the channel itself works: an address refused says nothing against the others."""
        # The office's address is a setting that can be put right; a stranger's that bounced is not tried again.
        is_hopeless = error.address_refused and row.channel is Channel.APPLICANT
        if is_hopeless or row.attempts >= MAX_ATTEMPTS:
            self._give_up(row, error.message)
        else:
            self.store.postpone(row, error.message, self.clock() + delay_after(row.attempts, self.random()))
            log_event("announcement_failed", logging.WARNING, **_keys(row), reason=error.message)
        return error.address_refused

    def _give_up(self, row: Row, reason: str) -> None:
        self.store.bury(row, reason, self.clock())
        log_event("announcement_given_up", logging.ERROR, **_keys(row), reason=reason)


def delay_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after the n-th failure, from 1; `chance` in 0…1 spreads rows that failed together by ± 25 %."""
    delay = FIRST_DELAY * GROWTH ** (attempts - 1)
    spread: timedelta = min(delay, LONGEST_DELAY) * (0.75 + 0.5 * chance)
    return min(spread, LONGEST_DELAY)


def dead_letters(uow_factory: UnitOfWorkFactory, limit: int) -> Sequence[OutboxRow]:
    """What was given up, oldest first: channel, event, lead and reason."""
    with uow_factory() as uow:
        return uow.outbox.dead(limit)


def requeue(uow_factory: UnitOfWorkFactory, row_ids: Sequence[str], now: datetime) -> None:
    """Has what was given up tried again; what is not given up is left alone."""
    with uow_factory() as uow:
        requeue_in(uow, row_ids, now)
        uow.commit()


def requeue_in(uow: UnitOfWork, row_ids: Sequence[str], now: datetime) -> None:
    """The same in a unit of work that somebody else commits."""
    uow.outbox.stage_requeue(row_ids, now)


def retry(uow_factory: UnitOfWorkFactory, row_ids: Sequence[str] | None, actor: Actor, now: datetime) -> int:
    """Has these tried again, or with None everything that was given up; gives how many, and the audit keeps it."""
    with uow_factory() as uow:
        dead = [row.id for row in uow.outbox.dead(MOST_RETRIED) if row_ids is None or row.id in row_ids]
        if dead:
            requeue_in(uow, dead, now)
            uow.audit.record(actor, AuditAction.DELIVERIES_RETRIED, "delivery", dead[0] if len(dead) == 1 else None, now, {"count": len(dead)})
            uow.commit()
    return len(dead)


def _keys(row: OutboxRow) -> dict[str, Any]:
    return {"outbox_id": row.id, "channel": row.channel.value, "kind": row.kind.value, "attempts": row.attempts}
