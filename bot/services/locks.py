"""One turn at a time per conversation inside a process; between processes the stored version decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary


class ConversationLocks:
    """A lock per conversation, forgotten once nobody holds it or waits for it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    @contextmanager
    def holding(self, conversation_id: str) -> Iterator[None]:
        """Waits for the turns of this conversation that came before."""
        with self._guard:
            lock = self._locks.get(conversation_id)
            if lock is None:
                lock = self._locks[conversation_id] = Lock()
        with lock:
            yield
