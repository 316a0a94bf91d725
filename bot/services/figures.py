"""The figures of a period, from counts that hold no person: what the office looks at to see how the assistant does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import median
from typing import Any, Protocol

from bot.admissions.figures import TURNS, Tally
from bot.services.announcements import STATE_LABELS, VERDICT_LABELS
from bot.services.jobs import RETENTION_AT, Job, daily_at
from bot.services.logs import log_event

# When somebody answers the telephone; public holidays are not known here and count as working days.
OFFICE_HOURS = range(9, 17)
OFFICE_DAYS = range(5)
MERGED_AFTER = timedelta(days=1)
LONGEST_PERIOD = timedelta(days=5 * 366)
# Time to the first change of state: upper bounds in days and the words for what lies below each.
DELAYS = ((1, "moins d'un jour"), (3, "1 à 3 jours"), (7, "3 à 7 jours"), (None, "7 jours ou plus"))

UtcPeriod = tuple[datetime, datetime]


class FigureStore(Protocol):
    """Where the counts are; bot/storage/figures.py."""

    def by_hour(self, period: UtcPeriod) -> Sequence[tuple[datetime, Tally, int]]: ...
    def topics(self, period: UtcPeriod) -> Sequence[tuple[str, int]]: ...
    def leads(self, period: UtcPeriod) -> Sequence[tuple[str | None, str, int]]: ...
    def first_contacts(self, period: UtcPeriod) -> Sequence[tuple[datetime, datetime | None]]: ...
    def merge(self, before: datetime) -> int: ...


@dataclass(frozen=True)
class Scale:
    """How a time line is cut: up to `longest` days (None: any) by `unit`, each named after its first day."""

    longest: int | None
    unit: str
    label: str
    start: Callable[[date], date]


def _day(day: date) -> date:
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


SCALES = (
    Scale(31, "jour", "{0.day:02d}/{0.month:02d}", _day),
    Scale(26 * 7, "semaine", "semaine du {0.day:02d}/{0.month:02d}", _monday),
    Scale(None, "mois", "{0.month:02d}/{0.year}", _first_of_month),
)


@dataclass(frozen=True)
class Series:
    """One chart and its table: labels and counts in the order in which they are shown."""

    title: str
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _label, count in self.rows)


@dataclass(frozen=True)
class Figures:
    """Everything the page shows, first and last day included.

    `by_hour` has the 24 hours of the office's clocks; `outside_hours` counts conversations begun outside office hours;
    `median_delay` is the median time to the first change of state among leads that had one, None without any.
    """

    first: date
    last: date
    conversations: Series
    by_hour: Series
    outside_hours: int
    turns: Series
    topics: Series
    verdicts: Series
    states: Series
    delays: Series
    median_delay: timedelta | None
    opinions: Series

    @property
    def series(self) -> tuple[Series, ...]:
        return (self.conversations, self.by_hour, self.turns, self.topics, self.verdicts, self.states, self.delays, self.opinions)


TURN_WORDS = {Tally.UNDERSTOOD: "comprises", Tally.CLARIFIED: "reformulation demandée", Tally.UNANSWERED: "sans réponse"}


def read_figures(store: FigureStore, first: date, last: date, timezone: tzinfo, title_of: Callable[[str], str | None]) -> Figures:
    """The figures from `first` to `last`, both included, by the office's clocks.

    `title_of` gives the title of a topic's card, None for what is no question (« bonjour »). Raises: StorageUnavailable.
    """
    period = (datetime.combine(first, time(), timezone), datetime.combine(last + timedelta(days=1), time(), timezone))
    counted = [(hour.astimezone(timezone), kind, count) for hour, kind, count in store.by_hour(period)]
    begun = [(hour, count) for hour, kind, count in counted if kind is Tally.CONVERSATION]
    leads = store.leads(period)
    verdict_words = {None if verdict is None else verdict.value: label for verdict, label in VERDICT_LABELS.items()}
    delays = [contacted - made for made, contacted in store.first_contacts(period) if contacted is not None]
    kinds: Counter[Tally] = Counter()
    for _hour, kind, count in counted:
        kinds[kind] += count
    return Figures(
        first, last,
        conversations=_over_time(begun, first, last),
        by_hour=_by_hour(begun),
        outside_hours=sum(count for hour, count in begun if not is_office_hour(hour)),
        turns=Series("Questions et messages", tuple((TURN_WORDS[kind], kinds[kind]) for kind in TURNS)),
        topics=_topics(store.topics(period), title_of),
        verdicts=_counted("Contacts par avis indicatif", ((verdict, count) for verdict, _state, count in leads), verdict_words),
        states=_counted("Contacts par état", ((state, count) for _verdict, state, count in leads), STATE_LABELS),
        delays=_delays(delays, waiting=sum(count for _verdict, _state, count in leads) - len(delays)),
        median_delay=timedelta(seconds=median(delay.total_seconds() for delay in delays)) if delays else None,
        opinions=Series("« Cette réponse vous a-t-elle aidé ? »", (("oui", kinds[Tally.HELPFUL]), ("non", kinds[Tally.UNHELPFUL]))),
    )


def is_office_hour(moment: datetime) -> bool:
    """Whether somebody is at the office at this local time."""
    return moment.weekday() in OFFICE_DAYS and moment.hour in OFFICE_HOURS


def merge_job(store: FigureStore, timezone: tzinfo) -> Job:
    """Makes one row of each hour's equal counts, every night."""

    def run(now: datetime) -> None:
        log_event("tallies_merged", rows=store.merge(now - MERGED_AFTER))

    return Job("tallies", run, daily_at(RETENTION_AT, timezone))


def _over_time(begun: Iterable[tuple[datetime, int]], first: date, last: date) -> Series:
    days = (last - first).days + 1
    scale = next(scale for scale in SCALES if scale.longest is None or days <= scale.longest)
    counts: Counter[date] = Counter({scale.start(first + timedelta(days=number)): 0 for number in range(days)})
    for hour, count in begun:
        counts[scale.start(hour.date())] += count
    return Series(f"Conversations par {scale.unit}", tuple((scale.label.format(day), counts[day]) for day in sorted(counts)))


def _by_hour(begun: Iterable[tuple[datetime, int]]) -> Series:
    counts: Counter[int] = Counter()
    for hour, count in begun:
        counts[hour.hour] += count
    return Series("Conversations par heure de la journée", tuple((f"{hour} h", counts[hour]) for hour in range(24)))


def _topics(topics: Iterable[tuple[str, int]], title_of: Callable[[str], str | None]) -> Series:
    titled: Counter[str] = Counter()
    for topic, count in topics:
        title = title_of(topic)
        if title is not None:
            titled[title] += count
    return Series("Sujets des questions", tuple(titled.most_common()))


def _counted(title: str, rows: Iterable[tuple[str | None, int]], words: Mapping[Any, str]) -> Series:
    counts: Counter[str | None] = Counter()
    for code, count in rows:
        counts[code] += count
    return Series(title, tuple((words[code], counts[code]) for code in words))


def _delays(delays: Sequence[timedelta], waiting: int) -> Series:
    counts: Counter[str] = Counter()
    for delay in delays:
        counts[next(words for days, words in DELAYS if days is None or delay < timedelta(days=days))] += 1
    rows = [(words, counts[words]) for _days, words in DELAYS]
    return Series("Délai avant le premier contact", (*rows, ("pas encore contacté", waiting)))
