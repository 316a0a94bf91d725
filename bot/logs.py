"""Logging of the whole program: our events at the wanted level, libraries only when they fail.

Rasa logs through structlog, and at its default level prints what people type: it is set here before anything of Rasa runs.
"""

from __future__ import annotations

import logging
import sys
import warnings

import structlog

from bot.services.logs import configure_logs

_LIBRARIES = ("rasa", "rasa_sdk", "matplotlib", "apscheduler", "alembic", "absl", "tensorflow")


def quiet_libraries(level: str) -> None:
    """`level` (debug, info…) is for our own events; they go to stderr, one line each."""
    configure_logs(level)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.ERROR)
    # Rasa's pins use what later versions of their own dependencies deprecate: noise for whoever serves.
    # Sanic, imported by Rasa, sets its own filters again: what is shown is replaced, not what is filtered.
    warnings.showwarning = lambda *_arguments, **_keywords: None
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR), logger_factory=structlog.PrintLoggerFactory(sys.stderr))
