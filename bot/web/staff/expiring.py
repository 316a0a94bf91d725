"""What expires: practical information, answers written by the office, corrections to look at, the registration itself."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.services.expiring import SOON_DAYS, DeadlineKind, deadlines
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.knowledge import desk_of
from bot.web.staff.rendering import render

PATHS = {
    DeadlineKind.PRACTICAL: "/staff/pratique/",
    DeadlineKind.ADDITION: "/staff/questions/ajouts/",
    DeadlineKind.CORRECTION: "/staff/reponses/",
    DeadlineKind.REGISTRATION: None,
}


@staff_page()
async def get_deadlines(request: StaffRequest) -> Response:
    """The nearest first."""
    found = await request.web.work(deadlines, desk_of(request), request.now)
    return render(request, "staff/deadlines.html", {"deadlines": found, "paths": PATHS, "soon_days": SOON_DAYS})


ROUTES = [Route("/staff/echeances", get_deadlines)]
