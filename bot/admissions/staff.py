"""The people of the office: what each may do, and the names of what they did."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.admissions.errors import InputError

LONGEST_EMAIL = 254
NEVER_IN_AN_EMAIL = frozenset(",;:<>()[]\\\"")
BAD_EMAIL = "cette adresse électronique n'est pas utilisable ; écrivez par exemple prenom.nom@exemple.fr"


class Role(StrEnum):
    """An admin changes and exports; a reader sees."""

    ADMIN = "admin"
    READER = "reader"


class AuditAction(StrEnum):
    """What is worth remembering, named by what happened. The journal's French words are in bot/web/staff/audit.py."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    SESSIONS_ENDED = "sessions_ended"
    ACCOUNT_CREATED = "account_created"
    ROLE_CHANGED = "role_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a name)
    LINK_MADE = "link_made"
    LEAD_SEEN = "lead_seen"
    LEAD_STATE_CHANGED = "lead_state_changed"
    LEAD_OWNER_CHANGED = "lead_owner_changed"
    LEAD_VERDICT_CHANGED = "lead_verdict_changed"
    LEAD_NOTE_ADDED = "lead_note_added"
    LEADS_EXPORTED = "leads_exported"
    CASES_EXPORTED = "cases_exported"
    DELIVERIES_RETRIED = "deliveries_retried"
    ADDITION_PUBLISHED = "addition_published"
    ADDITION_WITHDRAWN = "addition_withdrawn"
    QUESTIONS_IGNORED = "questions_ignored"
    QUESTIONS_REOPENED = "questions_reopened"
    PRACTICAL_PUBLISHED = "practical_published"
    PRACTICAL_WITHDRAWN = "practical_withdrawn"
    CORRECTION_PUBLISHED = "correction_published"
    CORRECTION_WITHDRAWN = "correction_withdrawn"
    ANSWER_SUSPENDED = "answer_suspended"
    ANSWER_RESUMED = "answer_resumed"
    PERSON_SEEN = "person_seen"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    RETENTION_APPLIED = "retention_applied"


@dataclass(frozen=True)
class Actor:
    """Who did it, as audit and histories keep it; `account_id` is None for the program itself and the command line."""

    account_id: str | None
    label: str


COMMAND_LINE = Actor(None, "ligne de commande")
PROGRAM = Actor(None, "programme")


@dataclass(frozen=True)
class Account:
    """One person of the office. `password_hash` is None until a password was set; times are None until it happened."""

    id: str
    email: str
    name: str
    role: Role
    is_enabled: bool
    created_at: datetime
    password_hash: str | None = field(default=None, repr=False)
    password_changed_at: datetime | None = None
    last_sign_in_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """This person, as histories keep them."""
        return Actor(self.id, self.email)


@dataclass(frozen=True)
class Session:
    """One browser that is signed in. `notice` is what its next page says, once; `browser` helps its owner to recognise it."""

    id: str
    account_id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    browser: str
    notice: Mapping[str, Any] | None = None


class AccountExists(InputError):
    """Somebody has this address already."""

    def __init__(self) -> None:
        super().__init__("un compte existe déjà pour cette adresse")


class AccountChanged(InputError):
    """The account was closed, or got another role or password, while somebody was signing in to it."""

    def __init__(self) -> None:
        super().__init__("ce compte vient de changer ; reconnectez-vous")


class LastAdmin(InputError):
    """Nobody could manage the accounts any more."""

    def __init__(self) -> None:
        super().__init__("c'est le dernier compte administrateur en service : donnez d'abord ce rôle à une autre personne")


def account_email(text: str) -> str:
    """The address as accounts are found by: without spaces around, in lower case.

    Raises: InputError when no mail could be addressed to it.
    """
    email = unicodedata.normalize("NFKC", text).strip().lower()
    local, _, domain = email.rpartition("@")
    is_broken = any(character.isspace() or not character.isprintable() or character in NEVER_IN_AN_EMAIL for character in email)
    labels = domain.split(".")
    if is_broken or not local or "@" in local or len(labels) < 2 or not all(labels) or len(email) > LONGEST_EMAIL:
        raise InputError(BAD_EMAIL)
    return email
