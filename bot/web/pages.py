"""Pages and files for a browser. Every page extends templates/base.html and needs no inline script or style."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.templating import Jinja2Templates

from bot.services.form_words import date_in_words
from bot.web.context import web_of
from bot.web.form_text import typographic
from bot.web.problems import Problem, Refusal, problem_response
from bot.web.programme import Programme

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
TEMPLATES = Jinja2Templates(
    env=Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined)
)
TEMPLATES.env.filters |= {
    "fr": typographic,
    "long_date": date_in_words,
    "capital": lambda text: text[:1].upper() + text[1:],
    "percent": lambda value: "non connu" if value is None else f"{value}\N{NARROW NO-BREAK SPACE}%",
}
# In the order in which they use each other.
WIDGET_PARTS = (
    "client", "dom", "rich_text", "transcript", "conversation", "notices", "view", "pages", "paper", "styles", "element", "start",
)
# Comments stand on lines of their own in these files, and strings hold no line that could be taken for one.
COMMENTS = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)$", re.DOTALL | re.MULTILINE)
INDENTATION = re.compile(r"^\s+", re.MULTILINE)
STYLE_SPACES = re.compile(r"\s*([{};,>])\s*|(:)\s")
# Checked at each visit against the file's ETag: a new version reaches everybody at once.
REVALIDATED = {"Cache-Control": "no-cache"}


@dataclass(frozen=True)
class Script:
    """A script, the same compressed, and the tag by which a browser knows whether it has it already."""

    text: str
    gzipped: bytes
    etag: str


def widget_script() -> Script:
    """The parts of the widget in one function, so that they put no name into the page that embeds them."""
    text = "\n".join(['(() => {\n"use strict";', *map(_widget_part, WIDGET_PARTS), "})();\n"])
    content = text.encode()
    return Script(text, gzip.compress(content, mtime=0), f'W/"{hashlib.sha256(content).hexdigest()[:32]}"')


def _widget_part(name: str) -> str:
    """The part without what only its readers need: it is loaded on every page of a site."""
    source = (STATIC / "widget" / f"{name}.js").read_text(encoding="utf-8")
    lean = INDENTATION.sub("", COMMENTS.sub("", source))
    return STYLE_SPACES.sub(r"\1\2", lean) if name == "styles" else lean


async def get_demonstration(request: Request) -> Response:
    """The page that shows the assistant as a site would embed it."""
    web = web_of(request)
    context = {"programme": Programme(await web.work(web.services.knowledge))}
    return TEMPLATES.TemplateResponse(request, "demonstration.html", context, headers=REVALIDATED)


async def get_widget(request: Request) -> Response:
    """The assistant in one script, from the files of static/widget/."""
    script = request.app.state.widget
    headers = REVALIDATED | {"ETag": script.etag, "Vary": "Accept-Encoding"}
    if script.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(script.text, media_type="text/javascript", headers=headers)
    return Response(script.gzipped, media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"})


async def get_openapi(_request: Request) -> Response:
    """The description of the API."""
    return FileResponse(STATIC / "openapi.json", media_type="application/json", headers=REVALIDATED)


def refusal_response(request: Request, refusal: Refusal) -> Response:
    """A problem for programs, a page for a person who follows a link."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return problem_response(refusal)
    return _problem_page(request, refusal.problem)


def _problem_page(request: Request, problem: Problem) -> Response:
    # The console's frame asks who is signed in; the other leaves that unread.
    context: dict[str, Any] = {"problem": problem, "account": None, "notice": None}
    template = "staff/problem.html" if request.url.path.startswith("/staff") else "problem.html"
    return TEMPLATES.TemplateResponse(request, template, context, status_code=problem.status)
