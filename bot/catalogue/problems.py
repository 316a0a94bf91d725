"""What is wrong in the knowledge base, said so that the person who edits it can mend it: file, line, value, remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.admissions.errors import KnowledgeError


@dataclass(frozen=True)
class Problem:
    """One fault of a file; a warning does not stop the start (an out-of-date value, for instance)."""

    file: Path
    line: int
    message: str
    remedy: str
    warning: bool = False

    @property
    def place(self) -> str:
        return f"{self.file}, ligne {self.line}"

    def __str__(self) -> str:
        label = "avertissement : " if self.warning else ""
        return f"{self.place} : {label}{self.message}. {self.remedy}"


class BrokenBase(KnowledgeError):
    """The base cannot be used; the message is the first problem's, word for word."""

    def __init__(self, place: str, value: object, remedy: str) -> None:
        super().__init__(place, value, remedy)
        self.message = f"{place} : {value}. {remedy}"
        self.args = (self.message,)


def raise_first_error(problems: list[Problem]) -> None:
    """Stop at the first error; warnings pass.

    Raises: KnowledgeError (BrokenBase) with the place, the value and the remedy of the first error.
    """
    errors = [problem for problem in problems if not problem.warning]
    if not errors:
        return
    first = errors[0]
    others = f" (et {len(errors) - 1} autre(s) : « bot knowledge check » les liste)" if len(errors) > 1 else ""
    raise BrokenBase(first.place, first.message, first.remedy + others)
