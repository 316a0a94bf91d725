"""Plays a person who answers whatever is asked, to the end of the contact form."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# What the assistant's last question is about; tried in this order.
ASKS = [
    ("consent", r"consent|acceptez|autoris|voulez-vous.{0,60}(recontact|rappel)"),
    ("experience", r"combien.{0,60}(annee|mois|temps|travaill|experience)"),
    ("diploma", r"diplome|niveau d'etude"),
    ("status", r"situation|statut|salarie|demandeur"),
    ("email", r"e-?mail"), ("phone", r"telephone|numero"), ("name", r"\bnom\b|prenom"),
]
MOST_TURNS = 16
FACTS = ("level", "experience_months", "status")


def play(conversation: Any, profile: dict[str, Any]) -> list[tuple[str, str]]:
    """The dialogue as (said, answered); the lead is then in the conversation."""
    log = [(profile["opening"], conversation.say(profile["opening"]))]
    asked: dict[str, int] = {}
    for _ in range(MOST_TURNS):
        about = _asked_about(conversation)
        if "consent" in asked and conversation.lead() and about not in ("name", "email", "phone"):
            break
        if about is None or asked.get(about, 0) >= 3:
            if "pushed" in asked or "consent" in asked:
                break
            asked["pushed"] = 1
            reply = "je veux savoir si je peux candidater"
        else:
            asked[about] = asked.get(about, 0) + 1
            reply = str(profile["answers"].get(about) or "je ne sais pas")
        log.append((reply, conversation.say(reply)))
    return log


def faults(conversation: Any, profile: dict[str, Any]) -> list[str]:
    """What is wrong in the lead, as « field: got, wanted ». Facts that the profile leaves null are not looked at."""
    from bot.admissions.leads import to_export

    lead = to_export(conversation.lead()) if conversation.lead() else {}
    wanted = {"verdict": profile["verdict"], **{name: value for name, value in (profile.get("facts") or {}).items() if value is not None}}
    return [f"{name}: {lead.get(name)}, attendu {value}" for name, value in wanted.items() if not _same(name, lead.get(name), value)]


def _same(name: str, got: Any, wanted: Any) -> bool:
    if name == "experience_months" and got is not None:
        return bool(abs(got - wanted) <= max(1, 0.1 * wanted))  # « depuis 2015 » leaves room
    return bool(got == wanted)


def _asked_about(conversation: Any) -> str | None:
    said = "\n".join(message["text"] for message in conversation.messages)
    folded = "".join(letter for letter in unicodedata.normalize("NFD", said.lower()) if unicodedata.category(letter) != "Mn")
    questions = re.findall(r"[^.!?\n]*\?", folded)
    return next((about for about, pattern in ASKS if questions and re.search(pattern, questions[-1])), None)
