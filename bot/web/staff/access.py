"""The doors of the console: each page and each action says here who may pass, and nothing else opens a route.

A page is a GET that changes nothing. An action is a POST that needs a session, the role, the form's token and the same site.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.admissions.staff import Account, Actor, Role
from bot.services.staff_sessions import SignedIn, keep_notice
from bot.web.context import Web, web_of
from bot.web.form_requests import FORM_TYPE, clean, comes_from_another_site
from bot.web.incoming import read_body
from bot.web.problems import NOT_OPEN_YET, Problem, Refusal, malformed
from bot.web.staff.services import StaffServices
from bot.web.staff.sessions import CSRF_FIELD, SESSION, drop_cookie, is_csrf_token, read_cookie, signed_in_of

SIGN_IN_PATH = "/staff/connexion"
MAX_FORM_BYTES = 128 * 1024
MOST_FIELDS = 400
PASSWORD_FIELDS = "password"  # noqa: S105  (how their names begin)
NOT_ALLOWED = Problem(
    "forbidden", 403, "Accès refusé", "Votre compte permet de consulter cette console, pas de faire cela. Demandez à un administrateur."
)
NOT_FROM_HERE = Problem(
    "forbidden", 403, "Demande refusée",
    "Cette demande ne venait pas d'une page ouverte de la console, ou cette page était trop ancienne. Rien n'a été changé : "
    "revenez à la page, rechargez-la et recommencez.",
)


@dataclass(frozen=True)
class Door:
    """What a route asks for; kept on its endpoint, so that tests can walk the table of routes."""

    is_action: bool
    roles: frozenset[Role]
    own_site_only: bool = False


@dataclass
class StaffRequest:
    """A request whose sender is known and allowed. `form` holds the last value of each field; `values` all of one."""

    http: Request
    signed_in: SignedIn
    services: StaffServices
    now: datetime
    fields: Sequence[tuple[str, str]] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    next_notice: dict[str, Any] | None = None
    is_notice_shown: bool = False

    @property
    def web(self) -> Web:
        return web_of(self.http)

    @property
    def account(self) -> Account:
        return self.signed_in.account

    @property
    def actor(self) -> Actor:
        return self.signed_in.account.actor

    @property
    def is_admin(self) -> bool:
        return self.account.role is Role.ADMIN

    @property
    def path_params(self) -> dict[str, Any]:
        return self.http.path_params

    @property
    def query_params(self) -> QueryParams:
        return self.http.query_params

    def values(self, name: str) -> list[str]:
        """Every value sent under a name: ticked boxes."""
        return [value for key, value in self.fields if key == name]


Handler = Callable[[StaffRequest], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def staff_page(*roles: Role, own_site_only: bool = False) -> Callable[[Handler], Endpoint]:
    """A page for signed-in people, of these roles when any are given.

    `own_site_only` is for downloads: another site's link gets none.
    """
    return _door(Door(False, frozenset(roles or Role), own_site_only))


def staff_action(*roles: Role) -> Callable[[Handler], Endpoint]:
    """A change, by signed-in people of these roles, from a form of ours."""
    return _door(Door(True, frozenset(roles or Role), own_site_only=True))


def staff_services(request: Request) -> StaffServices:
    """The console's services. Raises: Refusal where the program was started without."""
    services = web_of(request).services.staff
    if services is None:
        raise Refusal(NOT_OPEN_YET)
    return services


def _door(door: Door) -> Callable[[Handler], Endpoint]:
    def decorate(handler: Handler) -> Endpoint:
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            staff = await _enter(request, door)
            if staff is None:
                return _to_sign_in(request)
            response = await handler(staff)
            await _settle_notice(staff)
            return response

        endpoint.door = door  # type: ignore[attr-defined]
        return endpoint

    return decorate


async def _enter(request: Request, door: Door) -> StaffRequest | None:
    """The request once it is let in; None for whoever must sign in first. Raises: Refusal."""
    services, web = staff_services(request), web_of(request)
    await web.admit(request)
    signed_in = await signed_in_of(request)
    if signed_in is None:
        return None
    if door.own_site_only and comes_from_another_site(request, web.services.settings.public_url):
        raise Refusal(NOT_FROM_HERE)
    if signed_in.account.role not in door.roles:
        raise Refusal(NOT_ALLOWED)
    staff = StaffRequest(request, signed_in, services, web.services.clock())
    if door.is_action:
        staff.fields = await read_form(request)
        staff.form = dict(staff.fields)
        if not is_csrf_token(signed_in.token, staff.form.get(CSRF_FIELD, "")):
            raise Refusal(NOT_FROM_HERE)
    return staff


async def read_form(request: Request) -> list[tuple[str, str]]:
    """The fields of a form in their order, trimmed. Raises: Refusal when it is too large or no form."""
    body = await read_body(request, MAX_FORM_BYTES)
    if not body:
        return []
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise malformed("Envoyez le formulaire depuis sa page.")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise malformed("Le formulaire reçu est illisible : rechargez la page et recommencez.") from None
    # A password is taken as typed: a space at its end belongs to it, as on the command line.
    return [(name, value if name.startswith(PASSWORD_FIELDS) else clean(value)) for name, value in pairs]


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    # After an action there is nothing to come back to: its form is gone.
    suffix = f"?suite={quote(wanted, safe='')}" if request.method in ("GET", "HEAD") and wanted.rstrip("/") != "/staff" else ""
    response = RedirectResponse(f"{SIGN_IN_PATH}{suffix}", 303)
    if read_cookie(request, SESSION) is not None:
        drop_cookie(request, response, SESSION)
    return response


async def _settle_notice(staff: StaffRequest) -> None:
    """Keeps what the next page is to say, forgets what this one has said."""
    if staff.next_notice is not None or staff.is_notice_shown:
        web, session_id = staff.web, staff.signed_in.session.id
        await web.work(keep_notice, web.services.uow_factory, session_id, staff.next_notice)
