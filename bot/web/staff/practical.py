"""Practical information: what the record does not say and the office knows, published with its source and last day."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.staff import Role
from bot.services.practical_values import ValueEntries, answers_of, practical_value, practical_values, preview_value, publish_value, withdraw_value
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.knowledge import ORIGIN_FIELDS, SHARED, desk_of, not_found, seen
from bot.web.staff.rendering import back, render

PRACTICAL = "/staff/pratique"


@staff_page()
async def get_practical(request: StaffRequest) -> Response:
    """Every entry, with what is said now."""
    return render(request, "staff/practical.html", {"values": await request.web.work(practical_values, desk_of(request), request.now)})


@staff_page()
async def get_value(request: StaffRequest) -> Response:
    """One entry: its form, the answers that say it, its history."""
    return await _page(request)


@staff_action(Role.ADMIN)
async def post_value(request: StaffRequest) -> Response:
    """Shown first, then published."""
    name, form = request.path_params["name"], request.form
    entries = ValueEntries(*(form.get(field, "") for field in ("value", *ORIGIN_FIELDS)))
    version = form.get("version", "")
    proof = seen((name, entries.value, entries.source, entries.read_on, entries.expires_on, version))
    try:
        if form.get("previewed") != proof:
            previews = await request.web.work(preview_value, desk_of(request), name, entries, request.actor, request.now)
            return await _page(request, {"previews": previews, "previewed": proof})
        await request.web.work(publish_value, desk_of(request), name, entries, version, request.actor, request.now)
    except InputError as error:
        return await _page(request, {"problem": error.message}, 422)
    except EditedMeanwhile as error:
        return back(request, f"{PRACTICAL}/{name}", error.message, is_error=True)
    return back(request, PRACTICAL, "L'information est en ligne.")


@staff_action(Role.ADMIN)
async def post_withdraw(request: StaffRequest) -> Response:
    """« Je ne sais pas » again."""
    name = request.path_params["name"]
    try:
        await request.web.work(withdraw_value, desk_of(request), name, request.form.get("version", ""), request.actor, request.now)
    except EditedMeanwhile as error:
        return back(request, f"{PRACTICAL}/{name}", error.message, is_error=True)
    return back(request, PRACTICAL, "L'information est retirée : l'assistant dit de nouveau qu'il ne sait pas.")


async def _page(request: StaffRequest, context: dict[str, Any] | None = None, status: int = 200) -> Response:
    desk, name = desk_of(request), request.path_params["name"]
    try:
        value, history = await request.web.work(practical_value, desk, name, request.now)
    except InputError:
        raise not_found() from None
    today = desk.today(request.now).isoformat()
    filled = {
        "value": value, "history": history, "answers": answers_of(desk, name), "entries": _entries(request, value.published, today),
        "version": request.form.get("version") or (value.published.id if value.published else ""), "problem": None, "previews": (), "previewed": "",
        "today": today, **SHARED,
    }
    return render(request, "staff/practical_value.html", {**filled, **(context or {})}, status)


def _entries(request: StaffRequest, published: Any, today: str) -> dict[str, str]:
    """The form as sent, else as published."""
    if request.fields:
        return {name: request.form.get(name, "") for name in ("value", *ORIGIN_FIELDS)}
    if published is None:
        return {"value": "", "source": "", "read_on": today, "expires_on": ""}
    days = {name: getattr(published, name).isoformat() for name in ("read_on", "expires_on")}
    return {"value": published.body["value"], "source": published.source, **days}


ROUTES = [
    Route(PRACTICAL, get_practical),
    Route(f"{PRACTICAL}/{{name}}", get_value),
    Route(f"{PRACTICAL}/{{name}}", post_value, methods=["POST"]),
    Route(f"{PRACTICAL}/{{name}}/retirer", post_withdraw, methods=["POST"]),
]
