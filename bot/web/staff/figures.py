"""The page of figures: how the assistant does over a period, without any person in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from starlette.responses import Response
from starlette.routing import Route

from bot.admissions.staff import Role
from bot.services.figures import LONGEST_PERIOD, OFFICE_HOURS, Figures, Series
from bot.services.spreadsheets import csv_bytes
from bot.web.problems import NOT_OPEN_YET, Refusal, malformed
from bot.web.staff.access import StaffRequest, staff_page
from bot.web.staff.charts import Chart, bars, columns
from bot.web.staff.rendering import render

PATH, CSV_PATH = "/staff/chiffres", "/staff/chiffres.csv"
DEFAULT_DAYS = 30
OLDEST_DAY, FARTHEST = date(2000, 1, 1), timedelta(days=366)
SHORTCUTS = ((7, "7 jours"), (30, "30 jours"), (90, "3 mois"), (365, "un an"))


@dataclass(frozen=True)
class Panel:
    """A chart and the series that its table shows."""

    series: Series
    chart: Chart


@staff_page()
async def get_figures(request: StaffRequest) -> Response:
    """Charts with a table beside each, for any period."""
    first, last, problem = _period(request)
    found = await _read(request, first, last)
    return render(request, "staff/figures.html", {
        "figures": found, "panels": _panels(found), "problem": problem, "delay": _in_words(found.median_delay),
        "outside_share": _share(found.outside_hours, found.conversations.total), "hours": OFFICE_HOURS,
        "shortcuts": [(words, last - timedelta(days=days - 1)) for days, words in SHORTCUTS], "csv_path": CSV_PATH,
    }, status=200 if problem is None else 422)


@staff_page(Role.ADMIN, own_site_only=True)
async def get_csv(request: StaffRequest) -> Response:
    """The same figures for a spreadsheet: series, label, count."""
    first, last, problem = _period(request)
    if problem is not None:
        raise malformed(problem)
    found = await _read(request, first, last)
    name = f"chiffres-{first.isoformat()}-{last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(to_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


def to_csv(found: Figures) -> bytes:
    """Semicolons and a byte order mark, for French spreadsheets."""
    span = (found.first.isoformat(), found.last.isoformat())
    counted = [(*span, series.title, label, count) for series in found.series for label, count in series.rows]
    outside = (*span, "Conversations hors des heures de bureau", "", found.outside_hours)
    return csv_bytes([("du", "au", "chiffre", "libellé", "nombre"), *counted, outside])


def _panels(found: Figures) -> list[Panel]:
    outside = [hour for hour in range(24) if hour not in OFFICE_HOURS]
    return [
        Panel(found.conversations, columns(found.conversations)),
        Panel(found.by_hour, columns(found.by_hour, marked=outside)),
        *(Panel(series, bars(series)) for series in (found.turns, found.topics, found.opinions, found.verdicts, found.states, found.delays)),
    ]


def _period(request: StaffRequest) -> tuple[date, date, str | None]:
    """The days asked for; with a sentence when they cannot be used, and the last thirty days instead."""
    today = _today(request.now, request.web.services.settings.timezone)
    usual = today - timedelta(days=DEFAULT_DAYS - 1), today
    asked = request.query_params
    try:
        first = date.fromisoformat(asked["du"]) if asked.get("du") else usual[0]
        last = date.fromisoformat(asked["au"]) if asked.get("au") else usual[1]
    except ValueError:
        return *usual, "Cette date n'existe pas : écrivez-la comme 2026-11-22. Voici les trente derniers jours."
    if first < OLDEST_DAY or last > today + FARTHEST:
        return *usual, "Cette période est hors du calendrier de l'assistant. Voici les trente derniers jours."
    if last < first:
        return *usual, "La période finit avant de commencer. Voici les trente derniers jours."
    if last - first > LONGEST_PERIOD:
        return *usual, "Cette période dépasse cinq ans : choisissez-en une plus courte. Voici les trente derniers jours."
    return first, last, None


def _today(now: datetime, timezone: tzinfo) -> date:
    return now.astimezone(timezone).date()


async def _read(request: StaffRequest, first: date, last: date) -> Figures:
    if request.services.figures is None:
        raise Refusal(NOT_OPEN_YET)
    return await request.web.work(request.services.figures, first, last)


def _share(part: int, whole: int) -> str:
    return "non connue" if whole == 0 else f"{round(100 * part / whole)}\N{NARROW NO-BREAK SPACE}%"


def _in_words(delay: timedelta | None) -> str:
    if delay is None:
        return "aucun contact pris sur cette période"
    hours = delay.total_seconds() / 3600
    if hours < 1:
        return "moins d'une heure"
    return f"{round(hours)} h" if hours < 48 else f"{round(hours / 24)} jours"


ROUTES = [Route(PATH, get_figures), Route(CSV_PATH, get_csv)]
