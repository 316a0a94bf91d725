"""The outbox as those who deliver see it: a row is claimed for a while by one worker, then settled.

Each call is its own short transaction; none is open while something is being sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.admissions.channels import Channel, Event
from bot.storage.engine import writing
from bot.storage.outbox import DEAD, DELIVERED, PENDING, SKIPPED, record_of
from bot.storage.records import OutboxRecord
from bot.storage.tables import outbox, recaps_sent


class DeliveryStore:
    """Satisfies bot.services.outbox.DeliveryStore on both databases."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, channel: Channel, now: datetime, lease: timedelta) -> OutboxRecord | None:
        """Holds for `lease` the row of this channel that is due first, counting the attempt; None when there is none.

        A lead's rows leave in the order of its changes: one waits while an earlier one is still pending.
        """
        earlier = outbox.alias("earlier")
        is_waiting = (
            select(earlier.c.id)
            .where(
                earlier.c.lead_id == outbox.c.lead_id,
                earlier.c.channel == outbox.c.channel,
                earlier.c.state == PENDING,
                earlier.c.lead_version < outbox.c.lead_version,
            )
            .exists()
        )
        is_free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now)
        is_due = (outbox.c.state == PENDING) & (outbox.c.channel == channel.value) & (outbox.c.due_at <= now)
        first = select(outbox).where(is_due, is_free, ~is_waiting).order_by(outbox.c.due_at, outbox.c.created_at).limit(1)
        with writing(self._engine) as connection:
            # SQLite leaves the clause out: its write lock, taken when the transaction opens, does the same.
            row = connection.execute(first.with_for_update(skip_locked=True, of=outbox)).first()
            if row is None:
                return None
            held = {"claimed_until": now + lease, "attempts": row.attempts + 1}
            connection.execute(update(outbox).where(outbox.c.id == row.id).values(held))
            claimed = select(outbox).where(outbox.c.id == row.id)
            return record_of(connection.execute(claimed).one())

    def deliver(self, row: OutboxRecord, now: datetime) -> None:
        """The row has arrived."""
        self._settle(row, DELIVERED, None, now)

    def skip(self, row: OutboxRecord, reason: str, now: datetime) -> None:
        """The row has nowhere to go and will not be tried again."""
        self._settle(row, SKIPPED, reason, now)

    def bury(self, row: OutboxRecord, reason: str, now: datetime) -> None:
        """The row is given up until somebody requeues it."""
        self._give_back(row, {"state": DEAD, "reason": reason, "settled_at": now})

    def postpone(self, row: OutboxRecord, reason: str, due_at: datetime) -> None:
        """The row is given back, to be tried again at `due_at`."""
        self._give_back(row, {"reason": reason, "due_at": due_at})

    def skip_closed(self, open_channels: Collection[Channel], before: datetime, reason: str, now: datetime) -> int:
        """Skips rows older than `before` of channels that are no longer open; gives their number."""
        names = [channel.value for channel in open_channels]
        is_closed = (outbox.c.state == PENDING) & outbox.c.channel.not_in(names) & (outbox.c.created_at <= before)
        with writing(self._engine) as connection:
            gone = int(connection.execute(delete(outbox).where(is_closed, outbox.c.kind == Event.ERASED.value)).rowcount)
            values = {"state": SKIPPED, "reason": reason, "settled_at": now, "claimed_until": None}
            return gone + int(connection.execute(update(outbox).where(is_closed).values(values)).rowcount)

    def reserve_recap(self, row_id: str, address_hash: str, now: datetime, limit: int, window: timedelta) -> bool:
        """Counts one recap for an address, unless it has had `limit` in the last `window`; a retry counts once."""
        with writing(self._engine) as connection:
            _lock_counts(connection)
            connection.execute(delete(recaps_sent).where(recaps_sent.c.at <= now - window))
            if connection.execute(select(recaps_sent.c.at).where(recaps_sent.c.outbox_id == row_id)).first():
                return True
            sent = select(func.count()).where(recaps_sent.c.address_hash == address_hash)
            if int(connection.execute(sent).scalar_one()) >= limit:
                return False
            connection.execute(insert(recaps_sent).values(outbox_id=row_id, address_hash=address_hash, at=now))
            return True

    def forget_recaps(self, before: datetime) -> None:
        """Removes the counts that no longer limit anything."""
        with writing(self._engine) as connection:
            connection.execute(delete(recaps_sent).where(recaps_sent.c.at <= before))

    def _settle(self, row: OutboxRecord, state: str, reason: str | None, now: datetime) -> None:
        # Whoever holds the claim by now: what has arrived must not leave again.
        is_it = (outbox.c.id == row.id) & (outbox.c.state == PENDING)
        with writing(self._engine) as connection:
            if row.kind is Event.ERASED:
                # The lead is gone, and so is now the last thing that named it.
                connection.execute(delete(outbox).where(is_it))
                return
            values = {"state": state, "reason": reason, "settled_at": now, "claimed_until": None}
            connection.execute(update(outbox).where(is_it).values(values))

    def _give_back(self, row: OutboxRecord, values: dict[str, Any]) -> None:
        # A claim that ran out may have been taken by another worker: its row is no longer ours.
        still_ours = (outbox.c.id == row.id) & (outbox.c.claimed_until == row.claimed_until)
        with writing(self._engine) as connection:
            connection.execute(update(outbox).where(still_ours).values(values | {"claimed_until": None}))


def _lock_counts(connection: Connection) -> None:
    """Two workers must not both find room for the last one; SQLite's transaction already holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE recaps_sent IN SHARE ROW EXCLUSIVE MODE")
