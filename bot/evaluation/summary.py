"""The figures of one evaluation, and how they are told on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.dialogues import Fault
from bot.evaluation.measures import (
    CONFIDENT,
    Reading,
    ScopeScore,
    accuracy,
    expected_calibration_error,
    reliability,
    scope,
    share,
    wrong_and_sure,
)


@dataclass(frozen=True)
class Summary:
    """Shares are between 0 and 1."""

    phrases: int
    accuracy: float
    in_scope_accuracy: float
    calibration_error: float
    wrong_and_sure: float
    wrong_answered: float
    scope: ScopeScore
    dialogues: int
    dialogues_failed: int

    def to_markdown(self) -> str:
        """A table in French: one figure a line."""
        return "\n".join(["| mesure | valeur |", "|---|---|", *(f"| {name} | {value} |" for name, value in self.rows())])

    def rows(self) -> list[tuple[str, str]]:
        """Names and values in French, in the order of the report."""
        inside = self.scope.in_scope
        return [
            ("phrases", str(self.phrases)),
            ("bien comprises", _percent(self.accuracy)),
            ("bien comprises, hors-sujet mis à part", _percent(self.in_scope_accuracy)),
            ("écart entre confiance et exactitude (ECE)", f"{self.calibration_error:.3f}".replace(".", ",")),
            (f"lectures fausses et sûres (confiance d'au moins {_percent(CONFIDENT, 0)})", _percent(self.wrong_and_sure)),
            ("lectures fausses données en réponse", _percent(self.wrong_answered)),
            ("hors-sujet lointain reconnu (ou « vouliez-vous dire »)", _part(self.scope.far_recognised, self.scope.far)),
            ("hors-sujet voisin reconnu (ou « vouliez-vous dire »)", _part(self.scope.near_recognised, self.scope.near)),
            ("fausses alertes : pris pour du hors-sujet", f"{_percent(share(self.scope.refused, inside))} de {inside}"),
            ("« vouliez-vous dire » à qui posait une vraie question", f"{_percent(share(self.scope.doubted, inside))} de {inside}"),
            ("dialogues réussis", f"{self.dialogues - self.dialogues_failed} sur {self.dialogues}"),
        ]


def summarise(readings: Sequence[Reading], dialogues: int, faults: Sequence[Fault]) -> Summary:
    return Summary(
        phrases=len(readings),
        accuracy=accuracy(readings),
        in_scope_accuracy=accuracy([reading for reading in readings if not reading.is_out_of_scope]),
        calibration_error=expected_calibration_error(reliability(readings)),
        wrong_and_sure=share(len(wrong_and_sure(readings)), len(readings)),
        wrong_answered=share(len(wrong_and_sure(readings, 0.0)), len(readings)),
        scope=scope(readings),
        dialogues=dialogues,
        dialogues_failed=len(faults),
    )


def _percent(value: float, decimals: int = 1) -> str:
    return f"{100 * value:.{decimals}f} %".replace(".", ",")


def _part(part: int, whole: int) -> str:
    return f"{_percent(share(part, whole))} de {whole}"
