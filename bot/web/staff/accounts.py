"""The accounts of the office, for its admins: made, given another role, closed and opened again."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.errors import InputError
from bot.admissions.staff import Account, AccountExists, LastAdmin, Role
from bot.services.staff_accounts import add_account, all_accounts, change_role, get_account, set_enabled
from bot.services.staff_passwords import INVITATION_VALID_FOR, RESET_VALID_FOR, make_link, send_link
from bot.web.problems import NOT_FOUND, Refusal
from bot.web.staff.access import StaffRequest, staff_action, staff_page
from bot.web.staff.rendering import ROLE_WORDS, back, render

ACCOUNTS = "/staff/comptes"
LONGEST_NAME = 100
ROLES = [(Role.READER.value, "lecteur : consulte tout, ne change et n'exporte rien"), (Role.ADMIN.value, "administrateur : change et exporte")]


@staff_page(Role.ADMIN)
async def get_accounts(request: StaffRequest) -> Response:
    """Every account, and the form for a new one."""
    return await _page(request)


@staff_action(Role.ADMIN)
async def post_account(request: StaffRequest) -> Response:
    """A new account; its owner chooses the password by a link, which is shown here when it cannot leave by e-mail."""
    role, name = _role(request), request.form.get("name", "")[:LONGEST_NAME]
    services = request.services.accounts
    try:
        account = await request.web.work(
            add_account, services, request.form.get("email", ""), role, request.now, name=name, by=request.actor
        )
    except (InputError, AccountExists) as error:
        return await _page(request, {"email": _sentence(error)}, 422)
    return await _give_link(request, account, INVITATION_VALID_FOR, is_new=True)


@staff_action(Role.ADMIN)
async def post_role(request: StaffRequest) -> Response:
    """Another role."""
    account, role = await _account(request), _role(request)
    try:
        changed = await request.web.work(change_role, request.services.accounts, account.id, role, request.now, request.actor)
    except LastAdmin as error:
        return back(request, ACCOUNTS, _sentence(error), is_error=True)
    told = f"{account.email} a maintenant le rôle {ROLE_WORDS[role]} et doit se reconnecter."
    return back(request, ACCOUNTS, told if changed else f"{account.email} avait déjà ce rôle.")


@staff_action(Role.ADMIN)
async def post_state(request: StaffRequest) -> Response:
    """Closes an account or opens it again."""
    account, is_enabled = await _account(request), request.form.get("enabled") == "yes"
    try:
        await request.web.work(set_enabled, request.services.accounts, account.id, is_enabled, request.now, request.actor)
    except LastAdmin as error:
        return back(request, ACCOUNTS, _sentence(error), is_error=True)
    told = "peut de nouveau se connecter." if is_enabled else "ne peut plus se connecter ; ses sessions sont fermées."
    return back(request, ACCOUNTS, f"{account.email} {told}")


@staff_action(Role.ADMIN)
async def post_link(request: StaffRequest) -> Response:
    """A new link to choose a password, for somebody who has lost theirs or never used the first."""
    account = await _account(request)
    if not account.is_enabled:
        return back(request, ACCOUNTS, "Ce compte est désactivé : réactivez-le d'abord.", is_error=True)
    is_new = account.password_hash is None
    return await _give_link(request, account, INVITATION_VALID_FOR if is_new else RESET_VALID_FOR, is_new)


async def _give_link(request: StaffRequest, account: Account, valid_for: timedelta, is_new: bool) -> Response:
    """Sends the link, or shows it: in this answer only, never in a notice that would be stored."""
    services = request.services.accounts
    link = await request.web.work(make_link, services, account, request.now, request.actor, valid_for)
    if await request.web.work(send_link, services, account, link, request.now, is_new):
        return back(request, ACCOUNTS, f"Un lien pour choisir le mot de passe est envoyé à {account.email}.")
    context = {"person": account, "link": link, "hours": int(valid_for / timedelta(hours=1)), "has_failed": services.send is not None}
    return render(request, "staff/account_link.html", context)


async def _page(request: StaffRequest, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    accounts = await request.web.work(all_accounts, request.services.accounts)
    context = {
        "accounts": accounts, "roles": ROLES, "role_names": ROLE_WORDS, "problems": problems or {}, "form": request.form,
        "longest_name": LONGEST_NAME,
    }
    return render(request, "staff/accounts.html", context, status)


async def _account(request: StaffRequest) -> Account:
    account = await request.web.work(get_account, request.services.accounts, request.path_params["account_id"])
    if account is None:
        raise Refusal(NOT_FOUND)
    return account


def _role(request: StaffRequest) -> Role:
    return Role.ADMIN if request.form.get("role") == Role.ADMIN.value else Role.READER


def _sentence(error: InputError) -> str:
    return f"{error.message[:1].upper()}{error.message[1:]}."


ROUTES = [
    Route(ACCOUNTS, get_accounts),
    Route(ACCOUNTS, post_account, methods=["POST"]),
    Route(f"{ACCOUNTS}/{{account_id}}/role", post_role, methods=["POST"]),
    Route(f"{ACCOUNTS}/{{account_id}}/etat", post_state, methods=["POST"]),
    Route(f"{ACCOUNTS}/{{account_id}}/lien", post_link, methods=["POST"]),
]
