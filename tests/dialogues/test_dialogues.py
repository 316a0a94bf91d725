"""Every dialogue of this folder, with the real model and the real knowledge base; written by other hands than the training phrases."""

from __future__ import annotations

from typing import Any

FLOOR = 0.95  # only rises


def test_dialogues_hold_to_the_floor(evaluation: Any) -> None:
    played, failed = evaluation.summary.dialogues, evaluation.faults
    told = "\n".join(f"{one.dialogue.id} « {one.say} »\n   {one.answer[:300]!r}\n   {'; '.join(one.reasons)[:400]}" for one in failed)
    assert 1 - len(failed) / played >= FLOOR, told
