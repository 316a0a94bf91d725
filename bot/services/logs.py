"""Log lines: an event's name and keys, as one JSON object a line.

Never what a person typed, a name, an e-mail or a phone number: callers give ids, counts, types and places.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

LOGGER = logging.getLogger("bot")
OWN_PACKAGE = f"{Path(__file__).parent.parent}/"
# Start and stop only; it never logs a request once its access log is off.
TRUSTED_LIBRARIES = ("uvicorn",)

# The conversation that this thread or task is working for: on every line of it, whoever writes the line.
current_conversation: ContextVar[str | None] = ContextVar("current_conversation", default=None)

Key = str | int | float | bool | None


def log_event(name: str, level: int = logging.INFO, **keys: Key) -> None:
    """Writes one line; `name` says what happened, in the past tense."""
    keys.setdefault("conversation", current_conversation.get())
    words = [name, *(f"{key}={value}" for key, value in keys.items() if value is not None)]
    # The words serve any other formatter; percent signs in them are not placeholders.
    LOGGER.log(level, "%s", " ".join(words), extra={"event": name, "keys": keys})


def log_failure(name: str, error: BaseException, **keys: Key) -> None:
    """Writes where an unexpected error came from, without its message, which may quote what was typed."""
    log_event(name, logging.ERROR, error=type(error).__name__, where=_own_place(error), **keys)


def configure_logs(level: str) -> None:
    """Sends every logger of the process to standard error through JsonLines; `level` is ours alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOGGER.setLevel(level.upper())


class JsonLines(logging.Formatter):
    """One JSON object a line; a library's words are left out because they may quote a message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Key] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        name, _, _ = record.name.partition(".")
        if name == LOGGER.name:
            is_event = hasattr(record, "event")
            line |= {"event": vars(record)["event"], **vars(record)["keys"]} if is_event else {"event": "noted", "message": record.getMessage()}
        elif name in TRUSTED_LIBRARIES:
            line |= {"event": "server", "message": record.getMessage()}
        else:
            line |= {"event": "library_spoke", "logger": record.name, "where": f"{record.filename}:{record.lineno}"}
        return json.dumps(line, ensure_ascii=False, default=str)


def _own_place(error: BaseException) -> str:
    """The innermost line of ours that the error went through, else the innermost of all."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(OWN_PACKAGE)] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno} {own[-1].name}" if own else "unknown"
