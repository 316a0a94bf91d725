"""A brain that understands four words, and the values that tests of storage and web share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.admissions.facts import Status, Verdict
from bot.admissions.leads import Consent, Contact
from bot.services.leads import LeadDetails, erase_conversation_in, register_or_update_lead
from bot.services.protocols import Button, OutgoingMessage, Source, TurnInput, TurnOutput, Unanswered

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EMAIL = "camille.durand@example.org"


def details(email: str | None = EMAIL, level: int | None = 5) -> LeadDetails:
    """An eligible person's lead."""
    return LeadDetails(
        contact=Contact(name="Camille Durand", email=email, phone=None),
        verdict=Verdict.ELIGIBLE,
        reasons=("Vous avez un diplôme de niveau 5.",),
        level=level,
        diploma="BTS",
        status=Status.SALARIE,
        topics=("prerequis",),
    )


def consent(at: datetime = NOW) -> Consent:
    """Somebody's yes."""
    return Consent(version="2026-11", text="J'accepte d'être recontacté.", at=at)


@dataclass
class FakeBrain:
    """« contact » leaves a lead, « oublie » erases, « inconnu » finds no answer; anything else is counted.

    `before_answer` runs in the middle of each turn: what another process does meanwhile.
    """

    before_answer: Callable[[TurnInput], None] = lambda turn: None
    turns: list[TurnInput] = field(default_factory=list)

    def welcome(self) -> list[OutgoingMessage]:
        return [OutgoingMessage("Bonjour, je suis un robot.", (Button("Vérifier", "/request_prescreening"),))]

    def reply(self, turn: TurnInput) -> TurnOutput:
        self.turns.append(turn)
        self.before_answer(turn)
        number = int((turn.state or {}).get("turns", 0)) + 1
        unanswered = None
        if turn.text == "contact":
            register_or_update_lead(turn.uow, turn.conversation_id, details(), consent(turn.now), turn.now)
        elif turn.text == "oublie":
            erase_conversation_in(turn.uow, turn.conversation_id, turn.now)
        elif turn.text is not None and turn.text.startswith("inconnu"):
            unanswered = Unanswered(turn.text, ({"intent": "ask_price", "confidence": 0.3},))
        answer = OutgoingMessage(
            f"Réponse {number} à {turn.text or turn.intent_payload}",
            (Button("Et ensuite ?", "/ask_next_steps"),),
            Source("Prérequis", date(2026, 11, 22), "https://www.unilim.fr"),
        )
        return TurnOutput({"turns": number}, (answer,), ({"event": "user"}, {"event": "bot"}), unanswered)
