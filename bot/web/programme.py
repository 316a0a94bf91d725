"""The programme page's view of the public facts: what GET /api/knowledge says, in the order in which a page shows it.

Facts are found by their ids; a fact that is not there leaves its place empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Block:
    """One of the blocks of competences."""

    number: str
    code: str
    title: str
    competences: tuple[str, ...]
    evaluations: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """A way to the certification."""

    label: str
    is_open: bool
    jury: str | None


@dataclass(frozen=True)
class Year:
    """One year's figures; None where the record has none."""

    year: str
    certified: Any
    overall_rate: Any
    trade_rate: Any


class Programme:
    """The facts by what a reader looks for."""

    def __init__(self, knowledge: Mapping[str, Any]) -> None:
        self._facts: list[Mapping[str, Any]] = list(knowledge["facts"])
        self._values = {fact["id"]: fact["value"] for fact in self._facts}
        self.as_of = date.fromisoformat(str(knowledge["as_of"]))

    def value(self, fact_id: str) -> Any:
        """The fact's value, None when there is none."""
        return self._values.get(fact_id)

    def day(self, fact_id: str) -> date | None:
        """The fact's value as a day."""
        value = self.value(fact_id)
        return None if value is None else date.fromisoformat(str(value))

    @property
    def objectives(self) -> tuple[str, ...]:
        return self._under("objectifs.but_")

    @property
    def activities(self) -> tuple[str, ...]:
        return self._under("activites.A")

    @property
    def jobs(self) -> tuple[str, ...]:
        return self._under("emplois.")

    @property
    def sectors(self) -> tuple[str, ...]:
        return self._under("secteurs.")

    @property
    def blocks(self) -> tuple[Block, ...]:
        numbers = [key.split(".")[1] for key in self._values if key.startswith("blocs.") and key.endswith(".code")]
        return tuple(self._block(number) for number in numbers)

    @property
    def routes(self) -> tuple[Route, ...]:
        end = ".ouverte"
        found = [fact for fact in self._facts if fact["id"].startswith("voies.") and fact["id"].endswith(end)]
        return tuple(
            Route(fact["label"].partition(" : ")[0], bool(fact["value"]), self.value(fact["id"].removesuffix(end) + ".jury"))
            for fact in found
        )

    @property
    def years(self) -> tuple[Year, ...]:
        found = [key.split(".")[1] for key in self._values if key.startswith("statistiques.") and key.endswith(".certifies")]
        return tuple(self._year(year) for year in found)

    def _under(self, prefix: str) -> tuple[str, ...]:
        return tuple(str(value) for key, value in self._values.items() if key.startswith(prefix))

    def _block(self, number: str) -> Block:
        prefix = f"blocs.{number}."
        return Block(
            number,
            str(self.value(prefix + "code")),
            str(self.value(prefix + "titre")),
            self._under(prefix + "C"),
            self._under(prefix + "evaluation_"),
        )

    def _year(self, year: str) -> Year:
        prefix = f"statistiques.{year}."
        return Year(
            year,
            self.value(prefix + "certifies"),
            self.value(prefix + "insertion_globale_6_mois"),
            self.value(prefix + "insertion_metier_6_mois"),
        )
