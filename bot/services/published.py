"""What the office has published, live in this process: one number tells whether to read it again.

A message reads that number together with its conversation; pages look at it at most once a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from bot.admissions.publications import Publication
from bot.services.logs import log_failure
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

# What is published in another process is on this one's pages after at most this long, and in the next message at once.
LOOK_EVERY_S = 1.0

Knowledge = TypeVar("Knowledge")
_State = tuple[int, date]


class Published(Generic[Knowledge]):
    """The knowledge of this moment: built from what is published and from the day, kept until one of them changes."""

    def __init__(
        self, uow_factory: UnitOfWorkFactory, build: Callable[[Sequence[Publication], date], Knowledge],
        today: Callable[[], date], seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`build` may be slow; it runs in one thread at a time while the others go on with what was known before."""
        self._uow_factory, self._build, self._today, self._seconds = uow_factory, build, today, seconds
        self._guard = Lock()
        self._looked_at: float | None = None
        self._state: _State = (0, today())
        self._knowledge = build((), self._state[1])
        self._of_this_turn: ContextVar[Knowledge | None] = ContextVar("published_of_this_turn", default=None)

    def current(self) -> Knowledge:
        """What holds now; inside a `turn` what held at its start, so that a message is answered from one state."""
        held = self._of_this_turn.get()
        if held is not None:
            return held
        if self._is_due() and self._guard.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._guard.release()
        return self._knowledge

    @contextmanager
    def turn(self, uow: UnitOfWork | None = None) -> Iterator[Knowledge]:
        """Holds what is known for as long as one message is being answered.

        `uow` is the message's own: it has read the number with the conversation, so that looking costs nothing.
        """
        if uow is not None and self._guard.acquire(blocking=False):
            try:
                self._look(uow)
            finally:
                self._guard.release()
        knowledge = self.current()
        token = self._of_this_turn.set(knowledge)
        try:
            yield knowledge
        finally:
            self._of_this_turn.reset(token)

    def look_again(self) -> None:
        """Forgets when it looked last: whoever has just published sees it at once."""
        self._looked_at = None

    @property
    def version(self) -> tuple[int, date]:
        """Changes with what is known: for those who keep something made from it."""
        self.current()
        return self._state

    def _is_due(self) -> bool:
        return self._looked_at is None or self._seconds() - self._looked_at >= LOOK_EVERY_S

    def _look(self, own: UnitOfWork | None = None) -> None:
        self._looked_at = self._seconds()
        try:
            uow = self._uow_factory() if own is None else own
            state = (uow.publications.generation(), self._today())
            if state != self._state:
                # The number first: what is published in between is read now and once more at the next look.
                self._knowledge = self._build(uow.publications.published(), state[1])
                self._state = state
        except Exception as error:  # noqa: BLE001  (a lost database is told by whoever needs it; what was known still holds)
            log_failure("publications_unread", error)
