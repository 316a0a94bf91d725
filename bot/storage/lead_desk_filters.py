"""A filter of leads as conditions on their table."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from sqlalchemy import and_, case, func, or_
from sqlalchemy.sql import ColumnElement

from bot.admissions.facts import Route, Verdict
from bot.admissions.lead_desk import LeadFilter, search_words
from bot.storage.tables import leads

effective_verdict = func.coalesce(leads.c.staff_verdict, leads.c.verdict)
# As the contract exports it: the experience route goes with its verdict when nothing else was said.
_is_vae_untold = and_(leads.c.route.is_(None), leads.c.verdict == Verdict.VAE.value)
_exported_route = case((_is_vae_untold, Route.VAE.value), else_=leads.c.route)


def conditions_of(wanted: LeadFilter) -> list[ColumnElement[bool]]:
    """What a lead's row must satisfy; none for a filter that leaves everything open."""
    found = [leads.c.search_text.contains(word, autoescape=True) for word in search_words(wanted.words)]
    if wanted.verdicts:
        found.append(_is_among(effective_verdict, wanted.verdicts))
    if wanted.states:
        found.append(_is_among(leads.c.state, wanted.states))
    if wanted.routes:
        found.append(_is_among(_exported_route, wanted.routes))
    if wanted.since is not None:
        found.append(leads.c.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(leads.c.created_at < wanted.until)
    if wanted.owner is not None:
        found.append(leads.c.owner == wanted.owner)
    if wanted.is_unowned:
        found.append(leads.c.owner.is_(None))
    return found


def _is_among(column: ColumnElement[str], values: Iterable[Enum | None]) -> ColumnElement[bool]:
    codes = [value.value for value in values if value is not None]
    return or_(column.in_(codes), column.is_(None)) if None in values else column.in_(codes)
