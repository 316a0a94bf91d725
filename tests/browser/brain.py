"""A brain whose answers have every form that the widget shows, and the services around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.services.leads import register_or_update_lead
from bot.services.protocols import Button, OutgoingMessage, Source, TurnInput, TurnOutput
from tests.integration.builders import consent, details

SOURCE = Source("Prérequis à l'entrée en formation", date(2026, 11, 22), "https://www.unilim.fr")
BUTTONS = (Button("Vérifier si je peux candidater", "/request_prescreening"), Button("Les conditions d'entrée", "/ask_prerequisites"))
WELCOME = (
    "Bonjour ! Je suis un robot : l'assistant automatique de la certification « Responsable d'administration communale ».\n"
    "Ce que vous écrivez est conservé 30 jours puis effacé : n'écrivez pas de données sensibles."
)
CONDITIONS = (
    "Pour entrer en formation, il faut l'un **ou** l'autre :\n- un **niveau 5**, c'est-à-dire bac+2\n"
    "- un **niveau bac avec 3 ans d'expérience professionnelle**\n\nC'est la commission qui décide. Voir [le site](https://www.unilim.fr)."
)
HOSTILE = (
    "<img src=x onerror=alert(1)> **gras** [piège](javascript:alert(1)) [donnée](data:text/html,x) "
    "[**lien**](https://exemple.fr/a?b=1&c=%22) https://exemple.fr/nu. <script>alert(2)</script>"
)
ANSWERS = {
    "conditions": OutgoingMessage(CONDITIONS, BUTTONS, SOURCE),
    "piège": OutgoingMessage(HOSTILE, (Button("<b>choix</b>", "/hostile"),), None),
    "long": OutgoingMessage("anticonstitutionnellement" * 30 + "\nhttps://exemple.fr/" + "chemin/" * 60, (Button("réponse" * 30, "/long"),), SOURCE),
}


@dataclass
class WidgetBrain:
    """« contact » leaves a lead; a key of ANSWERS has its answer; anything else is counted."""

    turns: list[TurnInput] = field(default_factory=list)

    def welcome(self) -> list[OutgoingMessage]:
        return [OutgoingMessage(WELCOME, BUTTONS)]

    def reply(self, turn: TurnInput) -> TurnOutput:
        self.turns.append(turn)
        number = int((turn.state or {}).get("turns", 0)) + 1
        said = turn.text or ""
        if said == "contact":
            register_or_update_lead(turn.uow, turn.conversation_id, details(), consent(turn.now), turn.now)
        plain = OutgoingMessage(f"Réponse {number} à {said or turn.intent_payload}", (), None)
        return TurnOutput({"turns": number}, (ANSWERS.get(said, plain),), ({"event": "user"},), None)
