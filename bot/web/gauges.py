"""What /metrics shows beside the counters: the state of the database's work, and of this process."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from bot.admissions.channels import Channel
from bot.services.logs import log_failure
from bot.web.metrics import Gauge

OUTBOX_STATES = ("pending", "delivered", "dead", "skipped")
STARTED_AT = time.time()


class Measures(Protocol):
    """What operators watch in the database: figures only, nothing that names anybody."""

    @property
    def outbox(self) -> Mapping[tuple[str, str], int]: ...
    @property
    def oldest_pending_s(self) -> Mapping[str, float]: ...
    @property
    def leads(self) -> Mapping[tuple[str, str], int]: ...
    @property
    def job_late_s(self) -> Mapping[str, float]: ...
    @property
    def job_attempts(self) -> Mapping[str, int]: ...


def database_gauges(read: Callable[[], Measures] | None) -> list[Gauge]:
    """The figures of the database; of a database that does not answer, only that."""
    if read is None:
        return []
    try:
        measures = read()
    except Exception as error:  # noqa: BLE001 whatever is wrong with the database, the other figures must be seen
        log_failure("measures_failed", error)
        return [_single("bot_database_up", "Whether the database answered when the figures were read.", 0)]
    return [_single("bot_database_up", "Whether the database answered when the figures were read.", 1), *_measured(measures)]


def process_gauges() -> list[Gauge]:
    """This process, under the names that every Prometheus client uses."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    gauges = [
        _single("process_start_time_seconds", "When this process started, in seconds since 1970.", STARTED_AT),
        _single("process_cpu_seconds_total", "Processor time used by this process.", usage.ru_utime + usage.ru_stime),
    ]
    statm, descriptors = Path("/proc/self/statm"), Path("/proc/self/fd")
    if statm.is_file():
        resident = int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        gauges.append(_single("process_resident_memory_bytes", "Memory in use by this process.", resident))
        gauges.append(_single("process_open_fds", "Files and connections open in this process.", sum(1 for _ in descriptors.iterdir())))
    return gauges


def _measured(measures: Measures) -> Iterator[Gauge]:
    rows = {(channel.value, state): 0 for channel in Channel for state in OUTBOX_STATES} | dict(measures.outbox)
    ages = dict.fromkeys((channel.value for channel in Channel), 0.0) | dict(measures.oldest_pending_s)
    yield Gauge(
        "bot_outbox_rows",
        "Announcements of leads, by channel and state.",
        {(("channel", channel), ("state", state)): count for (channel, state), count in rows.items()},
    )
    yield _by("bot_outbox_oldest_pending_seconds", "Age of the oldest announcement that has not left.", "channel", ages)
    yield Gauge(
        "bot_leads",
        "Leads kept, by state and verdict.",
        {(("state", state), ("verdict", verdict)): count for (state, verdict), count in measures.leads.items()},
    )
    yield _by("bot_job_late_seconds", "How long a job has been due without having run.", "job", measures.job_late_s)
    yield _by("bot_job_failed_attempts", "Failures in a row of a job.", "job", measures.job_attempts)


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> Gauge:
    return Gauge(name, words, {((label, key),): value for key, value in values.items()})


def _single(name: str, words: str, value: float) -> Gauge:
    return Gauge(name, words, {(): value})
