"""Rows about messages: how long one takes, how many at once, the 200th turn."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median

from benchmarks.speed.conversations import Dialogue, everything, prescreenings, questions
from benchmarks.speed.figures import Figure, Line, percentile
from benchmarks.speed.sides import Side

AT_ONCE = 50
DIALOGUES_PER_ROUND = 12
TURNS_COMPARED = 10


@dataclass
class Taken:
    """What the messages of one round took."""

    times_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0
    wall_s: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """CPU time of the side's processes per message."""
        return 1000 * self.cpu_s / len(self.times_s)


def latency(sides: list[Side], rounds: int) -> list[Line]:
    """One message at a time: a question that a card answers, and a turn of a pre-screening that writes."""
    lines = []
    kinds = (("question à réponse toute faite", questions(), "8 / 20 ms"), ("tour de pré-sélection, avec écriture", prescreenings(), "8 / 20 ms"))
    for title, dialogues, goal in kinds:
        taken = _alternate(sides, dialogues, rounds)
        for name, unit, value in (
            ("médiane", "ms", lambda one: 1000 * median(one.times_s)), ("p95", "ms", lambda one: 1000 * percentile(one.times_s, 0.95)),
            ("temps processeur", "ms/message", lambda one: one.cpu_ms),
        ):
            lines.append(Line.of(f"{title} : {name}", unit, f"10 fois mieux ; but {goal}" if unit == "ms" else "10 fois mieux",
                                 {side.name: Figure.of([value(one) for one in taken[side.name]]) for side in sides}))
    return lines


def throughput(sides: list[Side], rounds: int) -> list[Line]:
    """Fifty conversations at once, every dialogue in turn."""
    found: dict[str, list[Taken]] = {side.name: [at_once(side) for _ in range(rounds)] for side in sides}
    return [
        Line.of("50 conversations à la fois : débit", "messages/s", "10 fois mieux",
                {name: Figure.of([len(one.times_s) / one.wall_s for one in taken]) for name, taken in found.items()}, lower_is_better=False),
        Line.of("50 conversations à la fois : p99", "ms", "moins de 1 000 ms",
                {name: Figure.of([1000 * percentile(one.times_s, 0.99) for one in taken]) for name, taken in found.items()}),
        Line.of("50 conversations à la fois : temps processeur", "ms/message", "10 fois mieux",
                {name: Figure.of([one.cpu_ms for one in taken]) for name, taken in found.items()}),
    ]


def late_turns(sides: list[Side], turns: int = 200, conversations: int = 3) -> list[Line]:
    """The last ten turns of a long conversation against its first ten, the same questions."""
    ratios = {side.name: Figure.of([_late_over_early(side, turns) for _ in range(conversations if side.name == "ours" else 1)]) for side in sides}
    return [Line.of(f"tour {turns} par rapport au premier", "fois", "au plus 1,2", ratios)]


def at_once(side: Side, shift: int = 0) -> Taken:
    """Every dialogue once, fifty conversations at a time, each on a connection of its own.

    `shift`: the number of the round, so that no process hears the same texts twice running and answers from memory.
    """
    chosen = everything()[: None if side.name == "ours" else AT_ONCE]
    taken, began, cpu = Taken(), time.perf_counter(), side.cpu_s()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for times in threads.map(lambda numbered: _say_all(side, numbered[1], numbered[0] + shift), enumerate(chosen)):
            taken.times_s += times
    taken.wall_s, taken.cpu_s = time.perf_counter() - began, side.cpu_s() - cpu
    return taken


def play(side: Side, dialogues: list[Dialogue]) -> Taken:
    """One message after another; opening a conversation is not counted in the times."""
    taken, began, cpu = Taken(), time.perf_counter(), side.cpu_s()
    for dialogue in dialogues:
        taken.times_s += _say_all(side, dialogue)
    taken.wall_s, taken.cpu_s = time.perf_counter() - began, side.cpu_s() - cpu
    return taken


def _alternate(sides: list[Side], dialogues: list[Dialogue], rounds: int) -> dict[str, list[Taken]]:
    """Rounds in turn, so that what else the machine does falls on both; each round other dialogues, the same for both."""
    found: dict[str, list[Taken]] = {side.name: [] for side in sides}
    for number in range(rounds):
        start = number * DIALOGUES_PER_ROUND % len(dialogues)
        chosen = (dialogues * 2)[start : start + DIALOGUES_PER_ROUND]
        for side in sides:
            found[side.name].append(play(side, chosen))
    return found


def _say_all(side: Side, dialogue: Dialogue, number: int = 0) -> list[float]:
    connection = side.connect(number)
    talk = side.talk(connection)
    times = []
    for text in dialogue:
        began = time.perf_counter()
        talk.say(text)
        times.append(time.perf_counter() - began)
    connection.close()
    return times


def _late_over_early(side: Side, turns: int) -> float:
    distinct = list(dict.fromkeys(text for dialogue in questions() for text in dialogue))
    asked = distinct[:TURNS_COMPARED]
    between = (distinct[TURNS_COMPARED:] * turns)[: turns - 2 * len(asked)]
    # The last ten ask the first ten's questions in other characters: nothing of them may be remembered.
    times = _say_all(side, [*asked, *between, *(f"{text} ?" for text in asked)])
    return median(times[-len(asked):]) / median(times[: len(asked)])
