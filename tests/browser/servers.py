"""Servers for a real browser: the application, and a site of another origin that embeds it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

START_TIMEOUT_S = 10

HOSTILE_CSS = """
html { font-size: 62.5%; }
* { all: unset; color: red !important; font-size: 3px !important; transition: all 5s !important; }
body { transform: translateX(40px) rotate(1deg); }
assistant-admission, html > :not(head):not(body) { display: none !important; opacity: 0; transform: scale(0); }
* { --ink: #fff; --paper: #fff; --accent: #fff; position: static; }
button, dialog, [role=log] { display: none !important; }
"""


def listen() -> socket.socket:
    """A socket on a free port of this machine."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


@contextmanager
def serving(app: Any, listener: socket.socket) -> Iterator[None]:
    """The application answers on the socket until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, ws="none", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(START_TIMEOUT_S)


def host_site(assistant: str) -> Starlette:
    """A university's site: its pages have a strict policy with the two documented additions, and hostile styles."""
    policy = (
        f"default-src 'none'; style-src 'self'; script-src {assistant}; connect-src {assistant}; "
        "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
    )

    async def page(request: Request) -> Response:
        tag = f'<script src="{assistant}/widget.js" {request.query_params.get("tag", "")} defer></script>'
        body = request.query_params.get("body", "")
        count = int(request.query_params.get("scripts", 1))
        head = f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/host.css">{tag * count}'
        return HTMLResponse(
            f'<!doctype html><html lang="en"><head><title>University</title>{head}</head>'
            f"<body><main><h1>Programme</h1>{body}</main></body></html>",
            headers={"Content-Security-Policy": policy},
        )

    async def styles(_request: Request) -> Response:
        return Response(HOSTILE_CSS, media_type="text/css")

    return Starlette(routes=[Route("/", page), Route("/autre", page), Route("/host.css", styles)])
