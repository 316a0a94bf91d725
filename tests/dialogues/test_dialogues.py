"""Every dialogue of this folder, with the real model and the real knowledge base."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent
# Written by other hands than the training phrases; the floor only rises.
FLOOR = 0.90


def _fold(text: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 \2", text.replace("**", ""))
    decomposed = unicodedata.normalize("NFD", plain.lower().replace("’", "'").replace("\u202f", " ").replace("\xa0", " "))
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


def _faults(answer: str, turn: dict[str, Any]) -> list[str]:
    folded = _fold(answer)
    missing = [f"manque {group}" for group in turn.get("expect") or [] if not any(re.search(pattern, folded, re.DOTALL) for pattern in group)]
    return missing + [f"interdit {pattern}" for pattern in turn.get("forbid") or [] if re.search(pattern, folded, re.DOTALL)]


def _dialogues() -> list[dict[str, Any]]:
    return [dialogue for path in sorted(FOLDER.glob("*.yml")) for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))]


def test_dialogues_hold_to_the_floor(new_conversation: Any, capsys: pytest.CaptureFixture[str]) -> None:
    failed = []
    dialogues = _dialogues()
    for dialogue in dialogues:
        conversation = new_conversation()
        for turn in dialogue["turns"]:
            answer = conversation.say(turn["say"])
            faults = _faults(answer, turn)
            if faults:
                failed.append(f"{dialogue['id']} « {turn['say']} »\n   {answer[:300]!r}\n   {'; '.join(faults)[:400]}")
                break
    share = 1 - len(failed) / len(dialogues)
    with capsys.disabled():
        print(f"\ndialogues : {len(dialogues) - len(failed)}/{len(dialogues)} = {share:.1%}")
    assert share >= FLOOR, "\n".join(failed)
