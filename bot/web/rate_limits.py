"""How many requests one conversation and one address may make; shared through Redis when it is set.

A lost Redis never closes the service: limits are then counted in this process, and a metric says so.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from bot.services.logs import log_event
from bot.web.metrics import Metrics
from bot.web.problems import RATE_LIMITED, Refusal

ADDRESS_FACTOR = 10
REDIS_TIMEOUT_S = 0.25
# While Redis is away, each attempt costs its timeout: most requests must not pay it.
REDIS_RETRY_AFTER_S = 10


class RateLimits:
    """Counts hits. `limit` is like "60/minute"; None counts nothing."""

    def __init__(
        self,
        limit: str | None,
        redis_url: str | None,
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = None if limit is None else parse(limit)
        self._metrics = metrics
        self._monotonic = monotonic
        self._local = _Window(MemoryStorage())
        self._shared = None if redis_url is None else _Window(_redis(redis_url))
        self._shared_again_at = 0.0

    @property
    def is_remote(self) -> bool:
        """Whether counting requests may wait for the network."""
        return self._limit is not None and self.is_shared

    @property
    def is_shared(self) -> bool:
        """Whether any counting may wait for the network."""
        return self._shared is not None

    def hit_conversation(self, conversation_id: str) -> None:
        """Counts one message. Raises: Refusal beyond the limit, saying when to try again."""
        if self._limit is not None:
            self.hit(self._limit, "conversation", conversation_id)

    def hit_address(self, address: str) -> None:
        """Counts one request of an address, which may carry several conversations. Raises: Refusal beyond."""
        if self._limit is not None:
            limit = type(self._limit)(self._limit.amount * ADDRESS_FACTOR, self._limit.multiples)
            self.hit(limit, "address", address)

    def hit(self, limit: RateLimitItem, kind: str, key: str) -> None:
        """Counts one of its kind, whatever the settings say of requests. Raises: Refusal beyond the limit."""
        wait_s = self._wait_s(limit, kind, key)
        if wait_s is not None:
            self._metrics.count("bot_rate_limited_total")
            raise Refusal(RATE_LIMITED, retry_after_s=wait_s)

    def forget(self, limit: RateLimitItem, kind: str, key: str) -> None:
        """Begins the count of this key again."""
        self._local.forget(limit, kind, key)
        if self._shared is not None and self._monotonic() >= self._shared_again_at:
            with suppress(RedisError):
                self._shared.forget(limit, kind, key)

    def _wait_s(self, limit: RateLimitItem, kind: str, key: str) -> int | None:
        if self._shared is not None and self._monotonic() >= self._shared_again_at:
            try:
                return self._shared.wait_s(limit, kind, key)
            except RedisError as error:
                self._shared_again_at = self._monotonic() + REDIS_RETRY_AFTER_S
                log_event("rate_limits_fell_back", logging.WARNING, error=type(error).__name__)
        if self._shared is not None:
            self._metrics.count("bot_rate_limit_fallbacks_total")
        return self._local.wait_s(limit, kind, key)


class _Window:
    """One place where hits are counted."""

    def __init__(self, storage: Storage) -> None:
        # The limiter keeps only a weak reference to its storage.
        self._storage = storage
        self._limiter = FixedWindowRateLimiter(storage)

    def wait_s(self, limit: RateLimitItem, kind: str, key: str) -> int | None:
        """Counts a hit; the seconds to wait when it is one too many, at least 1, else None."""
        if self._limiter.hit(limit, kind, key):
            return None
        reset_at, _remaining = self._limiter.get_window_stats(limit, kind, key)
        return max(1, math.ceil(float(reset_at) - time.time()))

    def forget(self, limit: RateLimitItem, kind: str, key: str) -> None:
        """Removes the count."""
        self._limiter.clear(limit, kind, key)


def _redis(url: str) -> Storage:
    return RedisStorage(url, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S)
