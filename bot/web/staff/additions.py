"""What the office has added: who and when, until when; changed, withdrawn, or written without waiting for a question."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.publications import Publication
from bot.admissions.staff import Role
from bot.services.additions import addition, additions, change_addition, withdraw_addition
from bot.services.inbox import write_answer
from bot.web.problems import NOT_FOUND, Refusal
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.knowledge import SHARED, desk_of, seen, topic_choices, written_of
from bot.web.staff.rendering import back, render

ADDITIONS = "/staff/questions/ajouts"


@staff_page()
async def get_additions(request: StaffRequest) -> Response:
    """Those published, and those withdrawn."""
    desk = desk_of(request)
    published, withdrawn = await request.web.work(additions, desk)
    context = {"published": published, "withdrawn": withdrawn, "title_of": desk.editor.title, "today": desk.today(request.now)}
    return render(request, "staff/additions.html", context)


@staff_page(Role.ADMIN)
async def get_new(request: StaffRequest) -> Response:
    """An answer to a question that nobody has asked yet."""
    return _page(request, None)


@staff_action(Role.ADMIN)
async def post_new(request: StaffRequest) -> Response:
    """Shown first, then published."""
    return await _save(request, None)


@staff_page()
async def get_addition(request: StaffRequest) -> Response:
    """One addition, its form and its history."""
    current, history = await request.web.work(addition, desk_of(request), request.path_params["subject"])
    if not history:
        raise Refusal(NOT_FOUND)
    return _page(request, current, {"history": history})


@staff_action(Role.ADMIN)
async def post_addition(request: StaffRequest) -> Response:
    """Another version."""
    current, _ = await request.web.work(addition, desk_of(request), request.path_params["subject"])
    if current is None:
        raise Refusal(NOT_FOUND)
    return await _save(request, current)


@staff_action(Role.ADMIN)
async def post_withdraw(request: StaffRequest) -> Response:
    """Ends it: its questions come back to the inbox."""
    subject, version = request.path_params["subject"], request.form.get("version", "")
    try:
        await request.web.work(withdraw_addition, desk_of(request), subject, version, request.actor, request.now)
    except EditedMeanwhile as error:
        return back(request, f"{ADDITIONS}/{subject}", error.message, is_error=True)
    return back(request, ADDITIONS, "Cet ajout est retiré. Les questions auxquelles il répondait sont revenues dans la liste.")


async def _save(request: StaffRequest, current: Publication | None) -> Response:
    desk, written, form = desk_of(request), written_of(request), request.form
    is_written = current is None or "text" in current.body
    proof = seen((form.get("phrases", ""), written.title, written.text, written.source, written.read_on, written.expires_on))
    try:
        if is_written and form.get("previewed") != proof:
            preview = await request.web.work(_previewed, request)
            return _page(request, current, {"preview": preview, "previewed": proof})
        if current is None:
            await request.web.work(write_answer, desk, (), form.get("phrases", ""), written, request.actor, request.now)
        else:
            change = (desk, current.subject, form.get("version", ""), form.get("phrases", ""), form.get("card", ""), written)
            await request.web.work(change_addition, *change, request.actor, request.now)
    except InputError as error:
        return _page(request, current, {"problem": error.message}, 422)
    except EditedMeanwhile as error:
        return back(request, f"{ADDITIONS}/{request.path_params['subject']}", error.message, is_error=True)
    return back(request, ADDITIONS, "C'est en ligne.")


def _previewed(request: StaffRequest) -> Any:
    from bot.web.staff.inbox import previewed

    return previewed(request, written_of(request))


def _page(request: StaffRequest, current: Publication | None, context: dict[str, Any] | None = None, status: int = 200) -> Response:
    desk = desk_of(request)
    today = desk.today(request.now).isoformat()
    filled = {
        "current": current, "history": (), "topics": topic_choices(desk), "title_of": desk.editor.title, "form": request.form, "problem": None,
        "preview": None, "previewed": "", "today": today, "entries": _entries(request, current, today),
        "is_new": "subject" not in request.path_params, **SHARED,
    }
    return render(request, "staff/addition.html", {**filled, **(context or {})}, status)


def _entries(request: StaffRequest, current: Publication | None, today: str) -> dict[str, str]:
    """The form as sent, else as published."""
    names = ("phrases", "card", "title", "text", "source", "read_on", "expires_on")
    if request.fields:
        return {name: request.form.get(name, "") for name in names}
    if current is None:
        return dict.fromkeys(names, "") | {"read_on": today}
    stored = {
        "phrases": "\n".join(current.body["phrases"]), "source": current.source or "",
        "read_on": current.read_on.isoformat() if current.read_on else "", "expires_on": current.expires_on.isoformat() if current.expires_on else "",
    }
    return {name: str(stored.get(name, current.body.get(name, ""))) for name in names}


ROUTES = [
    Route(ADDITIONS, get_additions),
    Route(f"{ADDITIONS}/nouveau", get_new),
    Route(f"{ADDITIONS}/nouveau", post_new, methods=["POST"]),
    Route(f"{ADDITIONS}/{{subject}}", get_addition),
    Route(f"{ADDITIONS}/{{subject}}", post_addition, methods=["POST"]),
    Route(f"{ADDITIONS}/{{subject}}/retirer", post_withdraw, methods=["POST"]),
]
