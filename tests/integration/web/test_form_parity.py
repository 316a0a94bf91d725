"""The form and the conversation say the same thing of the same person: same readers, same rule, same words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.services.wording import HEADLINES, HEADLINES_FOR_SOMEONE_ELSE
from tests.integration.web.form_browser import Browser, make_browser

# (diploma, durations in the order they are asked for, status as said, status as chosen)
EMPLOYED, SEEKING = ("je suis salarié", "salarie"), ("je suis inscrite à France Travail", "demandeur_emploi")
SITUATIONS = [
    ("j'ai un BTS", [], EMPLOYED),
    ("licence de droit", [], EMPLOYED),
    ("un master obtenu au Maroc", [], EMPLOYED),
    ("bac pro secrétariat", ["4 ans"], EMPLOYED),
    ("bac général", ["depuis mars 2019"], SEEKING),
    ("bac techno", ["35 mois"], EMPLOYED),
    ("le bac", ["36 mois"], EMPLOYED),
    ("le bac", ["je n'ai jamais travaillé"], EMPLOYED),
    ("le bac", ["environ 3 ans", "plus"], EMPLOYED),
    ("le bac", ["environ 3 ans", "moins"], EMPLOYED),
    ("le bac", ["entre 2 et 4 ans", "je ne sais pas"], EMPLOYED),
    ("le bac", ["10 ans"], ("je suis à mon compte", "independant")),
    ("le bac", ["quarante ans"], ("je suis retraité", "retraite")),
    ("le bac", ["5 ans"], ("je ne sais pas", "unknown")),
    ("le bac", ["je ne sais pas"], EMPLOYED),
    ("L2 de droit validée", ["6 mois"], EMPLOYED),
    ("un CAP cuisine", ["quinze ans"], EMPLOYED),
    ("BEP", ["je n'ai jamais travaillé"], EMPLOYED),
    ("aucun diplôme", ["6 mois"], EMPLOYED),
    ("brevet des collèges", ["je n'ai jamais travaillé"], EMPLOYED),
    ("je ne sais pas", [], EMPLOYED),
    ("BTS raté", ["2 ans"], EMPLOYED),
    ("j'ai le niveau bac", ["8 ans"], EMPLOYED),
]
PRECISIONS = {"plus": "more", "moins": "less", "je ne sais pas": "unknown"}
BLANKS = re.compile(r"\s+")


@pytest.fixture
def browser(program: Any, tmp_path: Any) -> Browser:
    return make_browser(program, tmp_path)


@pytest.mark.parametrize(("diploma", "durations", "status"), SITUATIONS)
def test_the_form_gives_the_verdict_and_the_reasons_of_the_conversation(browser, conversation, diploma, durations, status):
    told = _verdict_told(conversation, diploma, list(durations), status[0])
    browser.check(diploma_text=diploma, experience_text=durations[0] if durations else "", status=status[1])
    if len(durations) > 1:
        browser.send("/formulaire/verification", experience_precision=PRECISIONS[durations[1]])
    assert browser.status == 200
    for line in told.splitlines():
        assert _plain(line.removeprefix("- ")) in browser.page.text


def _verdict_told(conversation: Any, diploma: str, durations: list[str], status: str) -> str:
    """The bubble of the verdict, each question of the assistant answered as it comes."""
    conversation.say("est-ce que je peux candidater ?")
    for _ in range(6):
        verdict = next((message["text"] for message in conversation.messages if message["text"].startswith(_headlines())), None)
        if verdict is not None:
            return str(verdict)
        question = conversation.messages[-1]["text"]
        if "diplôme" in question:
            conversation.say(diploma)
        elif "travaillé" in question:
            conversation.say(durations.pop(0))
        else:
            conversation.say(status)
    raise AssertionError(f"no verdict: {conversation.text}")


def _headlines() -> tuple[str, ...]:
    return (*HEADLINES.values(), *HEADLINES_FOR_SOMEONE_ELSE.values())


def _plain(text: str) -> str:
    return BLANKS.sub(" ", text.replace("**", "")).strip()
