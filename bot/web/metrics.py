"""Counters of this process, in the text format that Prometheus reads. No label ever holds what a person gave.

Labels are closed sets, or capped: what comes after `MOST_VALUES` different values of one metric is counted as « other ».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

# A typed answer takes tens of milliseconds; beyond two seconds the person notices every time.
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
MOST_VALUES = 200
OTHER = "other"
REQUESTS, LATENCY = "bot_http_requests_total", "bot_http_request_seconds"

COUNTERS: Mapping[str, tuple[str, str | None]] = {
    "bot_turns_total": ("Messages answered.", None),
    "bot_intents_total": ("Messages answered, by the intent that was heard.", "intent"),
    "bot_unanswered_total": ("Messages for which the assistant had no answer.", None),
    "bot_verdicts_total": ("Indicative verdicts given, in conversation and in the form.", "verdict"),
    "bot_conversations_total": ("Conversations opened.", None),
    "bot_rate_limited_total": ("Requests refused by a rate limit.", None),
    "bot_rate_limit_fallbacks_total": ("Limits counted in this process because Redis did not answer.", None),
    "bot_database_errors_total": ("Requests and passes of jobs given up because of the database, by cause.", "cause"),
    "bot_jobs_failed_total": ("Passes over the due jobs that failed as a whole.", None),
    "bot_slow_clients_total": ("Connections closed because their request did not come in time.", None),
}


@dataclass(frozen=True)
class Gauge:
    """What something measures now: `values` by its labels, each a tuple of (name, value)."""

    name: str
    words: str
    values: Mapping[tuple[tuple[str, str], ...], float]


class Metrics:
    """Counts since the process started; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in COUNTERS}
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}
        self._answered: Counter[str] = Counter()

    def count(self, name: str, label: str = "") -> None:
        """Adds one to a counter of COUNTERS, under the value of its label if it has one."""
        with self._lock:
            counts = self._counts[name]
            counts[label if label in counts or len(counts) < MOST_VALUES else OTHER] += 1

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one answered request under the route's template, never its address."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._answered[route] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for bucket_s in BUCKETS_S:
                if seconds <= bucket_s:
                    self._buckets[route, bucket_s] += 1

    def text(self, gauges: Iterable[Gauge] = ()) -> str:
        """Everything counted, and what the gauges show, as one page."""
        with self._lock:
            lines = [*self._counter_lines(), *self._request_lines(), *self._latency_lines()]
        return "\n".join([*lines, *(line for gauge in gauges for line in _gauge_lines(gauge)), ""])

    def _counter_lines(self) -> list[str]:
        lines = []
        for name, (words, label) in COUNTERS.items():
            lines += [f"# HELP {name} {words}", f"# TYPE {name} counter"]
            counts = self._counts[name]
            lines += [f"{name} {counts['']}"] if label is None else [
                f'{name}{{{label}="{escaped(value)}"}} {count}' for value, count in sorted(counts.items())
            ]
        return lines

    def _request_lines(self) -> list[str]:
        return [f"# HELP {REQUESTS} Requests answered.", f"# TYPE {REQUESTS} counter"] + [
            f'{REQUESTS}{{route="{route}",method="{method}",status="{status}"}} {count}'
            for (route, method, status), count in sorted(self._requests.items())
        ]

    def _latency_lines(self) -> list[str]:
        lines = [f"# HELP {LATENCY} Time to answer a request.", f"# TYPE {LATENCY} histogram"]
        for route in sorted(self._answered):
            for bucket_s in BUCKETS_S:
                lines.append(f'{LATENCY}_bucket{{route="{route}",le="{bucket_s}"}} {self._buckets[route, bucket_s]}')
            lines.append(f'{LATENCY}_bucket{{route="{route}",le="+Inf"}} {self._answered[route]}')
            lines.append(f'{LATENCY}_sum{{route="{route}"}} {self._seconds[route]:.6f}')
            lines.append(f'{LATENCY}_count{{route="{route}"}} {self._answered[route]}')
        return lines


def escaped(value: str) -> str:
    """A label's value as the format wants it."""
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _gauge_lines(gauge: Gauge) -> list[str]:
    kind = "counter" if gauge.name.endswith("_total") else "gauge"
    lines = [f"# HELP {gauge.name} {gauge.words}", f"# TYPE {gauge.name} {kind}"]
    for labels, value in gauge.values.items():
        named = ",".join(f'{name}="{escaped(text)}"' for name, text in labels)
        lines.append(f"{gauge.name}{{{named}}} {value:g}" if named else f"{gauge.name} {value:.15g}")
    return lines
