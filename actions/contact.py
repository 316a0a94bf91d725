"""Contact details: a notice and a clear consent first, then a name and a way to be reached; whatever the verdict."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AssistantAction, Heard, speak
from actions.prescreening import LEFT_TO_RULES, answer_aside, comes_before_any_form
from bot.admissions.contact_words import withdraws
from bot.admissions.facts import Verdict
from bot.admissions.leads import Consent
from bot.services.lead_from_slots import has_reachable_contact, register_lead
from bot.services.prescreening import FACTS, assess_slots
from bot.services.wording import recall_verdict

FORM, GIVE_SITUATION = "contact_form", "give_situation"
CONTACT = ("consent", "name", "email", "phone", "question")
# A new fact of the situation brings the verdict up to date before the contact is taken up again.
LEFT_FROM_CONTACT = tuple(intent for intent in (*LEFT_TO_RULES, "give_situation", "request_prescreening") if intent != "request_human")
MOST_OFFERS = 3  # the offer comes back after a digression twice, then waits to be asked for
MOST_MISREADINGS = 3
ACCEPT, DECLINE = ("Oui, j'accepte", "/affirm"), ("Non merci", "/deny")
CONSENT_AGAIN = ("Pour qu'une personne de l'équipe vous recontacte, il me faut votre accord, par oui ou par non : "
                 "acceptez-vous que vos coordonnées lui soient transmises ?")
DECLINED = ("D'accord, c'est noté : je ne transmets rien, et rien n'est gardé de vos coordonnées. "
            "Vous pouvez continuer à me poser vos questions, ou changer d'avis à tout moment.")
NOT_AGREED = ("Sans un « oui » clair de votre part, je ne transmets rien : c'est votre droit. Posez-moi vos questions, "
              "ou écrivez « je veux être recontacté » quand vous le souhaitez.")
UNREACHABLE = ("Sans adresse e-mail ni numéro de téléphone, l'équipe ne peut pas vous recontacter : je ne transmets donc rien. "
               "Vous pouvez me donner l'un des deux quand vous voulez.")


class ValidateContactForm(AssistantAction):
    """Decides the next question: consent, name, e-mail, phone, and the question when a person was asked for."""

    def name(self) -> str:
        return "validate_contact_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        slots = dict(tracker.slots)
        waiting_for = heard.requested_slot if heard.requested_slot in CONTACT else None  # None: the form has just begun
        events: list[EventType] = []
        keeps_back = heard.intent == "cancel" and waiting_for in ("email", "phone") and slots.get(waiting_for) == "" and not withdraws(heard.text)
        if comes_before_any_form(heard, is_an_answer=False) and not heard.was_answered and not keeps_back:
            return [ActionExecutionRejected(FORM)]
        if waiting_for and not heard.was_answered and heard.intent == GIVE_SITUATION and _facts_changed(heard):
            return [ActionExecutionRejected(FORM)]  # a fact that changes what was told: the new verdict first, then the contact again
        if waiting_for and not heard.was_answered and (noted := _contact_given_aside(tracker, waiting_for)):
            speak(dispatcher, f"C'est noté : {', '.join(noted)}.")
            offers = 1 if waiting_for == "consent" else slots.get("consent_asked")
            following = next_contact_question(slots | {"consent_asked": offers})
            return [SlotSet("consent_asked", offers), SlotSet("form_misread", 0), SlotSet("requested_slot", following)]
        if waiting_for is None and not heard.was_answered:
            events += answer_aside(self.assistant, dispatcher, heard)
        if waiting_for and not heard.was_answered:
            if slots.get(waiting_for) is None:
                if heard.intent.startswith(LEFT_FROM_CONTACT) and not _is_misspelt_contact(heard, waiting_for, self.assistant):
                    return []  # the rule of the intent answers, then the form comes back
                events += _count_misreading(heard, waiting_for, slots)
            else:
                events += [SlotSet("form_misread", 0), SlotSet("easier_wording", False)]
        if waiting_for is None or (waiting_for == "consent" and slots.get("consent") is None):
            slots, opening = _open(slots, heard)
            events += opening
        return [*events, SlotSet("requested_slot", next_contact_question(slots))]


class AskConsent(AssistantAction):
    """The notice (who, why, how long, rights) with the question; shorter when it comes back."""

    def name(self) -> str:
        return "action_ask_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        asked = int(tracker.get_slot("consent_asked") or 0)
        if tracker.get_slot("easier_wording") or asked:
            text = CONSENT_AGAIN
        else:
            text = self.assistant.base.consent_notice(_known_contact(tracker.slots), self.assistant.today())
        speak(dispatcher, _recalled_verdict(tracker.slots) + text, [ACCEPT, DECLINE])
        return [SlotSet("consent_asked", asked + 1)]


class RegisterLead(AssistantAction):
    """Ends the form: the lead is made, or the person is told that nothing was passed on."""

    def name(self) -> str:
        return "action_register_lead"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        slots = tracker.slots
        if slots.get("consent") is not True:
            if slots.get("consent") is False and not slots.get("contact_closed"):
                speak(dispatcher, DECLINED)
            elif not Heard(tracker).was_answered:
                speak(dispatcher, NOT_AGREED)
            return [SlotSet("contact_closed", True), SlotSet("consent", None), *_forget_contact()]
        if not has_reachable_contact(slots):
            speak(dispatcher, UNREACHABLE)
            return [SlotSet("consent", None), SlotSet("email", None), SlotSet("phone", None)]
        self._register(tracker)
        reached = " et ".join(value for value in (slots.get("email"), slots.get("phone")) if value)
        speak(
            dispatcher,
            f"Merci, c'est transmis à l'équipe des admissions, qui vous recontactera ({reached}). "
            "Vous pouvez corriger ces informations ou demander leur effacement ici à tout moment, et continuer à me poser vos questions.",
        )
        return [SlotSet("contact_closed", True)]

    def _register(self, tracker: Tracker) -> None:
        now = self.assistant.now()
        assessment = assess_slots(self.assistant.rules, tracker.slots, self.assistant.today()) if tracker.get_slot("verdict") else None
        version, text = self.assistant.base.consent_terms(self.assistant.today())
        with self.assistant.unit_of_work() as uow:
            consent = uow.leads.consent_of(tracker.sender_id) or Consent(version=version, text=text, at=now)
            register_lead(uow, tracker.sender_id, tracker.slots, assessment, consent, now)


def _facts_changed(heard: Heard) -> bool:
    """Whether the last message changed what the verdict rests on."""
    return any(heard.slot(name) != heard.facts_before.get(name) for name in FACTS)


def _contact_given_aside(tracker: Tracker, waiting_for: str) -> list[str]:
    """The details that the last message gave while another was asked for, and that one not: an address at the phone question."""
    given: dict[str, Any] = {}
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot" and event.get("name") in (*CONTACT[1:4], waiting_for):
            given.setdefault(event["name"], event.get("value"))
    return [] if given.get(waiting_for) is not None else [str(value) for name, value in given.items() if value]


def next_contact_question(slots: dict[str, Any]) -> str | None:
    """What contact_form still needs, None when it is done: nothing after a refusal, nothing twice."""
    if slots.get("contact_closed"):
        return None
    if slots.get("consent") is None:
        return "consent" if int(slots.get("consent_asked") or 0) < MOST_OFFERS else None
    if slots["consent"] is False:
        return None
    wanted = ["name", "email", "phone"]
    if slots.get("contact_reason") == "human" and slots.get("verdict") is None:
        wanted.append("question")
    return next((name for name in wanted if slots.get(name) is None), None)


def _open(slots: dict[str, Any], heard: Heard) -> tuple[dict[str, Any], list[EventType]]:
    """Somebody who asks for a person is offered contact again, even after a refusal; a verdict alone does not insist."""
    if heard.intent not in ("request_human", "give_contact"):
        return slots, []
    changes = {"contact_closed": False, "consent_asked": 0, "contact_reason": slots.get("contact_reason") or "human"}
    return {**slots, **changes}, [SlotSet(name, value) for name, value in changes.items()]


def _count_misreading(heard: Heard, waiting_for: str, slots: dict[str, Any]) -> list[EventType]:
    times = int(heard.slot("form_misread") or 0) + 1
    if times < MOST_MISREADINGS:
        return [SlotSet("form_misread", times), SlotSet("easier_wording", True)]
    given_up: Any = False if waiting_for == "consent" else ""
    slots[waiting_for] = given_up
    return [SlotSet(waiting_for, given_up), SlotSet("form_misread", 0), SlotSet("easier_wording", False)]


def _is_misspelt_contact(heard: Heard, waiting_for: str, assistant: Any) -> bool:
    """A broken address or number is asked again, whatever intent its letters resemble."""
    if waiting_for == "email":
        return bool(assistant.read_contact.looks_like_email(heard.text))
    return waiting_for == "phone" and sum(letter.isdigit() for letter in heard.text) >= 6


def _known_contact(slots: dict[str, Any]) -> list[str]:
    return [str(slots[name]) for name in ("name", "email", "phone") if slots.get(name)]


def _recalled_verdict(slots: dict[str, Any]) -> str:
    """The verdict that goes with the details, where another person's was told as well: the office gets what was read last."""
    if slots.get("verdict") is None or (slots.get("set_aside") or {}).get("verdict") is None:
        return ""
    return f"{recall_verdict(Verdict(slots['verdict']), bool(slots.get('for_someone_else')))}\n\n"


def _forget_contact() -> list[EventType]:
    return [SlotSet(name, None) for name in ("name", "email", "phone")]
