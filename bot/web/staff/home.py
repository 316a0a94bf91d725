"""The first page: what waits for somebody today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.responses import Response
from starlette.routing import Route

from bot.services.logs import log_failure
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.rendering import render
from bot.web.staff.services import ToDo


@staff_page()
async def get_home(request: StaffRequest) -> Response:
    """Counts with links, the urgent ones first."""
    found = await request.web.work(_to_do, request.services.to_do, request.now)
    return render(request, "staff/home.html", {"to_do": found})


def _to_do(sources: Sequence[Callable[[datetime], Sequence[ToDo]]], now: datetime) -> list[ToDo]:
    """What every area counts; one that fails leaves the others their place."""
    found: list[ToDo] = []
    for source in sources:
        try:
            found += source(now)
        except Exception as error:  # noqa: BLE001  (the way to the other pages must stay open)
            log_failure("to_do_failed", error)
    return sorted((item for item in found if item.count > 0), key=lambda item: not item.is_urgent)


ROUTES = [Route("/staff/", get_home)]
