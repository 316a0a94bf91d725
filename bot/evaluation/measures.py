"""Figures about readings: pure functions, so that each can be checked by hand on a few rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.labelled import Phrase

OUT_OF_SCOPE = "out_of_scope"
# An answer this sure is given without any doubt shown: wrong, it misleads.
CONFIDENT = 0.7
BINS = 10


@dataclass(frozen=True)
class Reading:
    """What was read in a phrase: the best intent and its calibrated confidence, then the second.

    `doubted` says that the assistant would ask « vouliez-vous dire » instead of answering.
    """

    phrase: Phrase
    intent: str
    confidence: float
    second: str | None = None
    doubted: bool = False

    @property
    def is_right(self) -> bool:
        return self.intent in self.phrase.intents

    @property
    def is_out_of_scope(self) -> bool:
        return self.phrase.intents[0] == OUT_OF_SCOPE


@dataclass(frozen=True)
class TopicScore:
    intent: str
    right: int
    total: int


@dataclass(frozen=True)
class Bin:
    """Readings whose confidence falls in [low, high): how sure they were, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class ScopeScore:
    """As the assistant decides: a reading in doubt, or read as out of scope, is not answered as a topic.

    `recognised` of `out_of_scope` messages were rightly not answered, `far_recognised` of the `far` ones (weather, recipes) and the rest
    near misses (a citizen's request, another diploma); of `in_scope` ones, `refused` were taken for out of scope and `doubted`
    led to « vouliez-vous dire ».
    """

    out_of_scope: int
    recognised: int
    in_scope: int
    refused: int
    doubted: int
    far: int = 0
    far_recognised: int = 0

    @property
    def near(self) -> int:
        return self.out_of_scope - self.far

    @property
    def near_recognised(self) -> int:
        return self.recognised - self.far_recognised


def share(part: int, whole: int) -> float:
    """Between 0 and 1; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def accuracy(readings: Sequence[Reading]) -> float:
    return share(sum(reading.is_right for reading in readings), len(readings))


def topics(readings: Sequence[Reading]) -> list[TopicScore]:
    """Each expected intent, the least understood first."""
    totals = Counter(reading.phrase.intents[0] for reading in readings)
    right = Counter(reading.phrase.intents[0] for reading in readings if reading.is_right)
    scores = [TopicScore(intent, right[intent], total) for intent, total in totals.items()]
    return sorted(scores, key=lambda score: (share(score.right, score.total), -score.total, score.intent))


def confusions(readings: Sequence[Reading]) -> dict[tuple[str, str], int]:
    """(expected, read) → how many times, wrong readings only, the commonest first."""
    counted = Counter((reading.phrase.intents[0], reading.intent) for reading in readings if not reading.is_right)
    return dict(counted.most_common())


def reliability(readings: Sequence[Reading]) -> list[Bin]:
    """The bins that hold at least one reading, in order."""
    bins = []
    for index in range(BINS):
        inside = [reading for reading in readings if min(int(reading.confidence * BINS), BINS - 1) == index]
        if inside:
            mean = sum(reading.confidence for reading in inside) / len(inside)
            bins.append(Bin(index / BINS, (index + 1) / BINS, len(inside), mean, accuracy(inside)))
    return bins


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between confidence and accuracy, weighted by count: 0 when the confidence means what it says."""
    total = sum(bin_.count for bin_ in bins)
    return sum(bin_.count * abs(bin_.confidence - bin_.accuracy) for bin_ in bins) / total if total else 0.0


def wrong_and_sure(readings: Sequence[Reading], at_least: float = CONFIDENT) -> list[Reading]:
    """Wrong readings given as answers, of such a confidence, the surest first. A doubt is no answer, and out of scope answers nothing wrong."""
    wrong = [reading for reading in readings
             if not reading.is_right and not reading.doubted and reading.confidence >= at_least and reading.intent != OUT_OF_SCOPE]
    return sorted(wrong, key=lambda reading: -reading.confidence)


def scope(readings: Sequence[Reading]) -> ScopeScore:
    outside = [reading for reading in readings if reading.is_out_of_scope]
    inside = [reading for reading in readings if not reading.is_out_of_scope]
    far = [reading for reading in outside if reading.phrase.far]
    return ScopeScore(
        out_of_scope=len(outside),
        recognised=_not_answered(outside),
        in_scope=len(inside),
        refused=sum(reading.intent == OUT_OF_SCOPE and not reading.is_right and not reading.doubted for reading in inside),
        doubted=sum(reading.doubted for reading in inside),
        far=len(far),
        far_recognised=_not_answered(far),
    )


def _not_answered(readings: Sequence[Reading]) -> int:
    return sum(reading.intent == OUT_OF_SCOPE or reading.doubted for reading in readings)
