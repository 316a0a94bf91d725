"""Outermost of ours: counts and logs each request, and turns what nobody expected into a problem.

It stands inside Starlette's own error handling because that one raises the error again, and the server
would then print it with whatever it quotes.
"""

from __future__ import annotations

import logging
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.admissions.errors import StorageUnavailable
from bot.services.logs import log_event, log_failure
from bot.web.metrics import Metrics
from bot.web.problems import INTERNAL, Refusal, problem_response, refusal_for

UNKNOWN_ROUTE = "unknown"
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})


class Observation:
    """Keys of a request are its route's template and its conversation's id, never its address or content."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                has_started.append(True)
            await send(message)

        has_started: list[bool] = []
        try:
            await self._app(scope, receive, send_and_note)
        except ClientDisconnect:
            # Nobody is left to answer; a request that was not read whole changed nothing.
            status = 499
        except Exception as error:  # noqa: BLE001 the last place where it can become an answer
            await self._answer_failure(error, scope, receive, send_and_note, bool(has_started))
        self._note(scope, status, time.perf_counter() - started)

    async def _answer_failure(
        self, error: Exception, scope: Scope, receive: Receive, send: Send, has_started: bool
    ) -> None:
        refusal = refusal_for(error)
        if isinstance(error, StorageUnavailable):
            note_storage_failure(self._metrics, error, scope)
        if refusal is None:
            log_failure("request_failed", error, conversation=_conversation(scope))
            refusal = Refusal(INTERNAL)
        if not has_started:
            await problem_response(refusal)(scope, receive, send)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or UNKNOWN_ROUTE
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._metrics.observe(route, method, status, seconds)
        level = logging.WARNING if status >= 500 else logging.INFO
        log_event(
            "request_answered",
            level,
            route=route,
            method=method,
            status=status,
            duration_ms=round(seconds * 1000, 1),
            conversation=_conversation(scope),
        )


def note_storage_failure(metrics: Metrics, error: StorageUnavailable, scope: Scope | None = None) -> None:
    """Counts and logs a database that did not answer, with the cause that its driver gives."""
    metrics.count("bot_database_errors_total", error.cause)
    log_event("database_failed", logging.ERROR, cause=error.cause, conversation=_conversation(scope or {}))


def _conversation(scope: Scope) -> str | None:
    conversation_id: str | None = scope.get("state", {}).get("conversation_id")
    return conversation_id
