"""Signing in and out: a session is a random number that only the browser knows; its hash is what is stored."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.admissions.staff import Account, AuditAction, Session
from bot.services.protocols import UnitOfWork, UnitOfWorkFactory

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
# Not at each request: a page that is merely read should not write. The idle limit is that much less exact.
NOTED_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
ACCOUNT = "account"


@dataclass(frozen=True)
class SignedIn:
    """Whose browser this is; `token` is what it holds."""

    account: Account
    session: Session
    token: str


def new_token() -> str:
    """256 random bits, as text."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token. It is random and long: a fast hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session_in(uow: UnitOfWork, account: Account, browser: str, now: datetime, by: str) -> SignedIn:
    """Stages a session with an id of its own, and what the journal says of it; `by` is the way of signing in.

    The commit raises AccountChanged when the account is no longer as it was checked.
    """
    token = new_token()
    session = Session(str(uuid4()), account.id, now, now, now + ABSOLUTE, browser)
    uow.sessions.open(token_hash(token), session)
    uow.accounts.note_sign_in(account, now)
    uow.audit.record(account.actor, AuditAction.SIGNED_IN, ACCOUNT, account.id, now, {"by": by})
    return SignedIn(account, session, token)


def find_session(uow_factory: UnitOfWorkFactory, token: str, now: datetime) -> SignedIn | None:
    """The session that this token opens, and from now on was used; None when it is over or its account disabled."""
    with uow_factory() as uow:
        found = uow.sessions.find(token_hash(token), now, now - IDLE)
        if found is None:
            return None
        session, account = found
        if now - session.last_seen_at >= NOTED_EVERY:
            uow.sessions.touch(session.id, now)
            uow.commit()
        return SignedIn(account, session, token)


def sign_out(uow_factory: UnitOfWorkFactory, signed_in: SignedIn, now: datetime) -> None:
    """Ends this session."""
    account = signed_in.account
    with uow_factory() as uow:
        uow.sessions.end(account.id, signed_in.session.id)
        uow.audit.record(account.actor, AuditAction.SIGNED_OUT, ACCOUNT, account.id, now)
        uow.commit()


def live_sessions(uow_factory: UnitOfWorkFactory, account_id: str, now: datetime) -> Sequence[Session]:
    """Where this account is signed in, the last used first."""
    with uow_factory() as uow:
        return uow.sessions.of_account(account_id, now, now - IDLE)


def end_sessions(uow_factory: UnitOfWorkFactory, account: Account, now: datetime, only: str | None = None) -> None:
    """Ends all sessions of the account, or the one of id `only`."""
    with uow_factory() as uow:
        if only is None:
            uow.sessions.end_all(account.id)
        else:
            uow.sessions.end(account.id, only)
        uow.audit.record(account.actor, AuditAction.SESSIONS_ENDED, ACCOUNT, account.id, now, {"all": "oui" if only is None else "non"})
        uow.commit()


def keep_notice(uow_factory: UnitOfWorkFactory, session_id: str, notice: dict[str, Any] | None) -> None:
    """Keeps what the next page says, or forgets it once said."""
    with uow_factory() as uow:
        uow.sessions.set_notice(session_id, notice)
        uow.commit()


def forget_ended(uow_factory: UnitOfWorkFactory, now: datetime) -> None:
    """Removes sessions and links that open nothing any more."""
    with uow_factory() as uow:
        uow.sessions.drop_ended(now, now - IDLE)
        uow.accounts.drop_expired_links(now)
        uow.commit()
