"""/staff/envois: what could not be told to the outside world, and trying it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.channels import Channel, Event
from bot.admissions.staff import Role
from bot.services.outbox import MOST_RETRIED, retry
from bot.services.protocols import OutboxRow, UnitOfWorkFactory
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.rendering import back, render

DELIVERIES = "/staff/envois"
CHANNEL_WORDS = {
    Channel.WEBHOOK: "logiciel de suivi (webhook)", Channel.OFFICE: "e-mail au service", Channel.APPLICANT: "récapitulatif au candidat",
}
EVENT_WORDS = {Event.CREATED: "nouveau contact", Event.UPDATED: "contact modifié", Event.ERASED: "contact effacé"}


@staff_page()
async def get_deliveries(request: StaffRequest) -> Response:
    """What was given up, with the reason, and how much waits."""
    counts, rows = await request.web.work(_read, request.web.services.uow_factory)
    context = {"counts": counts, "rows": rows, "channel_words": CHANNEL_WORDS, "event_words": EVENT_WORDS, "erased": Event.ERASED}
    return render(request, "staff/deliveries.html", context)


@staff_action(Role.ADMIN)
async def post_retry(request: StaffRequest) -> Response:
    """Tries one again, or all of them."""
    row_ids = None if request.form.get("tous") else [request.form.get("envoi", "")]
    number = await request.web.work(retry, request.web.services.uow_factory, row_ids, request.actor, request.now)
    if not number:
        return back(request, DELIVERIES, "Rien à relancer : cet envoi est déjà reparti, ou son contact a été effacé.", is_error=True)
    return back(request, DELIVERIES, "L'envoi repart dans la minute." if number == 1 else f"{number} envois repartent dans la minute.")


def _read(uow_factory: UnitOfWorkFactory) -> tuple[Mapping[str, int], Sequence[OutboxRow]]:
    with uow_factory() as uow:
        return uow.outbox.counts(), uow.outbox.dead(MOST_RETRIED)


ROUTES = [Route(DELIVERIES, get_deliveries), Route(f"{DELIVERIES}/relancer", post_retry, methods=["POST"])]
