"""What the pages about knowledge share: the desk, the words of a faulty form, the proof that a preview was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from bot.services.inbox import Written
from bot.services.learning import LearningServices
from bot.web.form_text import blocks_of
from bot.web.problems import NOT_FOUND, NOT_OPEN_YET, Refusal
from bot.web.staff.access import StaffRequest

ORIGIN_FIELDS = ("source", "read_on", "expires_on")
SHARED: Mapping[str, Any] = {"blocks_of": blocks_of}


def desk_of(request: StaffRequest) -> LearningServices:
    """The desk. Raises: Refusal where the program was started without."""
    if request.services.learning is None:
        raise Refusal(NOT_OPEN_YET)
    return request.services.learning


def not_found() -> Refusal:
    """For an address that names nothing."""
    return Refusal(NOT_FOUND)


def written_of(request: StaffRequest) -> Written:
    """An answer as its form gives it."""
    return Written(*(request.form.get(name, "") for name in ("title", "text", *ORIGIN_FIELDS)))


def seen(fields: Sequence[str]) -> str:
    """Stands for exactly these entries: what is published is what was previewed."""
    return hashlib.sha256("\0".join(fields).encode()).hexdigest()[:32]


def topic_choices(desk: LearningServices) -> list[tuple[str, str]]:
    """(id, title) of every answer that a question can be attached to, by title."""
    cards = [name for names in desk.editor.card_files.values() for name in names if desk.editor.is_askable(name)]
    return sorted(((name, desk.editor.title(name) or name) for name in cards), key=lambda choice: choice[1].casefold())
