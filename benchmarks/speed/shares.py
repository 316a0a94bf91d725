"""Who used the processors while messages were answered: each of our processes, the client, PostgreSQL, Redis."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed.figures import Figure, Line
from benchmarks.speed.messages import Taken
from benchmarks.speed.processes import cpu_s_of
from benchmarks.speed.sides import Side

# What other programs do on this machine at the same time is counted with these: only a quiet machine gives their true share.
BESIDE = {"PostgreSQL": "postgres", "Redis": "redis-server"}


@dataclass(frozen=True)
class Shares:
    """One round: messages per second, and CPU time per message in milliseconds, by program; ours one by one."""

    rate: float
    ours: tuple[float, ...]
    others: Mapping[str, float]

    @property
    def ours_ms(self) -> float:
        """CPU time of all our processes per message."""
        return sum(self.ours)


def measure_shares(side: Side, say: Callable[[], Taken]) -> Shares:
    """Says the messages and reads the processors' time of everybody before and after."""
    before, client = _times(side), os.times()
    taken = say()
    after, client_after = _times(side), os.times()
    spent = [1000 * (late - early) / len(taken.times_s) for early, late in zip(before, after, strict=True)]
    own = 1000 * (client_after.user + client_after.system - client.user - client.system) / len(taken.times_s)
    count = len(side.servers)
    return Shares(len(taken.times_s) / taken.wall_s, tuple(spent[:count]), {"client": own, **dict(zip(BESIDE, spent[count:], strict=True))})


def compared(found: Mapping[int, Sequence[Shares]]) -> list[Line]:
    """Two processes against one, each round with its neighbour in time."""
    pairs = list(zip(found[1], found[2], strict=True))
    notes = {processes: _in_words(rounds) for processes, rounds in found.items()}
    rates = {processes: median(one.rate for one in rounds) for processes, rounds in found.items()}
    return [
        Line("deux processus contre un : temps processeur par message", "fois", "au plus 1,1",
             Figure.of([two.ours_ms / one.ours_ms for one, two in pairs]), note=f"un processus, par message : {notes[1]} ; deux : {notes[2]}"),
        Line("deux processus contre un : débit", "fois", "au moins 1,4", Figure.of([two.rate / one.rate for one, two in pairs]),
             lower_is_better=False, note=f"{rates[1]:.0f} puis {rates[2]:.0f} messages/s"),
    ]


def _in_words(rounds: Sequence[Shares]) -> str:
    ours = " et ".join(f"{median(values):.1f} ms" for values in zip(*(one.ours for one in rounds), strict=True))
    others = ", ".join(f"{name} {median(one.others[name] for one in rounds):.1f} ms" for name in rounds[0].others)
    return f"{ours} pour le nôtre, {others}"


def _times(side: Side) -> list[float]:
    return [server.cpu_s() for server in side.servers] + [sum(cpu_s_of(pid) for pid in _named(program)) for program in BESIDE.values()]


def _named(program: str) -> list[int]:
    """Processes of this machine that run the program."""
    found = []
    for comm in Path("/proc").glob("[0-9]*/comm"):
        try:
            if comm.read_text(encoding="utf-8").strip() == program:
                found.append(int(comm.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    return found
