"""The curated answers: read as the chat shows them, corrected with their figures bound to the facts, suspended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import EditedMeanwhile, InputError
from bot.admissions.staff import Role
from bot.services import curated_answers as desk_answers
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.knowledge import SHARED, desk_of, not_found, seen
from bot.web.staff.rendering import back, render

ANSWERS = "/staff/reponses"


@staff_page()
async def get_answers(request: StaffRequest) -> Response:
    """Every answer, by topic."""
    return render(request, "staff/answers.html", {"topics": await request.web.work(desk_answers.answer_list, desk_of(request))})


@staff_page()
async def get_answer(request: StaffRequest) -> Response:
    """One answer: what it says, what was changed, its history."""
    page = await _named(request, desk_answers.answer_page, request.path_params["card"])
    return render(request, "staff/answer.html", {"page": page, **SHARED})


@staff_page(Role.ADMIN)
async def get_part(request: StaffRequest) -> Response:
    """The form that corrects one part."""
    form = await _named(request, desk_answers.part_form, request.path_params["card"], request.path_params["part"])
    return _form(request, form, form.part.text, form.version)


@staff_action(Role.ADMIN)
async def post_part(request: StaffRequest) -> Response:
    """Shown first, then published."""
    card, part = request.path_params["card"], request.path_params["part"]
    typed, version = request.form.get("text", ""), request.form.get("version", "")
    form = await _named(request, desk_answers.part_form, card, part)
    what = (desk_of(request), card, part, typed, version, request.actor, request.now)
    proof = seen((card, part, typed, version))
    try:
        if request.form.get("previewed") != proof:
            previews = await request.web.work(desk_answers.preview_correction, *what)
            return _form(request, form, typed, version, {"previews": previews, "previewed": proof})
        await request.web.work(desk_answers.publish_correction, *what)
    except InputError as error:
        return _form(request, form, typed, version, {"problem": error.message}, 422)
    except EditedMeanwhile as error:
        return back(request, f"{ANSWERS}/{card}", error.message, is_error=True)
    return back(request, f"{ANSWERS}/{card}", "La correction est en ligne.")


@staff_action(Role.ADMIN)
async def post_withdraw(request: StaffRequest) -> Response:
    """The curated text again."""
    card, part = request.path_params["card"], request.path_params["part"]
    done = "La correction est retirée : le texte d'origine est de nouveau donné."
    return await _act(request, done, desk_answers.withdraw_correction, card, part, request.form.get("version", ""))


@staff_action(Role.ADMIN)
async def post_suspend(request: StaffRequest) -> Response:
    """The assistant says that the answer is being checked."""
    done = "Cette réponse est suspendue : l'assistant dit qu'elle est en cours de vérification et propose une personne."
    return await _act(request, done, desk_answers.suspend, request.path_params["card"])


@staff_action(Role.ADMIN)
async def post_resume(request: StaffRequest) -> Response:
    """The answer again."""
    done, version = "Cette réponse est de nouveau donnée.", request.form.get("version", "")
    return await _act(request, done, desk_answers.resume, request.path_params["card"], version)


async def _act(request: StaffRequest, done: str, use_case: Callable[..., None], *args: str) -> Response:
    path = f"{ANSWERS}/{request.path_params['card']}"
    try:
        await request.web.work(use_case, desk_of(request), *args, request.actor, request.now)
    except (InputError, EditedMeanwhile) as error:
        return back(request, path, error.message, is_error=True)
    return back(request, path, done)


async def _named(request: StaffRequest, use_case: Callable[..., Any], *args: str) -> Any:
    """What an address names. Raises: Refusal when it names nothing that may be shown."""
    try:
        return await request.web.work(use_case, desk_of(request), *args, request.now)
    except InputError:
        raise not_found() from None


def _form(request: StaffRequest, form: Any, typed: str, version: str, context: dict[str, Any] | None = None, status: int = 200) -> Response:
    card = request.path_params["card"]
    filled = {
        "card": card, "title": desk_of(request).editor.title(card), "part": form.part, "facts": form.facts, "typed": typed, "version": version,
        "problem": None, "previews": (), "previewed": "", **SHARED,
    }
    return render(request, "staff/answer_part.html", {**filled, **(context or {})}, status)


ROUTES = [
    Route(ANSWERS, get_answers),
    Route(f"{ANSWERS}/{{card}}", get_answer),
    Route(f"{ANSWERS}/{{card}}/suspendre", post_suspend, methods=["POST"]),
    Route(f"{ANSWERS}/{{card}}/reprendre", post_resume, methods=["POST"]),
    Route(f"{ANSWERS}/{{card}}/texte/{{part}}", get_part),
    Route(f"{ANSWERS}/{{card}}/texte/{{part}}", post_part, methods=["POST"]),
    Route(f"{ANSWERS}/{{card}}/texte/{{part}}/retirer", post_withdraw, methods=["POST"]),
]
