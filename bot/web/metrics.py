"""Counters of this process, in the text format that Prometheus reads. No label ever holds what a person gave."""

from __future__ import annotations

from collections import Counter
from threading import Lock

# A typed answer takes tens of milliseconds; beyond two seconds the person notices every time.
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
HELP = {
    "bot_turns_total": "Messages answered.",
    "bot_unanswered_total": "Messages for which the assistant had no answer.",
    "bot_conversations_total": "Conversations opened.",
    "bot_rate_limited_total": "Requests refused by a rate limit.",
    "bot_rate_limit_fallbacks_total": "Limits counted in this process because Redis did not answer.",
}


class Metrics:
    """Counts since the process started; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[str] = Counter(dict.fromkeys(HELP, 0))
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()

    def count(self, name: str) -> None:
        """Adds one to a counter of HELP."""
        with self._lock:
            self._counts[name] += 1

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one answered request under the route's template, never its address."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._answered[route] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]
            for bucket_s in BUCKETS_S:
                if seconds <= bucket_s:
                    self._buckets[route, bucket_s] += 1

    def text(self) -> str:
        """Everything counted, as one page."""
        with self._lock:
            return "\n".join([*self._counter_lines(), *self._request_lines(), *self._latency_lines(), ""])

    def _counter_lines(self) -> list[str]:
        return [
            line
            for name, words in HELP.items()
            for line in (f"# HELP {name} {words}", f"# TYPE {name} counter", f"{name} {self._counts[name]}")
        ]

    def _request_lines(self) -> list[str]:
        name = "bot_http_requests_total"
        return [f"# HELP {name} Requests answered.", f"# TYPE {name} counter"] + [
            f'{name}{{route="{route}",method="{method}",status="{status}"}} {count}'
            for (route, method, status), count in sorted(self._requests.items())
        ]

    def _latency_lines(self) -> list[str]:
        name = "bot_http_request_seconds"
        lines = [f"# HELP {name} Time to answer a request.", f"# TYPE {name} histogram"]
        for route in sorted(self._answered):
            for bucket_s in BUCKETS_S:
                lines.append(f'{name}_bucket{{route="{route}",le="{bucket_s}"}} {self._buckets[route, bucket_s]}')
            lines.append(f'{name}_bucket{{route="{route}",le="+Inf"}} {self._answered[route]}')
            lines.append(f'{name}_sum{{route="{route}"}} {self._seconds[route]:.6f}')
            lines.append(f'{name}_count{{route="{route}"}} {self._answered[route]}')
        return lines
