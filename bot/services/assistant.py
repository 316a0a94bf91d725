"""The services an action may call, in one place: the knowledge base, the clock, the storage of the current message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.admissions.eligibility_rules import Rules
from bot.services.answer import KnowledgeBase
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory
from bot.services.turn import current_turn


@dataclass(frozen=True)
class Assistant:
    """Wired by `bootstrap`; tests wire fakes."""

    base: KnowledgeBase
    rules: Rules
    uow_factory: UnitOfWorkFactory
    clock: Callable[[], datetime]
    timezone: ZoneInfo
    read_contact: Any  # bot.nlu.contact: read_email, read_phone, looks_like_email

    def today(self) -> date:
        """The date in the office's time zone: what answers that depend on the day use."""
        turn = current_turn.get()
        return (turn.now if turn else self.clock()).astimezone(self.timezone).date()

    def now(self) -> datetime:
        turn = current_turn.get()
        return turn.now if turn else self.clock()

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """The current message's unit of work, committed by whoever began it; outside a message, one of its own."""
        turn = current_turn.get()
        if turn is not None:
            yield turn.uow
            return
        with self.uow_factory() as uow:
            yield uow
            uow.commit()
