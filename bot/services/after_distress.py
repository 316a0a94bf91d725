"""Use case: the message that follows an answer to distress is read in its light: « personne peut m'aider » gets help again, never a card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.admissions.text import fold

DISTRESS = "express_distress"
UNHEARD = frozenset({"nlu_fallback", "out_of_scope"})
# Readings of general words; said in despair they ask nothing about the certification.
OF_GENERAL_WORDS = frozenset({"ask_capabilities", "ask_how_are_you", "ask_objectives", "ask_if_bot"})
_DESPAIRS = re.compile(
    r"\b(?:(?:personne|rien|tu|vous|t'|on) (?:ne |n'|me |m'|y |peu[tx]? |pourra |pouvez ){0,4}"
    r"(?:aid\w+|fai[st]\w*|faire|sauv\w+|comprend\w*|ecout\w+)|rien (?:a|y|n'y) fai\w+|"
    r"sert a rien|sers a rien|servent a rien|a quoi bon|plus la force|plus d'espoir|sans espoir|tout seule?|trop tard|en peux plus|"
    r"j'en ai marre|plus envie|foutue?)\b")


def still_in_distress(parse: Mapping[str, Any], topic: Mapping[str, Any] | None) -> bool:
    """Whether a message goes on with the distress just answered: nothing was understood in it, or it despairs and asks nothing clear."""
    if (topic or {}).get("intent") != DISTRESS:
        return False
    name = str((parse.get("intent") or {}).get("name"))
    if name in UNHEARD:
        return True
    asks = name.startswith(("ask_", "request_", "reassure")) and name not in OF_GENERAL_WORDS
    return not asks and _DESPAIRS.search(fold(str(parse.get("text")))) is not None
