"""Accounts of the office, and the one-time links by which their passwords are set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.admissions.staff import Account, AccountChanged, AccountExists, LastAdmin, Role
from bot.storage.staff_tables import staff_accounts, staff_links
from bot.storage.staging import Staging


class AccountRepository:
    """One row per person."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def get(self, account_id: str) -> Account | None:
        """The account of this id."""
        return self._first(staff_accounts.c.id == account_id)

    def with_email(self, email: str) -> Account | None:
        """The account of this address, given in the form of bot.admissions.staff.account_email."""
        return self._first(staff_accounts.c.email == email)

    def all(self) -> list[Account]:
        """Every account, by address."""
        with self._staging.read() as connection:
            return [account_of(row) for row in connection.execute(select(staff_accounts).order_by(staff_accounts.c.email))]

    def add(self, account: Account) -> None:
        """Stages a new account; the commit raises AccountExists when somebody has its address."""

        def write(connection: Connection) -> None:
            columns = {**vars(account), "role": account.role.value}
            try:
                connection.execute(insert(staff_accounts).values(columns))
            except IntegrityError:
                raise AccountExists from None

        self._staging.add(write)

    def set_password(self, account_id: str, password_hash: str, at: datetime) -> None:
        """Stages a new password."""
        self._update(account_id, {"password_hash": password_hash, "password_changed_at": at})

    def rehash(self, account_id: str, old_hash: str, new_hash: str) -> None:
        """Stages the same password under newer parameters, unless it has changed meanwhile."""
        same = (staff_accounts.c.id == account_id) & (staff_accounts.c.password_hash == old_hash)
        self._staging.execute(update(staff_accounts).where(same).values(password_hash=new_hash))

    def note_sign_in(self, account: Account, at: datetime) -> None:
        """Stages when the person signed in; the commit raises AccountChanged when it is no longer the account that was checked."""
        unchanged = (
            (staff_accounts.c.id == account.id)
            & staff_accounts.c.is_enabled
            & (staff_accounts.c.role == account.role.value)
            & staff_accounts.c.password_hash.is_not_distinct_from(account.password_hash)
        )

        def write(connection: Connection) -> None:
            if connection.execute(update(staff_accounts).where(unchanged).values(last_sign_in_at=at)).rowcount != 1:
                raise AccountChanged

        self._staging.add(write)

    def set_role(self, account_id: str, role: Role) -> None:
        """Stages another role; the commit raises LastAdmin when no admin would be left."""
        self._change_admins(account_id, {"role": role.value}, role is Role.ADMIN)

    def set_enabled(self, account_id: str, is_enabled: bool) -> None:
        """Stages that the account is in use or not; the commit raises LastAdmin when no admin would be left."""
        self._change_admins(account_id, {"is_enabled": is_enabled}, is_enabled)

    def add_link(self, token_hash: str, account_id: str, at: datetime, expires_at: datetime) -> None:
        """Stages a link, in place of those that the account had."""
        self._staging.execute(delete(staff_links).where(staff_links.c.account_id == account_id))
        row = {"token_hash": token_hash, "account_id": account_id, "created_at": at, "expires_at": expires_at}
        self._staging.execute(insert(staff_links).values(row))

    def of_link(self, token_hash: str, now: datetime) -> Account | None:
        """The enabled account that a link still opens."""
        is_it = (staff_links.c.token_hash == token_hash) & (staff_links.c.expires_at > now)
        owner = select(staff_links.c.account_id).where(is_it).scalar_subquery()
        account = self._first(staff_accounts.c.id == owner)
        return account if account is not None and account.is_enabled else None

    def drop_links(self, account_id: str) -> None:
        """Stages the end of the account's links."""
        self._staging.execute(delete(staff_links).where(staff_links.c.account_id == account_id))

    def use_link(self, token_hash: str, lost: Exception) -> None:
        """Stages the end of a link; the commit raises `lost` when somebody used it first."""

        def write(connection: Connection) -> None:
            if connection.execute(delete(staff_links).where(staff_links.c.token_hash == token_hash)).rowcount != 1:
                raise lost

        self._staging.add(write)

    def drop_expired_links(self, now: datetime) -> None:
        """Stages the end of links that open nothing any more."""
        self._staging.execute(delete(staff_links).where(staff_links.c.expires_at <= now))

    def _first(self, condition: Any) -> Account | None:
        with self._staging.read() as connection:
            row = connection.execute(select(staff_accounts).where(condition)).first()
        return None if row is None else account_of(row)

    def _update(self, account_id: str, values: dict[str, Any]) -> None:
        self._staging.execute(update(staff_accounts).where(staff_accounts.c.id == account_id).values(values))

    def _change_admins(self, account_id: str, values: dict[str, Any], may_add: bool) -> None:
        is_admin = (staff_accounts.c.role == Role.ADMIN.value) & staff_accounts.c.is_enabled

        def write(connection: Connection) -> None:
            # The rows are locked: of two admins who disable each other at once, the second is refused.
            admins = set(connection.execute(select(staff_accounts.c.id).where(is_admin).with_for_update()).scalars())
            if not may_add and admins == {account_id}:
                raise LastAdmin
            connection.execute(update(staff_accounts).where(staff_accounts.c.id == account_id).values(values))

        self._staging.add(write)


def account_of(row: Row) -> Account:
    """The account that a row of the table holds, whatever else was read with it."""
    values = row._mapping
    columns = {name: values[staff_accounts.c[name]] for name in Account.__dataclass_fields__}
    return Account(**{**columns, "role": Role(columns["role"])})
