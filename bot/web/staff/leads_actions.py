"""What an admin does on a lead's page. A form that was shown before somebody else's change writes nothing and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import EditedMeanwhile
from bot.admissions.lead_desk import LeadChange
from bot.admissions.staff import Role
from bot.services.lead_desk import (
    Edit,
    EditRefused,
    LeadNotFound,
    add_note,
    change_owner,
    change_state,
    changes_since,
    override_verdict,
    undo_last,
    withdraw_verdict,
)
from bot.services.protocols import UnitOfWorkFactory
from bot.web.problems import malformed
from bot.web.staff.access import StaffRequest, staff_action
from bot.web.staff.leads import QUEUE
from bot.web.staff.leads_sheet import Refused, lead_gone, show_sheet
from bot.web.staff.leads_words import STATE_WORDS, change_in_words
from bot.web.staff.rendering import back

LEAD = f"{QUEUE}/{{lead_id:uuid}}"
HIGHEST_VERSION = 2**31 - 1
Act = Callable[[UnitOfWorkFactory, Edit], object]


@staff_action(Role.ADMIN)
async def post_state(request: StaffRequest) -> Response:
    """Moves the lead on."""
    state = request.form.get("etat", "")
    return await _edit(request, "etat", lambda uow, edit: change_state(uow, edit, state), f"Contact marqué « {STATE_WORDS.get(state, state)} ».")


@staff_action(Role.ADMIN)
async def post_owner(request: StaffRequest) -> Response:
    """Gives the lead to somebody, « c'est moi » included."""
    owner = request.account.email if request.form.get("moi") else request.form.get("suivi", "")
    said = f"Contact suivi par {owner}." if owner else "Plus personne ne suit ce contact."
    return await _edit(request, "suivi", lambda uow, edit: change_owner(uow, edit, owner or None), said)


@staff_action(Role.ADMIN)
async def post_verdict(request: StaffRequest) -> Response:
    """Gives the office's verdict beside the assistant's."""
    verdict, reason = request.form.get("avis", ""), request.form.get("raison", "")
    return await _edit(request, "raison", lambda uow, edit: override_verdict(uow, edit, verdict, reason),
                       "Avis du service enregistré. Le résultat de l'assistant reste visible à côté.")


@staff_action(Role.ADMIN)
async def post_withdrawal(request: StaffRequest) -> Response:
    """Takes the office's verdict back."""
    return await _edit(request, "raison", withdraw_verdict, "Avis du service retiré : le résultat de l'assistant s'applique de nouveau.")


@staff_action(Role.ADMIN)
async def post_undo(request: StaffRequest) -> Response:
    """Takes back the last change."""
    return await _edit(request, "etat", undo_last, "La dernière modification est annulée.")


@staff_action(Role.ADMIN)
async def post_note(request: StaffRequest) -> Response:
    """Adds a note; it overwrites nothing, so that a colleague's change does not hold it back."""
    note_id, text = _note_id(request), request.form.get("note", "")
    meanwhile: list[LeadChange] = []

    def act(uow_factory: UnitOfWorkFactory, edit: Edit) -> None:
        meanwhile.extend(add_note(uow_factory, edit, note_id, text))

    response = await _edit(request, "note", act, "Note ajoutée.")
    if meanwhile and response.status_code == 303:
        return back(request, _path(request), f"Note ajoutée. Entre-temps, {said_of(meanwhile)}.")
    return response


def said_of(changes: Sequence[LeadChange]) -> str:
    """« anne@… : état : nouveau → contacté ; … »."""
    return " ; ".join(f"{change.actor} : {change_in_words(change)}" for change in changes)


async def _edit(request: StaffRequest, field: str, act: Act, notice: str) -> Response:
    uow_factory = request.web.services.uow_factory
    edit = Edit(request.actor, str(request.path_params["lead_id"]), _version(request), request.now)
    try:
        await request.web.work(act, uow_factory, edit)
    except LeadNotFound as error:
        raise lead_gone(error) from None
    except EditedMeanwhile:
        meanwhile = await request.web.work(changes_since, uow_factory, edit.lead_id, edit.version)
        return await show_sheet(request, Refused(request.form, {}, meanwhile), 409)
    except EditRefused as error:
        sentence = f"{error.message[:1].upper()}{error.message[1:]}."
        return await show_sheet(request, Refused(request.form, {field: sentence}), 422)
    return back(request, _path(request), notice)


def _path(request: StaffRequest) -> str:
    return f"{QUEUE}/{request.path_params['lead_id']}"


def _version(request: StaffRequest) -> int:
    text = request.form.get("version", "")
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= HIGHEST_VERSION):
        raise malformed("Envoyez le formulaire depuis la page du contact.")
    return int(text)


def _note_id(request: StaffRequest) -> str:
    try:
        return str(UUID(request.form.get("note_id", "")))
    except ValueError:
        raise malformed("Envoyez le formulaire depuis la page du contact.") from None


ROUTES = [
    Route(f"{LEAD}/etat", post_state, methods=["POST"]),
    Route(f"{LEAD}/suivi", post_owner, methods=["POST"]),
    Route(f"{LEAD}/avis", post_verdict, methods=["POST"]),
    Route(f"{LEAD}/avis/retirer", post_withdrawal, methods=["POST"]),
    Route(f"{LEAD}/annuler", post_undo, methods=["POST"]),
    Route(f"{LEAD}/notes", post_note, methods=["POST"]),
]
