"""Accounts of the office: made, signed in to, changed and disabled; each change and its line of the journal are one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bot.admissions.staff import COMMAND_LINE, PROGRAM, Account, AccountChanged, AccountExists, Actor, AuditAction, Role, account_email
from bot.services.announcements import Letter
from bot.services.passwords import Passwords, check_password
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory
from bot.services.staff_sessions import ACCOUNT, SignedIn, open_session_in

SendLetter = Callable[[Letter, datetime], None]
BY_PASSWORD = "password"  # noqa: S105  (a word of the journal)


@dataclass(frozen=True)
class AccountServices:
    """What the use cases of accounts stand on; `send` is None when no e-mail can leave."""

    uow_factory: UnitOfWorkFactory
    passwords: Passwords
    public_url: str
    send: SendLetter | None = None


def add_account(
    services: AccountServices, email: str, role: Role, now: datetime, *, password: str | None = None,
    name: str = "", by: Actor = COMMAND_LINE,
) -> Account:
    """A new account; without a password it waits for its link.

    Raises: InputError for an unusable address or password, AccountExists.
    """
    address = account_email(email)
    if password is not None:
        check_password(password, address)
    with services.uow_factory() as uow:
        if uow.accounts.with_email(address) is not None:
            raise AccountExists
        password_hash = None if password is None else services.passwords.hash(password)
        account = Account(
            str(uuid4()), address, name.strip(), role, True, now, password_hash, None if password is None else now
        )
        uow.accounts.add(account)
        uow.audit.record(by, AuditAction.ACCOUNT_CREATED, ACCOUNT, account.id, now, {"role": role.value})
        uow.commit()
    return account


def sign_in_by_email(services: AccountServices, email: str, browser: str, now: datetime) -> SignedIn | None:
    """A session for somebody whose address the university's single sign-on vouches for; None without an account in use."""
    with services.uow_factory() as uow:
        account = uow.accounts.with_email(email)
        if account is None or not account.is_enabled:
            uow.audit.record(PROGRAM, AuditAction.SIGN_IN_REFUSED, ACCOUNT, None if account is None else account.id, now, {"by": "sso"})
            uow.commit()
            return None
        return _open(uow, account, browser, now, "sso")


def change_role(services: AccountServices, account_id: str, role: Role, now: datetime, by: Actor) -> bool:
    """Another role, and no session left with the old one; False when there is nothing to change.

    Raises: LastAdmin when nobody could manage the accounts any more.
    """
    with services.uow_factory() as uow:
        account = uow.accounts.get(account_id)
        if account is None or account.role is role:
            return False
        uow.accounts.set_role(account_id, role)
        uow.sessions.end_all(account_id)
        uow.audit.record(by, AuditAction.ROLE_CHANGED, ACCOUNT, account_id, now, {"role": role.value})
        uow.commit()
    return True


def set_enabled(services: AccountServices, account_id: str, is_enabled: bool, now: datetime, by: Actor) -> bool:
    """Opens the account or closes it, its sessions and its links too; False when there is nothing to change.

    Raises: LastAdmin when nobody could manage the accounts any more.
    """
    with services.uow_factory() as uow:
        account = uow.accounts.get(account_id)
        if account is None or account.is_enabled is is_enabled:
            return False
        uow.accounts.set_enabled(account_id, is_enabled)
        uow.sessions.end_all(account_id)
        uow.accounts.drop_links(account_id)
        action = AuditAction.ACCOUNT_ENABLED if is_enabled else AuditAction.ACCOUNT_DISABLED
        uow.audit.record(by, action, ACCOUNT, account_id, now)
        uow.commit()
    return True


def get_account(services: AccountServices, account_id: str) -> Account | None:
    """The account of this id."""
    with services.uow_factory() as uow:
        return uow.accounts.get(account_id)


def all_accounts(services: AccountServices) -> Sequence[Account]:
    """Every account, by address."""
    with services.uow_factory() as uow:
        return uow.accounts.all()


def sign_in(services: AccountServices, email: str, password: str, browser: str, now: datetime) -> SignedIn | None:
    """A session for whoever knows the password; None for anybody else, in the same time and for no stated reason."""
    with services.uow_factory() as uow:
        account = uow.accounts.with_email(email)
        stored = None if account is None or not account.is_enabled else account.password_hash
        if not services.passwords.is_right(stored, password) or account is None or stored is None:
            # For unknown addresses too: an answer that takes longer would tell.
            uow.audit.record(PROGRAM, AuditAction.SIGN_IN_REFUSED, ACCOUNT, None if account is None else account.id, now)
            uow.commit()
            return None
        if services.passwords.is_old(stored):
            renewed = services.passwords.hash(password)
            uow.accounts.rehash(account.id, stored, renewed)
            account = replace(account, password_hash=renewed)
        return _open(uow, account, browser, now, BY_PASSWORD)


def _open(uow: UnitOfWork, account: Account, browser: str, now: datetime, by: str) -> SignedIn | None:
    signed_in = open_session_in(uow, account, browser, now, by)
    try:
        uow.commit()
    except AccountChanged:
        return None
    return signed_in
