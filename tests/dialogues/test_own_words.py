"""The page of a lead quotes what the person typed for each fact; here with the real model and its real events."""

from __future__ import annotations

from typing import Any

from bot.services.lead_sheet import lead_sheet
from tests.conftest import NOW

SAID = [
    "bonjour", "je voudrais vérifier si je peux candidater", "j'ai un bac pro secrétariat", "quel est le prix ?", "5 ans de boulot en mairie",
    "en fait plutôt 4 ans", "je suis contractuelle dans une commune", "je veux être recontactée", "oui", "Marie Lefèvre",
    "marie.lefevre@example.org", "non",
]


def test_each_fact_is_quoted_from_the_message_that_last_gave_it(conversation: Any, program: Any) -> None:
    for text in SAID:
        conversation.say(text)
    sheet = lead_sheet(program.uow_factory, conversation.lead().id, NOW)
    assert sheet is not None and sheet.exchange is not None
    assert sheet.exchange.words == {
        "diploma": "j'ai un bac pro secrétariat", "experience": "en fait plutôt 4 ans", "status": "je suis contractuelle dans une commune",
    }
