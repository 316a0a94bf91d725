"""What a check found: one line, and the remedy when there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum


class Health(str, Enum):
    """How bad it is; the values are the words of the report."""

    OK = "OK"
    WARNING = "attention"
    PROBLEM = "problème"


@dataclass(frozen=True)
class Finding:
    """`subject` is what was looked at, `words` what was seen, `remedy` what to do; no secret is in any of them."""

    subject: str
    health: Health
    words: str
    remedy: str | None = None


Check = Callable[[], Iterable[Finding]]


def fine(subject: str, words: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, Health.OK, words)


def warning(subject: str, words: str, remedy: str) -> Finding:
    """It works, but not as it should."""
    return Finding(subject, Health.WARNING, words, remedy)


def problem(subject: str, words: str, remedy: str) -> Finding:
    """It does not work, or would lose something."""
    return Finding(subject, Health.PROBLEM, words, remedy)


def run_checks(checks: Iterable[tuple[str, Check]]) -> list[Finding]:
    """Every check's findings; one that fails itself is a problem of its subject and stops no other."""
    findings: list[Finding] = []
    for subject, check in checks:
        try:
            findings += check()
        except Exception as error:  # noqa: BLE001 - a doctor that dies of the illness helps nobody
            findings.append(
                problem(subject, f"la vérification a échoué ({type(error).__name__})", "signalez-le avec cette ligne")
            )
    return findings
