"""Steering the conversation: yes and no outside a form, stopping, beginning again, erasing, and care in distress."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import answer_blocks
from actions.base import AssistantAction, Heard, speak
from bot.services.after_distress import DISTRESS
from bot.services.answer import Context
from bot.services.leads import erase_conversation_in
from bot.services.prescreening import FACTS

ERASURE, PRESCREENING = "erasure", "prescreening"  # what a « oui » would confirm
LEAVE_FORM: list[EventType] = [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("form_misread", 0), SlotSet("easier_wording", False)]


class Affirm(AssistantAction):
    """« Oui » outside a form: to what was proposed, or to nothing in particular."""

    def name(self) -> str:
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        pending = tracker.get_slot("pending_confirmation")
        about_blocks = answer_blocks(self.assistant, dispatcher, Heard(tracker)) if pending is None else None
        if about_blocks is not None:
            return about_blocks
        if pending == PRESCREENING:
            return [SlotSet("pending_confirmation", None), FollowupAction("prescreening_form")]
        if pending != ERASURE:
            speak(dispatcher, "D'accord ! Voulez-vous que je vérifie avec vous si vous pouvez candidater ? Sinon, écrivez simplement votre question.",
                  [(self.assistant.base.service_title("verifier"), "/request_prescreening")])
            return [SlotSet("pending_confirmation", PRESCREENING)]
        with self.assistant.unit_of_work() as uow:
            erase_conversation_in(uow, tracker.sender_id, self.assistant.now())
        speak(
            dispatcher,
            "C'est fait : cette conversation et vos coordonnées sont effacées. Pour me parler de nouveau, ouvrez une nouvelle conversation.",
        )
        return [*LEAVE_FORM, SlotSet("pending_confirmation", None)]


class Deny(AssistantAction):
    """« Non » outside a form."""

    def name(self) -> str:
        return "action_deny"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        about_blocks = answer_blocks(self.assistant, dispatcher, Heard(tracker)) if tracker.get_slot("pending_confirmation") is None else None
        if about_blocks is not None:
            return about_blocks
        if tracker.get_slot("pending_confirmation") == ERASURE:
            speak(dispatcher, "D'accord, je n'efface rien.")
        else:
            speak(dispatcher, "D'accord. Je reste là si vous avez une autre question.")
        return [SlotSet("pending_confirmation", None)]


class Cancel(AssistantAction):
    """Leaves the current questions; what was said is kept, so that they can be taken up again."""

    def name(self) -> str:
        return "action_cancel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if not (tracker.active_loop or {}).get("name"):
            speak(dispatcher, "D'accord, on s'arrête là. Je reste disponible si vous avez une question.")
            return []
        speak(
            dispatcher,
            "D'accord, on arrête ces questions. Vous pourrez les reprendre quand vous voulez ; "
            "en attendant, je peux répondre à vos questions sur la certification.",
            [(self.assistant.base.service_title("verifier"), "/request_prescreening")],
        )
        return list(LEAVE_FORM)


class StartOver(AssistantAction):
    """Forgets the situation and begins again; a lead already made stays until its erasure is asked for."""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speak(dispatcher, "D'accord, on repart de zéro : j'ai oublié la situation que vous m'aviez décrite. Quelle est votre question ?",
              [(self.assistant.base.service_title("verifier"), "/request_prescreening")])
        forgotten = [*FACTS, "verdict", "topic", "asked_route", "consent_asked", "contact_reason"]
        return [*LEAVE_FORM, *(SlotSet(name, None) for name in forgotten), SlotSet("for_someone_else", False), SlotSet("misunderstandings", 0)]


class RequestErasure(AssistantAction):
    """Says what would be erased and asks for a clear yes."""

    def name(self) -> str:
        return "action_request_erasure"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speak(dispatcher, "Je peux effacer toute cette conversation et, si vous les avez laissées, vos coordonnées transmises à l'équipe. "
                          "C'est définitif. Confirmez-vous l'effacement ?", [("Oui, tout effacer", "/affirm"), ("Non, ne rien effacer", "/deny")])
        return [*LEAVE_FORM, SlotSet("pending_confirmation", ERASURE)]


class SupportDistress(AssistantAction):
    """People first: the emergency numbers, and no questionnaire until it is asked for again."""

    def name(self) -> str:
        return "action_support_distress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        card = self.assistant.base.card_id_for_intent(DISTRESS) or ""
        rendered = self.assistant.base.render_answer(card, bloc=None, voie=None, epreuve=None, on=self.assistant.today())
        speak(dispatcher, rendered.text)
        return [*LEAVE_FORM, SlotSet("topic", asdict(Context(DISTRESS)))]  # the next message is read in this light
