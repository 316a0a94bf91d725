"""The admissions office's work on a lead: which leads to see, what may change, and what a change leaves behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.admissions.facts import Route, Verdict
from bot.admissions.leads import Contact, Lead, LeadState
from bot.admissions.text import fold

_PHONE_SIGNS = re.compile(r"[\s.()/+-]+")
LEAST_PHONE_DIGITS = 4
_STEPS = tuple(LeadState)


class ChangeKind(str, Enum):
    """What a change touched; PERSON is a correction by the person themselves, the others are the office's."""

    STATE = "state"
    OWNER = "owner"
    VERDICT = "verdict"
    PERSON = "person"


class LeadOrder(str, Enum):
    """Within one state and after those to review: the newest first, or the longest waiting first."""

    NEWEST = "recents"
    OLDEST = "anciens"


@dataclass(frozen=True)
class LeadFilter:
    """Which leads to see; an empty set or None leaves that side open.

    `verdicts` are the office's verdict where it gave one, else the assistant's (None: no pre-screening); `since` is
    inclusive and `until` exclusive, on the creation; `owner` is the e-mail of an account.
    """

    words: str = ""
    verdicts: frozenset[Verdict | None] = frozenset()
    states: frozenset[LeadState] = frozenset()
    routes: frozenset[Route | None] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    owner: str | None = None
    is_unowned: bool = False


@dataclass(frozen=True)
class LeadChange:
    """One line of a lead's history. `version` is the lead's after it.

    `before` and `after` are codes (state, verdict), an owner's e-mail, or for the person's own correction the names of
    the fields; the reasons go with a verdict. `undoes` names the change that this one took back.
    """

    id: str
    lead_id: str
    version: int
    at: datetime
    actor_id: str | None
    actor: str
    kind: ChangeKind
    before: str | None = None
    after: str | None = None
    reason_before: str | None = None
    reason_after: str | None = None
    undoes: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True)
class LeadNote:
    """What a colleague wrote on a lead; it is never changed."""

    id: str
    lead_id: str
    at: datetime
    author_id: str | None
    author: str
    text: str


@dataclass(frozen=True)
class DeskLead:
    """A lead with what only the office needs: the version that a form carries, and when the person was last heard."""

    lead: Lead
    version: int
    last_contact_at: datetime


def next_states(state: LeadState) -> tuple[LeadState, ...]:
    """The states that may follow: later ones only. Going back is undoing."""
    return _STEPS[_STEPS.index(state) + 1:]


def effective_verdict(lead: Lead) -> Verdict | None:
    """The office's verdict where it gave one, else the assistant's."""
    return lead.staff_verdict or lead.verdict


def search_text(contact: Contact) -> str:
    """What a search looks through: name and e-mail without case nor accents, and the digits of the phone."""
    digits = _PHONE_SIGNS.sub("", contact.phone or "")
    return "\n".join((fold(contact.name or ""), fold(contact.email or ""), digits))


def email_key(email: str | None) -> str | None:
    """The form in which two spellings of one address are equal."""
    return None if email is None else email.strip().lower()


def search_words(typed: str) -> tuple[str, ...]:
    """What each found lead must hold, as `search_text` writes it.

    « 06 39 98 » finds +33639 98…: a number is one word, without its leading zeros.
    """
    number = _PHONE_SIGNS.sub("", typed)
    if number.isdecimal() and len(number) >= LEAST_PHONE_DIGITS:
        return (number.lstrip("0") or number,)
    return tuple(fold(typed).split())
