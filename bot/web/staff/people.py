"""/staff/personnes: one person's data by their e-mail, to show, hand over or erase when they ask for it.

The address travels in forms only: an address bar is remembered by browsers and logs.
"""

from __future__ import annotations

import json

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.staff import Role
from bot.services.people import erase_person, export_person, find_person, find_receipt
from bot.web.problems import Problem, Refusal
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.leads_words import STATE_WORDS
from bot.web.staff.rendering import back, render

PEOPLE = "/staff/personnes"
LONGEST_EMAIL = 254
NOTHING = "Rien n'est conservé ici sous cette adresse."
NO_RECEIPT = Problem("not-found", 404, "Reçu introuvable", "Aucun effacement ne porte ce numéro.")
COUNT_WORDS = {
    "leads": "contacts",
    "conversations": "conversations",
    "messages": "messages",
    "consents": "accords donnés",
    "questions": "questions sans réponse",
    "notes": "notes du service",
    "changes": "lignes d'historique",
    "events": "traces techniques de conversation",
    "handled_messages": "accusés techniques de message",
    "announcements": "annonces (e-mails, logiciel de suivi)",
}


@staff_page()
async def get_people(request: StaffRequest) -> Response:
    """The form."""
    return render(request, "staff/people.html", {"email": "", "person": None, "problems": {}})


@staff_action()
async def post_search(request: StaffRequest) -> Response:
    """What is kept under an address."""
    email = _email(request)
    person = await request.web.work(find_person, request.web.services.uow_factory, email, request.actor, request.now)
    if person is None:
        return _nothing(request, email)
    context = {"email": email, "person": person, "problems": {}, "count_words": COUNT_WORDS, "state_words": STATE_WORDS}
    return render(request, "staff/people.html", context)


@staff_action(Role.ADMIN)
async def post_export(request: StaffRequest) -> Response:
    """The same as one file, to hand over to the person."""
    email = _email(request)
    found = await request.web.work(export_person, request.web.services.uow_factory, email, request.actor, request.now)
    if found is None:
        return _nothing(request, email)
    day = request.now.astimezone(request.web.services.settings.timezone).date()
    headers = {"Content-Disposition": f'attachment; filename="donnees-personne-{day}.json"'}
    return Response(json.dumps(found, ensure_ascii=False, indent=2), media_type="application/json", headers=headers)


@staff_action(Role.ADMIN)
async def post_erasure(request: StaffRequest) -> Response:
    """Asks once more, then erases and gives the receipt."""
    email, uow_factory = _email(request), request.web.services.uow_factory
    if request.form.get("confirmation") != "oui":
        person = await request.web.work(find_person, uow_factory, email, request.actor, request.now)
        if person is None or not person.conversation_ids:
            return _nothing(request, email)
        problem = "Cochez la case pour confirmer : l'effacement est définitif." if "etape" in request.form else None
        context = {"email": email, "person": person, "count_words": COUNT_WORDS, "problem": problem}
        return render(request, "staff/people_erase.html", context, 422 if problem else 200)
    receipt = await request.web.work(erase_person, uow_factory, email, request.actor, request.now)
    if receipt is None:
        return _nothing(request, email)
    return back(request, f"{PEOPLE}/recu/{receipt.id}", "Les données sont effacées.")


@staff_page()
async def get_receipt(request: StaffRequest) -> Response:
    """What was erased, when and by whom: numbers only. Raises: Refusal for an unknown number."""
    receipt = await request.web.work(find_receipt, request.web.services.uow_factory, str(request.path_params["receipt_id"]))
    if receipt is None:
        raise Refusal(NO_RECEIPT)
    return render(request, "staff/people_receipt.html", {"receipt": receipt, "count_words": COUNT_WORDS})


def _email(request: StaffRequest) -> str:
    return request.form.get("email", "").replace("\0", "")[:LONGEST_EMAIL]


def _nothing(request: StaffRequest, email: str) -> Response:
    problems = {"email": NOTHING if email else "Écrivez une adresse e-mail."}
    return render(request, "staff/people.html", {"email": email, "person": None, "problems": problems}, 200 if email else 422)


ROUTES = [
    Route(PEOPLE, get_people),
    Route(PEOPLE, post_search, methods=["POST"]),
    Route(f"{PEOPLE}/export", post_export, methods=["POST"]),
    Route(f"{PEOPLE}/effacer", post_erasure, methods=["POST"]),
    Route(f"{PEOPLE}/recu/{{receipt_id:uuid}}", get_receipt),
]
