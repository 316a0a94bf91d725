"""What is known about a person who asks: diploma, experience, status. Immutable and JSON-safe.

`None` means not yet known; « I do not know » is known and has its own field, so that nobody is asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum
from typing import Any

NO_DIPLOMA_LEVEL = 0
UNKNOWN_STATUS = "unknown"  # in slots: the person does not know, and is not asked again


class Status(str, Enum):
    """Where the person stands at work; the codes of the contract."""

    SALARIE = "salarie"
    DEMANDEUR_EMPLOI = "demandeur_emploi"
    INDEPENDANT = "independant"
    ETUDIANT = "etudiant"
    RETRAITE = "retraite"
    ELU = "elu"
    SANS_ACTIVITE = "sans_activite"
    AUTRE = "autre"


class Route(str, Enum):
    """The way into the certification that a person asks for."""

    FORMATION_INITIALE = "formation_initiale"
    FORMATION_CONTINUE = "formation_continue"
    VAE = "vae"


class Verdict(str, Enum):
    """What the pre-screening says; always indicative."""

    ELIGIBLE = "eligible"
    TO_REVIEW = "to_review"
    NOT_YET = "not_yet"
    VAE = "vae"


@dataclass(frozen=True)
class Diploma:
    """The highest French diploma obtained, and what else may make a person look at the file.

    `level` is the French 2019 level (0, 3 to 8) of the highest French diploma obtained, None when there is
    none known. The markers add to it: a bac and a foreign degree is `level=4, foreign=True`.
    """

    level: int | None = None
    label: str | None = None
    foreign: bool = False
    level_unknown: bool = False
    two_years_validated: bool = False
    without_diploma: bool = False

    def to_dict(self) -> dict[str, Any]:
        """A JSON object that holds only what differs from an empty Diploma."""
        return _compact(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Diploma:
        """The reverse of `to_dict`; unknown keys are ignored, as slots outlive versions."""
        return cls(**_known(cls, data))


@dataclass(frozen=True)
class Ambiguity:
    """A diploma that can be read in several ways: ask once which of `options` it is."""

    label: str
    options: tuple[Diploma, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON object that `diploma_from_dict` tells from a Diploma by its `options`."""
        return {"label": self.label, "options": [option.to_dict() for option in self.options]}


@dataclass(frozen=True)
class Experience:
    """Paid work, in calendar months.

    `months` is the figure to show; `at_least` and `at_most` bound it when the person gave a range
    (`open_ended`: no upper bound). `uncounted_months` are internships, volunteering and mandates, None when
    their length was not said; `uncounted_kind` names them in French. `asked_again` says that a vague answer
    was already asked to be made precise.
    """

    months: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    open_ended: bool = False
    uncounted_months: int | None = 0
    uncounted_kind: str | None = None
    unknown: bool = False
    asked_again: bool = False

    @property
    def lowest(self) -> int | None:
        """The fewest months that the person's words allow; None when nothing was said."""
        return self.months if self.at_least is None else self.at_least

    @property
    def highest(self) -> int | None:
        """The most months that the person's words allow; None when nothing was said or no bound exists."""
        if self.open_ended:
            return None
        return self.months if self.at_most is None else self.at_most

    @property
    def is_known(self) -> bool:
        """Whether a number of months, exact or bounded, was given."""
        return self.lowest is not None

    def straddles(self, threshold_months: int) -> bool:
        """Whether the words allow both less than the threshold and the threshold or more."""
        if self.lowest is None or self.lowest >= threshold_months:
            return False
        return self.open_ended or (self.highest is not None and self.highest >= threshold_months)

    def to_dict(self) -> dict[str, Any]:
        """A JSON object that holds only what differs from an empty Experience."""
        return _compact(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Experience:
        """The reverse of `to_dict`; unknown keys are ignored, as slots outlive versions."""
        return cls(**_known(cls, data))


@dataclass(frozen=True)
class Situation:
    """All that the pre-screening may need; a field is None until the person has spoken of it."""

    diploma: Diploma | Ambiguity | None = None
    experience: Experience | None = None
    status: Status | None = None
    status_unknown: bool = False

    def to_dict(self) -> dict[str, Any]:
        """A JSON object for a slot or a stored state."""
        return {
            "diploma": None if self.diploma is None else self.diploma.to_dict(),
            "experience": None if self.experience is None else self.experience.to_dict(),
            "status": None if self.status is None else self.status.value,
            "status_unknown": self.status_unknown,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Situation:
        """The reverse of `to_dict`; absent keys are facts not yet known."""
        experience, status = data.get("experience"), data.get("status")
        return cls(
            diploma=diploma_from_dict(data.get("diploma")),
            experience=None if experience is None else Experience.from_dict(experience),
            status=None if status is None else Status(status),
            status_unknown=bool(data.get("status_unknown", False)),
        )


@dataclass(frozen=True)
class SituationUpdate:
    """What one message changes; None leaves the known fact alone."""

    diploma: Diploma | Ambiguity | None = None
    experience: Experience | None = None
    status: Status | None = None
    status_unknown: bool = False
    changed: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        values = {"diploma": self.diploma, "experience": self.experience, "status": self.status}
        names = [name for name, value in values.items() if value is not None]
        if self.status_unknown and "status" not in names:
            names.append("status")
        object.__setattr__(self, "changed", tuple(names))

    def to_slots(self) -> dict[str, Any]:
        """The facts that changed as JSON values by name; a status known to be unknown is « unknown »."""
        slots: dict[str, Any] = {}
        if self.diploma is not None:
            slots["diploma"] = self.diploma.to_dict()
        if self.experience is not None:
            slots["experience"] = self.experience.to_dict()
        if "status" in self.changed:
            slots["status"] = UNKNOWN_STATUS if self.status is None else self.status.value
        return slots

    def apply_to(self, known: Situation) -> Situation:
        """The situation after this message."""
        updated = known
        if self.diploma is not None:
            updated = replace(updated, diploma=self.diploma)
        if self.experience is not None:
            updated = replace(updated, experience=self.experience)
        if "status" in self.changed:
            updated = replace(updated, status=self.status, status_unknown=self.status is None)
        return updated


def diploma_from_dict(data: Mapping[str, Any] | None) -> Diploma | Ambiguity | None:
    """What `Diploma.to_dict` or `Ambiguity.to_dict` wrote; None stays None."""
    if data is None:
        return None
    if "options" in data:
        return Ambiguity(data["label"], tuple(Diploma.from_dict(option) for option in data["options"]))
    return Diploma.from_dict(data)


def _compact(fact: Diploma | Experience) -> dict[str, Any]:
    empty = asdict(type(fact)())
    return {name: value for name, value in asdict(fact).items() if value != empty[name]}


def _known(cls: type[Diploma | Experience], data: Mapping[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(cls)}
    return {name: value for name, value in data.items() if name in names}
