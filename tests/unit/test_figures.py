"""What the figures of a period say, from counts that are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.admissions.figures import Tally
from bot.services.figures import Figures, read_figures
from bot.web.staff.charts import MOST_BARS, WIDTH, bars, columns

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 16)
TITLES = {"ask_price": "Le prix", "ask_cost_vae": "Le prix", "ask_jobs": "Les métiers"}


@dataclass
class Counts:
    """What was counted, as a store would give it, whatever the period."""

    hours: list[tuple[datetime, Tally, int]] = field(default_factory=list)
    topic_counts: list[tuple[str, int]] = field(default_factory=list)
    lead_counts: list[tuple[str | None, str, int]] = field(default_factory=list)
    contacts: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    asked: list[tuple[datetime, datetime]] = field(default_factory=list)

    def by_hour(self, period: tuple[datetime, datetime]) -> Sequence[tuple[datetime, Tally, int]]:
        self.asked.append(period)
        return self.hours

    def topics(self, period: tuple[datetime, datetime]) -> Sequence[tuple[str, int]]:
        return self.topic_counts

    def leads(self, period: tuple[datetime, datetime]) -> Sequence[tuple[str | None, str, int]]:
        return self.lead_counts

    def first_contacts(self, period: tuple[datetime, datetime]) -> Sequence[tuple[datetime, datetime | None]]:
        return self.contacts

    def merge(self, before: datetime) -> int:
        return 0


def figures(counts: Counts, first: date = MONDAY, last: date = MONDAY) -> Figures:
    return read_figures(counts, first, last, PARIS, TITLES.get)


def at(hour: int, day: int = 16) -> datetime:
    """An hour of November 2026, UTC: one less than the office's clocks."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_period_is_whole_days_of_the_offices_clocks() -> None:
    counts = Counts()

    figures(counts)

    assert counts.asked == [(at(0) - timedelta(hours=1), at(23))]


def test_conversations_are_counted_by_local_hour_and_those_outside_office_hours_apart() -> None:
    # 17 h UTC on Monday is 18 h in Paris; Saturday at noon nobody is there.
    hours = [(at(8), Tally.CONVERSATION, 3), (at(17), Tally.CONVERSATION, 2), (at(11, day=21), Tally.CONVERSATION, 1)]
    found = figures(Counts(hours=hours), last=MONDAY + timedelta(days=6))

    assert (found.conversations.total, found.outside_hours) == (6, 3)
    assert dict(found.by_hour.rows)["9 h"] == 3
    assert found.conversations.rows[0] == ("16/11", 5)


@pytest.mark.parametrize(("days", "unit", "points"), [(31, "jour", 31), (32, "semaine", 5), (183, "mois", 7)])
def test_a_longer_period_is_shown_by_week_then_by_month(days: int, unit: str, points: int) -> None:
    found = figures(Counts(), MONDAY, MONDAY + timedelta(days=days - 1))

    assert found.conversations.title == f"Conversations par {unit}"
    assert len(found.conversations.rows) == points


def test_turns_are_understood_asked_again_or_unanswered() -> None:
    hours = [(at(8), Tally.UNDERSTOOD, 7), (at(9), Tally.CLARIFIED, 2), (at(9), Tally.UNANSWERED, 1)]

    assert figures(Counts(hours=hours)).turns.rows == (("comprises", 7), ("reformulation demandée", 2), ("sans réponse", 1))


def test_topics_have_their_cards_titles_and_what_is_no_question_is_left_out() -> None:
    counted = Counts(topic_counts=[("ask_price", 4), ("greet", 9), ("ask_jobs", 5), ("ask_cost_vae", 3)])

    assert figures(counted).topics.rows == (("Le prix", 7), ("Les métiers", 5))


def test_leads_are_counted_by_verdict_and_by_state_in_words() -> None:
    counted = Counts(lead_counts=[("eligible", "nouveau", 2), ("eligible", "clos", 1), (None, "nouveau", 4)])
    found = figures(counted)

    assert dict(found.verdicts.rows) == {
        "conditions remplies": 3, "à vérifier": 0, "conditions pas encore réunies": 0, "VAE à étudier": 0, "sans vérification des conditions": 4,
    }
    assert dict(found.states.rows) == {"nouveau": 6, "contacté": 0, "dossier reçu": 0, "clos": 1}


def test_the_delay_is_the_median_of_those_who_were_contacted_and_the_others_wait() -> None:
    contacts = [(at(8), at(10)), (at(8), at(8, day=18)), (at(8), at(8, day=28)), (at(8), None)]
    found = figures(Counts(contacts=contacts, lead_counts=[("eligible", "nouveau", 4)]))

    assert found.median_delay == timedelta(days=2)
    assert dict(found.delays.rows) == {"moins d'un jour": 1, "1 à 3 jours": 1, "3 à 7 jours": 0, "7 jours ou plus": 1, "pas encore contacté": 1}


def test_nothing_counted_gives_empty_figures_and_flat_charts() -> None:
    found = figures(Counts())

    assert found.median_delay is None
    assert {mark.height for mark in columns(found.conversations).marks} == {0}
    assert bars(found.topics).marks == ()


def test_the_tallest_column_fills_the_height_and_none_leaves_the_picture() -> None:
    hours = [(at(hour), Tally.CONVERSATION, hour) for hour in range(1, 20)]
    chart = columns(figures(Counts(hours=hours)).by_hour)

    assert max(mark.height for mark in chart.marks) == chart.marks[20].height
    assert all(mark.x >= 0 and mark.x + mark.width <= WIDTH and mark.y >= 0 and mark.y + mark.height <= chart.height for mark in chart.marks)


def test_a_dozen_bars_are_drawn_and_a_long_title_is_cut_for_the_picture_only() -> None:
    many = Counts(topic_counts=[(f"ask_{number}", 50 - number) for number in range(40)])
    found = read_figures(many, MONDAY, MONDAY, PARIS, lambda topic: f"Un titre vraiment très long pour une étiquette {topic}")

    assert len(bars(found.topics).marks) == MOST_BARS
    assert all(mark.label.endswith("…") for mark in bars(found.topics).marks)
    assert len(found.topics.rows) == 40
