"""/staff/contacts: the queue, and its export. New leads first, those to review on top; nobody is scored or ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.admissions.lead_desk import LeadFilter, LeadOrder
from bot.admissions.leads import LeadState
from bot.admissions.staff import Role
from bot.services.announcements import age_in_words
from bot.services.lead_desk import QueuePage, export_matching, known_owners, queue_page
from bot.services.protocols import UnitOfWorkFactory
from bot.web.problems import NOT_OPEN_YET, Refusal, malformed
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.leads_filters import NONE, QueueQuery, read_query
from bot.web.staff.leads_words import ROUTE_WORDS, STATE_WORDS, VERDICT_WORDS, route_choices, verdict_choices
from bot.web.staff.rendering import render
from bot.web.staff.services import LeadServices

QUEUE = "/staff/contacts"
EXPORT = "/staff/leads/export"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@staff_page()
async def get_queue(request: StaffRequest) -> Response:
    """One page of the queue."""
    query = read_query(request.query_params)
    timezone = request.web.services.settings.timezone
    page, owners = await request.web.work(
        _read, request.web.services.uow_factory, query.lead_filter(timezone), LeadOrder(query.order), query.page
    )
    today = request.now.astimezone(timezone).date()
    context = {
        "page": page, "query": query, **_links(query, page), **_choices(owners),
        "ages": {lead.id: age_in_words(lead.created_at.astimezone(timezone).date(), today) for lead in page.leads},
    }
    return render(request, "staff/leads.html", context)


@staff_page(Role.ADMIN, own_site_only=True)
async def get_export(request: StaffRequest) -> Response:
    """The leads that the same filters let through, as a file. Raises: Refusal for another format."""
    form = request.query_params.get("format", "")
    writers = lead_services(request).writers
    if form not in writers:
        raise _unknown_format(sorted(writers))
    settings = request.web.services.settings
    wanted = read_query(request.query_params).lead_filter(settings.timezone)
    content = await request.web.work(_export, request, wanted, form, writers[form])
    name = f"contacts-{request.now.astimezone(settings.timezone).date()}.{form}"
    return Response(content, media_type=MEDIA_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@staff_page()
async def get_old_address(request: StaffRequest) -> Response:
    """E-mails already sent lead here."""
    lead_id = request.path_params.get("lead_id")
    return RedirectResponse(QUEUE if lead_id is None else f"{QUEUE}/{lead_id}", 308)


def lead_services(request: StaffRequest) -> LeadServices:
    """What leads stand on. Raises: Refusal where the program was started without."""
    if request.services.leads is None:
        raise Refusal(NOT_OPEN_YET)
    return request.services.leads


def _read(uow_factory: UnitOfWorkFactory, wanted: LeadFilter, order: LeadOrder, number: int) -> tuple[QueuePage, list[str]]:
    return queue_page(uow_factory, wanted, order, number), known_owners(uow_factory)


def _export(request: StaffRequest, wanted: LeadFilter, form: str, write: Callable[[Sequence[dict[str, Any]]], bytes]) -> bytes:
    return write(export_matching(request.web.services.uow_factory, wanted, form, request.actor, request.now))


def _links(query: QueueQuery, page: QueuePage) -> dict[str, object]:
    return {
        "previous": query.address(QUEUE, page.number - 1) if page.number > 1 else None,
        "next": query.address(QUEUE, page.number + 1) if page.number < page.last else None,
        "exports": [(form.upper(), query.address(EXPORT, format=form)) for form in MEDIA_TYPES],
    }


def _choices(owners: list[str]) -> dict[str, object]:
    return {
        "verdicts": [("", "tous"), *verdict_choices(), (NONE, VERDICT_WORDS[None])],
        "states": [("", "tous"), *((state.value, STATE_WORDS[state.value]) for state in LeadState)],
        "routes": [("", "toutes"), *route_choices(), (NONE, ROUTE_WORDS[None])],
        "owners": [("", "tout le monde"), (NONE, "personne"), *((owner, owner) for owner in owners)],
        "orders": [(LeadOrder.NEWEST.value, "les plus récents d'abord"), (LeadOrder.OLDEST.value, "les plus anciens d'abord")],
        "verdict_words": VERDICT_WORDS, "route_words": ROUTE_WORDS, "state_words": STATE_WORDS,
    }


def _unknown_format(known: list[str]) -> Refusal:
    return malformed(f"Choisissez un format : {', '.join(known)}.")


ROUTES = [
    Route(QUEUE, get_queue),
    Route(EXPORT, get_export),
    Route("/staff/leads", get_old_address),
    Route("/staff/leads/{lead_id:uuid}", get_old_address),
]
