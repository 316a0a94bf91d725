"""The application: its routes, its middleware and its handlers of errors, each as one table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.admissions.errors import AdmissionsError, StorageUnavailable
from bot.services.logs import log_failure
from bot.web import api, form, my_data, not_me, operations, pages
from bot.web.background import JobThread
from bot.web.context import Web, WebServices
from bot.web.observation import Observation, note_storage_failure
from bot.web.problems import INTERNAL, METHOD_NOT_ALLOWED, NOT_FOUND, TOO_LARGE, Refusal, malformed, refusal_for
from bot.web.security import SecurityHeaders
from bot.web.staff.routes import staff_routes

BY_STATUS = {404: NOT_FOUND, 405: METHOD_NOT_ALLOWED, 413: TOO_LARGE}


def create_app(services: WebServices) -> Starlette:
    """The ASGI application on these services."""
    web = Web(services)
    settings = services.settings
    app = Starlette(
        routes=routes(),
        middleware=[
            Middleware(
                SecurityHeaders,
                allowed_origins=settings.allowed_origins,
                is_https=settings.public_url.startswith("https:"),
            ),
            Middleware(
                CORSMiddleware,
                allow_origins=settings.allowed_origins,
                allow_methods=["GET", "POST", "DELETE"],
                allow_headers=["Authorization", "Content-Type"],
                expose_headers=["Retry-After"],
            ),
            Middleware(Observation, metrics=web.metrics),
        ],
        exception_handlers={
            Refusal: _on_expected,
            AdmissionsError: _on_expected,
            HTTPException: _on_http_exception,
        },
        lifespan=_lifespan(services, web),
    )
    app.state.web = web
    app.state.widget = pages.widget_script()
    return app


def routes() -> list[BaseRoute]:
    """Every address of the application."""
    return [
        Route("/api/conversations", api.post_conversation, methods=["POST"]),
        Route("/api/conversations", api.get_conversation, methods=["GET"]),
        Route("/api/conversations", api.delete_conversation, methods=["DELETE"]),
        Route("/api/messages", api.post_message, methods=["POST"]),
        Route("/api/messages", api.get_messages, methods=["GET"]),
        Route("/api/feedback", api.post_feedback, methods=["POST"]),
        Route("/api/knowledge", api.get_knowledge),
        Route("/api/openapi.json", pages.get_openapi),
        Route("/health/live", operations.get_live),
        Route("/health/ready", operations.get_ready),
        Route("/metrics", operations.get_metrics),
        Route("/", pages.get_demonstration),
        Route("/widget.js", pages.get_widget),
        Mount("/static", StaticFiles(directory=pages.STATIC)),
        Route("/formulaire", form.get_form),
        Route("/formulaire/verification", form.get_prescreening),
        Route("/formulaire/verification", form.post_prescreening, methods=["POST"]),
        Route("/formulaire/coordonnees", form.get_contact),
        Route("/formulaire/coordonnees", form.post_contact, methods=["POST"]),
        *not_me.ROUTES,
        Route("/mes-donnees/{link:path}", my_data.get_my_data),
        Route("/mes-donnees/{link:path}", my_data.post_my_data, methods=["POST"]),
        *staff_routes(),
    ]


async def _on_expected(request: Request, error: Exception) -> Response:
    refusal = refusal_for(error)
    if isinstance(error, StorageUnavailable):
        note_storage_failure(request.app.state.web.metrics, error, request.scope)
    if refusal is None:
        log_failure("request_failed", error)
        refusal = Refusal(INTERNAL)
    return pages.refusal_response(request, refusal)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    problem = BY_STATUS.get(status)
    refusal = malformed("La requête n'a pas la forme attendue.") if problem is None else Refusal(problem)
    response = pages.refusal_response(request, refusal)
    response.headers.update(getattr(error, "headers", None) or {})
    return response


def _lifespan(services: WebServices, web: Web) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        jobs = None if services.run_due_jobs is None else JobThread(services.run_due_jobs, web.metrics)
        if jobs is not None:
            jobs.start()
        yield
        if jobs is not None:
            await to_thread.run_sync(jobs.stop)

    return lifespan
