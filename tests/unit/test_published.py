"""What is published is looked for at most once a second, read again only when it has changed, and never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.admissions.errors import StorageUnavailable
from bot.admissions.publications import Publication
from bot.services.published import LOOK_EVERY_S, Published


@dataclass
class Office:
    """A storage that counts its readings."""

    number: int = 0
    looks: int = 0
    readings: int = 0
    is_lost: bool = False
    today: date = date(2026, 11, 22)
    seconds: float = 100.0
    built: list[int] = field(default_factory=list)

    @property
    def publications(self) -> Office:
        return self

    def generation(self) -> int:
        self.looks += 1
        if self.is_lost:
            raise StorageUnavailable("no database")
        return self.number

    def published(self) -> list[Publication]:
        self.readings += 1
        return []

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def build(self, publications: Sequence[Publication], on: date) -> str:
        self.built.append(self.number)
        return f"{self.number} le {on}"


def published(office: Office) -> Published[str]:
    return Published(lambda: office, office.build, lambda: office.today, lambda: office.seconds)  # type: ignore[arg-type,return-value]


def test_within_a_second_nothing_is_asked_of_the_database() -> None:
    office = Office()
    live = published(office)
    for _ in range(1_000):
        live.current()
    assert (office.looks, office.readings) == (1, 0)


def test_a_change_is_seen_after_a_second() -> None:
    office = Office()
    live = published(office)
    live.current()
    office.number = 1
    assert live.current() == "0 le 2026-11-22"
    office.seconds += LOOK_EVERY_S
    assert live.current() == "1 le 2026-11-22"
    assert office.readings == 1


def test_whoever_publishes_sees_it_at_once() -> None:
    office = Office()
    live = published(office)
    live.current()
    office.number = 7
    live.look_again()
    assert live.current() == "7 le 2026-11-22"


def test_a_new_day_is_a_change() -> None:
    office = Office()
    live = published(office)
    live.current()
    office.today, office.seconds = date(2026, 11, 23), office.seconds + LOOK_EVERY_S
    assert live.current() == "0 le 2026-11-23"


def test_a_message_is_answered_from_one_state() -> None:
    office = Office()
    live = published(office)
    with live.turn() as at_start:
        office.number, office.seconds = 1, office.seconds + LOOK_EVERY_S
        assert live.current() == at_start == "0 le 2026-11-22"
    assert live.current() == "1 le 2026-11-22"


def test_a_lost_database_leaves_what_was_known() -> None:
    office = Office(number=3)
    live = published(office)
    assert live.current() == "3 le 2026-11-22"
    office.is_lost, office.number = True, 4
    office.seconds += LOOK_EVERY_S
    assert live.current() == "3 le 2026-11-22"
    office.is_lost = False
    office.seconds += LOOK_EVERY_S
    assert live.current() == "4 le 2026-11-22"


def test_its_version_changes_with_what_is_known() -> None:
    office = Office()
    live = published(office)
    before = live.version
    office.number = 1
    live.look_again()
    assert live.version != before
