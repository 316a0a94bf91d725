"""What the console needs from the rest of the program: one field per area, wired by bot/console.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.admissions.eligibility_rules import Rules
from bot.services.figures import Figures
from bot.services.inbox import GroupCache
from bot.services.lead_criteria import RecordSource
from bot.services.learning import LearningServices
from bot.services.staff_accounts import AccountServices
from bot.web.staff.sign_on_client import SingleSignOn

START_PATH = "/staff/connexion/etablissement"


@dataclass(frozen=True)
class ToDo:
    """Something that waits for somebody: « 3 contacts à rappeler », and where. Shown on the first page when count > 0."""

    count: int
    one: str
    many: str
    path: str
    is_urgent: bool = False


@dataclass(frozen=True)
class LeadServices:
    """What a lead's page stands on: the rules with their source, the titles of cards, and what writes exported leads by format."""

    rules: Rules
    source: RecordSource
    card_titles: Mapping[str, str]
    writers: Mapping[str, Callable[[Sequence[dict[str, Any]]], bytes]]


@dataclass(frozen=True)
class StaffServices:
    """An area that is not given is not open.

    `to_do`: what each area has to say on the first page; each is called in a worker thread. `figures` gives those of a
    period, from its first day to its last.
    """

    accounts: AccountServices
    figures: Callable[[date, date], Figures] | None = None
    single_sign_on: SingleSignOn | None = None
    leads: LeadServices | None = None
    learning: LearningServices | None = None
    question_groups: GroupCache = field(default_factory=GroupCache)
    to_do: tuple[Callable[[datetime], Sequence[ToDo]], ...] = ()
