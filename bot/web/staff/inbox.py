"""The inbox: questions that found no sure answer, grouped, and the one click that says what they are about."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.admissions.staff import Role
from bot.services.inbox import QuestionGroup, Wording, attach_topic, find_group, ignore, ignored_wordings, take_back, write_answer
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.knowledge import SHARED, desk_of, seen, topic_choices, written_of
from bot.web.staff.rendering import back, render

QUESTIONS = "/staff/questions"
GROUPS_A_PAGE = 25
GONE = "Cette question n'attend plus : un collègue s'en est occupé, ou sa durée de conservation est passée."


@staff_page()
async def get_questions(request: StaffRequest) -> Response:
    """The groups, the largest first."""
    groups = await request.web.work(request.services.question_groups.groups, desk_of(request))
    asked = request.query_params.get("page", "1")
    page = min(max(int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1, 1), max(1, -(-len(groups) // GROUPS_A_PAGE)))
    shown = groups[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE]
    context = {
        "groups": shown, "total": sum(group.count for group in groups), "group_count": len(groups),
        "previous": f"{QUESTIONS}?page={page - 1}" if page > 1 else None,
        "next": f"{QUESTIONS}?page={page + 1}" if page * GROUPS_A_PAGE < len(groups) else None,
    }
    return render(request, "staff/questions.html", context)


@staff_page()
async def get_question(request: StaffRequest) -> Response:
    """One group: every wording, the topics to choose from, the answer to write."""
    group = await _group(request)
    return back(request, QUESTIONS, GONE) if group is None else _page(request, group)


@staff_action(Role.ADMIN)
async def post_topic(request: StaffRequest) -> Response:
    """« C'est le sujet X »."""
    group = await _group(request)
    if group is None:
        return back(request, QUESTIONS, GONE, is_error=True)
    desk, card = desk_of(request), request.form.get("card", "")
    try:
        await request.web.work(attach_topic, desk, _chosen(request, group), request.form.get("more", ""), card, request.actor, request.now)
    except InputError as error:
        return _page(request, group, {"card": error.message}, 422)
    return back(request, QUESTIONS, f"C'est noté : ces questions reçoivent maintenant la réponse « {desk.editor.title(card)} ».")


@staff_action(Role.ADMIN)
async def post_answer(request: StaffRequest) -> Response:
    """An answer of the office's own: shown first, then published."""
    group = await _group(request)
    if group is None:
        return back(request, QUESTIONS, GONE, is_error=True)
    desk, written = desk_of(request), written_of(request)
    proof = seen((written.title, written.text, written.source, written.read_on, written.expires_on))
    try:
        if request.form.get("previewed") != proof:
            preview = await request.web.work(previewed, request, written)
            return _page(request, group, context={"preview": preview, "previewed": proof})
        more = request.form.get("more", "")
        await request.web.work(write_answer, desk, _chosen(request, group), more, written, request.actor, request.now)
    except InputError as error:
        return _page(request, group, {"answer": error.message}, 422)
    return back(request, QUESTIONS, f"La réponse « {written.title} » est en ligne. Elle expire d'elle-même après le {written.expires_on}.")


@staff_action(Role.ADMIN)
async def post_ignore(request: StaffRequest) -> Response:
    """Sets the group aside."""
    group = await _group(request)
    if group is None:
        return back(request, QUESTIONS, GONE, is_error=True)
    count = await request.web.work(ignore, desk_of(request), _chosen(request, group), request.actor, request.now)
    return back(request, QUESTIONS, f"{count} question{'s' if count > 1 else ''} mise{'s' if count > 1 else ''} de côté. Vous pouvez les reprendre.")


@staff_page()
async def get_ignored(request: StaffRequest) -> Response:
    """What was set aside."""
    wordings = await request.web.work(ignored_wordings, desk_of(request))
    return render(request, "staff/questions_ignored.html", {"wordings": wordings})


@staff_action(Role.ADMIN)
async def post_take_back(request: StaffRequest) -> Response:
    """Back into the inbox."""
    wordings = await request.web.work(ignored_wordings, desk_of(request))
    ids = [name for wording in wordings if wording.ids[0] in request.values("question") for name in wording.ids]
    await request.web.work(take_back, desk_of(request), ids, request.actor, request.now)
    return back(request, f"{QUESTIONS}/ignorees", "Ces questions attendent de nouveau une réponse." if ids else "Cochez les questions à reprendre.")


def previewed(request: StaffRequest, written: object) -> object:
    """What the chat would show. Raises: InputError for what could not be published."""
    from bot.admissions.publications import checked_origin, checked_text, checked_title

    desk = desk_of(request)
    form = written_of(request)
    origin = checked_origin(form.source, form.read_on, form.expires_on, desk.today(request.now))
    checked_title(form.title)
    return desk.editor.preview_written(checked_text(form.text), origin.source, origin.read_on)


def _page(
    request: StaffRequest, group: QuestionGroup, problems: dict[str, str] | None = None, status: int = 200, context: dict[str, object] | None = None
) -> Response:
    desk = desk_of(request)
    ticked = set(request.values("question")) if request.fields else {wording.ids[0] for wording in group.wordings}
    filled = {
        "group": group, "topics": topic_choices(desk), "ticked": ticked, "form": request.form, "problems": problems or {},
        "preview": None, "previewed": "", "today": desk.today(request.now).isoformat(), **SHARED,
    }
    return render(request, "staff/question.html", {**filled, **(context or {})}, status)


async def _group(request: StaffRequest) -> QuestionGroup | None:
    cache = request.services.question_groups
    return await request.web.work(find_group, desk_of(request), cache, request.path_params["question_id"])


def _chosen(request: StaffRequest, group: QuestionGroup) -> list[Wording]:
    """The wordings that were ticked; all of them from a form without boxes."""
    if "all" in request.form:
        return list(group.wordings)
    return [wording for wording in group.wordings if wording.ids[0] in request.values("question")]


ROUTES = [
    Route(QUESTIONS, get_questions),
    Route(f"{QUESTIONS}/ignorees", get_ignored),
    Route(f"{QUESTIONS}/ignorees", post_take_back, methods=["POST"]),
    Route(f"{QUESTIONS}/{{question_id}}", get_question),
    Route(f"{QUESTIONS}/{{question_id}}/sujet", post_topic, methods=["POST"]),
    Route(f"{QUESTIONS}/{{question_id}}/reponse", post_answer, methods=["POST"]),
    Route(f"{QUESTIONS}/{{question_id}}/ignorer", post_ignore, methods=["POST"]),
]
