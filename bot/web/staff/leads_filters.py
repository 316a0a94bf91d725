"""The queue's filters, as the address says them: read without ever failing, and written back into links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import LeadFilter, LeadOrder
from bot.admissions.leads import LeadState

NONE = "aucun"
LONGEST_SEARCH = 200
HIGHEST_PAGE = 100_000
Code = TypeVar("Code", bound=Enum)


@dataclass(frozen=True)
class QueueQuery:
    """What the address asks for; a value that cannot be read is left out and filters nothing."""

    words: str = ""
    verdict: str = ""
    state: str = ""
    route: str = ""
    owner: str = ""
    since: str = ""
    until: str = ""
    order: str = LeadOrder.NEWEST.value
    page: int = 1

    def lead_filter(self, timezone: tzinfo) -> LeadFilter:
        """The same for storage; days are the office's and both included."""
        since, until = _day(self.since), _day(self.until)
        return LeadFilter(
            words=self.words,
            verdicts=_codes(Verdict, self.verdict),
            states=frozenset([LeadState(self.state)]) if self.state else frozenset(),
            routes=_codes(Route, self.route),
            since=None if since is None else datetime.combine(since, time.min, timezone),
            until=None if until is None else datetime.combine(until + timedelta(days=1), time.min, timezone),
            owner=self.owner if self.owner != NONE and self.owner else None,
            is_unowned=self.owner == NONE,
        )

    def address(self, path: str, page: int | None = None, **more: str) -> str:
        """A link with the same filters."""
        kept = {"q": self.words, "avis": self.verdict, "etat": self.state, "voie": self.route, "suivi": self.owner, "du": self.since,
                "au": self.until, "tri": "" if self.order == LeadOrder.NEWEST.value else self.order, "page": "" if page in (None, 1) else str(page)}
        query = urlencode({name: value for name, value in {**kept, **more}.items() if value})
        return f"{path}?{query}" if query else path

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.words, self.verdict, self.state, self.route, self.owner, self.since, self.until))


def read_query(asked: QueryParams) -> QueueQuery:
    """The filters of an address."""
    page = asked.get("page", "")
    return QueueQuery(
        words=asked.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        verdict=_known(asked.get("avis", ""), [*Verdict, NONE]),
        state=_known(asked.get("etat", ""), LeadState),
        route=_known(asked.get("voie", ""), [*Route, NONE]),
        owner=asked.get("suivi", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        since=asked.get("du", "") if _day(asked.get("du", "")) else "",
        until=asked.get("au", "") if _day(asked.get("au", "")) else "",
        order=_known(asked.get("tri", ""), LeadOrder) or LeadOrder.NEWEST.value,
        page=min(max(int(page), 1), HIGHEST_PAGE) if page.isascii() and page.isdecimal() and len(page) < 9 else 1,
    )


def _known(code: str, codes: Iterable[Enum | str]) -> str:
    return code if code in [known.value if isinstance(known, Enum) else known for known in codes] else ""


def _codes(kind: type[Code], code: str) -> frozenset[Code | None]:
    if not code:
        return frozenset()
    return frozenset([None if code == NONE else kind(code)])


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None
