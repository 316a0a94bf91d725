"""The thread that runs due jobs while the application serves.

A daemon of its own rather than a worker of the pool: one that waits for a mail server must not keep a process that was
told to stop. What it leaves in the middle is claimed again by another process once its lease has run out.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from bot.admissions.errors import StorageUnavailable
from bot.services.logs import log_failure
from bot.web.metrics import Metrics
from bot.web.observation import note_storage_failure

JOBS_EVERY_S = 60.0
# A pass that is nearly done may end; the rest of the ten seconds that a stop may take belongs to answers.
FAREWELL_S = 2.0


class JobThread:
    """Runs `run_due_jobs` at once and then every minute, until it is stopped."""

    def __init__(self, run_due_jobs: Callable[[], object], metrics: Metrics) -> None:
        self._run_due_jobs = run_due_jobs
        self._metrics = metrics
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="due jobs", daemon=True)

    def start(self) -> None:
        """Begins the first pass."""
        self._thread.start()

    def stop(self) -> None:
        """No further pass; waits a little for the present one."""
        self._stopping.set()
        self._thread.join(FAREWELL_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._run_due_jobs()
            except Exception as error:  # noqa: BLE001 the database may be away for a minute; the loop must outlive it
                self._note(error)
            self._stopping.wait(JOBS_EVERY_S)

    def _note(self, error: Exception) -> None:
        self._metrics.count("bot_jobs_failed_total")
        if isinstance(error, StorageUnavailable):
            note_storage_failure(self._metrics, error)
        else:
            log_failure("jobs_failed", error)
