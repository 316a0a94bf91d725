"""How somebody of the office gets a password or another one: by knowing the old one, or by a link that serves once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.admissions.errors import InputError
from bot.admissions.staff import Account, Actor, AuditAction
from bot.services.announcements import Letter
from bot.services.logs import log_event
from bot.services.outbox import DeliveryFailed
from bot.services.passwords import check_password
from bot.services.protocols import UnitOfWork
from bot.services.staff_accounts import BY_PASSWORD, AccountServices
from bot.services.staff_sessions import ACCOUNT, SignedIn, new_token, open_session_in, token_hash

RESET_VALID_FOR = timedelta(hours=1)
# A new colleague reads it the next working day, after a weekend too.
INVITATION_VALID_FOR = timedelta(days=3)
PATH = "/staff/mot-de-passe/"
WRONG_PASSWORD = "L'ancien mot de passe n'est pas le bon."  # noqa: S105 a sentence
LINK_IS_OVER = "Ce lien a déjà servi ou n'est plus valable : demandez-en un autre."


class LinkOver(InputError):
    """The link was used, replaced or is too old."""

    def __init__(self) -> None:
        super().__init__(LINK_IS_OVER)


def make_link(services: AccountServices, account: Account, now: datetime, by: Actor, valid_for: timedelta) -> str:
    """The whole address of a new link, in place of earlier ones; only its hash is kept."""
    token = new_token()
    with services.uow_factory() as uow:
        uow.accounts.add_link(token_hash(token), account.id, now, now + valid_for)
        uow.audit.record(by, AuditAction.LINK_MADE, ACCOUNT, account.id, now)
        uow.commit()
    return f"{services.public_url}{PATH}{token}"


def send_link(services: AccountServices, account: Account, link: str, now: datetime, is_new: bool) -> bool:
    """Whether the link left by e-mail; False without a server or when it fails, which is logged without any address."""
    if services.send is None:
        return False
    hours = int((INVITATION_VALID_FOR if is_new else RESET_VALID_FOR) / timedelta(hours=1))
    subject = "Votre compte pour la console des admissions" if is_new else "Votre mot de passe pour la console des admissions"
    key = token_hash(link)[:32]
    try:
        services.send(Letter(key, account.email, subject, "mot_de_passe", {"link": link, "hours": hours, "is_new": is_new}), now)
    except DeliveryFailed as error:
        log_event("staff_link_not_sent", reason=error.message, account=account.id)
        return False
    return True


def send_reset(services: AccountServices, email: str, now: datetime) -> None:
    """Sends a link to the account of this address, if there is one in use; the caller learns nothing."""
    with services.uow_factory() as uow:
        account = uow.accounts.with_email(email)
    if account is not None and account.is_enabled:
        send_link(services, account, make_link(services, account, now, account.actor, RESET_VALID_FOR), now, is_new=False)


def account_of_link(services: AccountServices, token: str, now: datetime) -> Account | None:
    """Whose link this is; None when it serves no more."""
    with services.uow_factory() as uow:
        return uow.accounts.of_link(token_hash(token), now)


def set_password_by_link(services: AccountServices, token: str, password: str, browser: str, now: datetime) -> SignedIn:
    """The new password, the end of every other session, and a session for whoever holds the link.

    Raises: LinkOver; InputError when the password is too easy, and the link still serves.
    """
    with services.uow_factory() as uow:
        account = uow.accounts.of_link(token_hash(token), now)
        if account is None:
            raise LinkOver
        check_password(password, account.email)
        uow.accounts.use_link(token_hash(token), LinkOver())
        signed_in = _set_password(services, uow, account, password, browser, now, "link")
        uow.commit()
    return signed_in


def change_password(
    services: AccountServices, account: Account, old: str, new: str, browser: str, now: datetime
) -> SignedIn:
    """The new password, the end of every session, and a new one for this browser.

    Raises: InputError, for the person, when the old one is wrong or the new one too easy.
    """
    if not services.passwords.is_right(account.password_hash, old):
        raise InputError(WRONG_PASSWORD)
    check_password(new, account.email)
    with services.uow_factory() as uow:
        signed_in = _set_password(services, uow, account, new, browser, now, BY_PASSWORD)
        uow.commit()
    return signed_in


def _set_password(
    services: AccountServices, uow: UnitOfWork, account: Account, password: str, browser: str, now: datetime, by: str
) -> SignedIn:
    kept = services.passwords.hash(password)
    uow.accounts.set_password(account.id, kept, now)
    uow.sessions.end_all(account.id)
    uow.accounts.drop_links(account.id)
    uow.audit.record(account.actor, AuditAction.PASSWORD_CHANGED, ACCOUNT, account.id, now, {"by": by})
    return open_session_in(uow, replace(account, password_hash=kept), browser, now, by)
