"""Pages and files for a browser. Every page extends templates/base.html and needs no inline script or style."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.templating import Jinja2Templates

from bot.web.problems import NOT_OPEN_YET, Problem, Refusal, problem_response

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
TEMPLATES = Jinja2Templates(
    env=Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined)
)
WIDGET_PARTS = ("client", "rich_text", "styles", "element", "start")
# Checked at each visit against the file's ETag: a new version reaches everybody at once.
REVALIDATED = {"Cache-Control": "no-cache"}


@dataclass(frozen=True)
class Script:
    """A script and the tag by which a browser knows whether it has it already."""

    text: str
    etag: str


def widget_script() -> Script:
    """The parts of the widget in one function, so that they put no name into the page that embeds them."""
    parts = [(STATIC / "widget" / f"{name}.js").read_text(encoding="utf-8") for name in WIDGET_PARTS]
    text = "\n".join(['(() => {\n"use strict";', *parts, "})();\n"])
    return Script(text, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"')


async def get_demonstration(request: Request) -> Response:
    """The page that shows the assistant as a site would embed it."""
    return TEMPLATES.TemplateResponse(request, "demonstration.html", headers=REVALIDATED)


async def get_widget(request: Request) -> Response:
    """The assistant in one script, from the files of static/widget/."""
    script = request.app.state.widget
    headers = REVALIDATED | {"ETag": script.etag}
    if request.headers.get("if-none-match") == script.etag:
        return Response(status_code=304, headers=headers)
    return Response(script.text, media_type="text/javascript", headers=headers)


async def get_openapi(_request: Request) -> Response:
    """The description of the API."""
    return FileResponse(STATIC / "openapi.json", media_type="application/json", headers=REVALIDATED)


async def not_open_yet(_request: Request) -> Response:
    """Says that the page exists and is not open yet."""
    raise Refusal(NOT_OPEN_YET)


def refusal_response(request: Request, refusal: Refusal) -> Response:
    """A problem for programs, a page for a person who follows a link."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return problem_response(refusal)
    return _problem_page(request, refusal.problem)


def _problem_page(request: Request, problem: Problem) -> Response:
    return TEMPLATES.TemplateResponse(request, "problem.html", {"problem": problem}, status_code=problem.status)
