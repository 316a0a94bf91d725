"""A sentence gives where its author stands at work, now."""

from __future__ import annotations

import pytest

from bot.admissions.facts import Status
from bot.admissions.statuses import does_not_know_status, read_status
from tests.unit.admissions.notation import phrases, write_status


@pytest.mark.parametrize(("asked", "sentence", "expected"), phrases("statuts.txt"))
def test_a_sentence_gives_the_status(asked: bool, sentence: str, expected: str) -> None:
    assert write_status(read_status(sentence, asked)) == expected


@pytest.mark.parametrize("winner", ["salariée", "demandeuse d'emploi"])
@pytest.mark.parametrize("other", ["retraitée", "étudiante", "conseillère municipale", "auto-entrepreneuse"])
def test_employee_or_job_seeker_wins_over_another_status(winner: str, other: str) -> None:
    expected = Status.SALARIE if winner == "salariée" else Status.DEMANDEUR_EMPLOI

    assert read_status(f"je suis {other} et {winner}") is expected
    assert read_status(f"je suis {winner} et {other}") is expected


def test_not_knowing_ones_status_is_told_from_saying_nothing() -> None:
    assert does_not_know_status("je ne sais pas trop")
    assert not does_not_know_status("salariée")
