"""What operators and programs ask: health, metrics, the description of the API."""

from __future__ import annotations

import hmac

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.services.logs import log_failure
from bot.web.addresses import is_local_and_direct
from bot.web.context import web_of
from bot.web.gauges import database_gauges, process_gauges
from bot.web.incoming import bearer
from bot.web.problems import NOT_FOUND, UNAVAILABLE, UNAVAILABLE_RETRY_AFTER_S, Refusal

PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8"


async def get_live(_request: Request) -> Response:
    """200 while the process runs."""
    return JSONResponse({"status": "live"})


async def get_ready(request: Request) -> Response:
    """200 only when model and database answer; it has its own thread, so that busy turns do not hide it."""
    if not await to_thread.run_sync(_is_ready, request):
        raise Refusal(UNAVAILABLE, UNAVAILABLE_RETRY_AFTER_S)
    return JSONResponse({"status": "ready"})


async def get_metrics(request: Request) -> Response:
    """The counters and the state of things, for whoever holds the token; without one set, for this machine only."""
    web = web_of(request)
    if not _may_read_metrics(request, web.services.settings.metrics_token):
        raise Refusal(NOT_FOUND)
    gauges = await to_thread.run_sync(database_gauges, web.services.measures)
    return PlainTextResponse(web.metrics.text([*gauges, *process_gauges()]), media_type=PROMETHEUS_TEXT)


def _is_ready(request: Request) -> bool:
    try:
        return web_of(request).services.is_ready()
    except Exception as error:  # noqa: BLE001 whatever does not answer, the answer is no
        log_failure("readiness_failed", error)
        return False


def _may_read_metrics(request: Request, token: str | None) -> bool:
    if token is None:
        return is_local_and_direct(request)
    try:
        return hmac.compare_digest(bearer(request).encode(), token.encode())
    except Refusal:
        return False
