"""The pre-screening: what is still missing, the verdict and its reasons."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import remind, say_why
from actions.base import AssistantAction, Heard, remember_topic, speak
from actions.reading import exchange_persons
from actions.saying import answer_topics, say_answers
from bot.admissions.facts import Route
from bot.admissions.subjects import cannot_apply, is_mourning
from bot.services.answer import ROUTE_INTENTS, Topic
from bot.services.lead_from_slots import update_lead_facts
from bot.services.prescreening import (
    FACTS,
    ambiguity_of,
    assess_slots,
    is_experience_vague,
    mark_asked_again,
    situation_from_slots,
    unknown_value,
)
from bot.services.wording import (
    MOURNING,
    NOBODY_TO_ASSESS,
    acknowledge,
    ask_back_diploma,
    explain_question,
    explain_verdict,
    tell_verdict,
)

# Messages that a rule answers while the form waits; anything else unread is asked again in simpler words.
LEFT_TO_RULES = ("ask_", "express_", "request_human", "request_erasure", "cancel", "start_over", "nlu_fallback", "insult", "prompt_injection",
                 "out_of_scope", "rephrase", "correct_misunderstanding", "follow_up", "greet", "thank", "goodbye", "praise")
FORM = "prescreening_form"
# What a form must give way to, whatever else the message says.
DISTRESS, SURE_DISTRESS = "express_distress", 0.75
BEFORE_ANY_FORM = frozenset({DISTRESS, "request_erasure", "cancel"})
STILL_TO_COME = "C'est noté : tant que ce diplôme n'est pas obtenu, c'est le dernier diplôme obtenu qui compte."
BEING_CHECKED = "C'est justement ce que nous vérifions ; il me manque encore une réponse."
_TO_BE_OBTAINED = re.compile(
    r"\b(?:je|j'|il|elle)\s*(?:l'|la |le |les )(?:valide|passe|aurai|aura|termine|fini[st]|obtiens|obtient|obtiendrai?|validerai?|repasse)\b.{0,30}"
    r"\b(?:en (?:mai|juin|juillet|septembre|octobre)|bient[oô]t|cette ann[ée]e|à la fin|a la fin|l'an|cet [ée]t[ée]|dans \d+ mois)", re.IGNORECASE)
_WHETHER = re.compile(
    r"^\W*(?:(?:et|mais|donc|alors|du coup|ok)\W+)*(?:est-ce qu'?e?\s*)?(?:il|elle|je|j'|on|[çc]a)\s*(?:peu[tx]?|pourra\w*|pourrai\w*|passe)\s*"
    r"(?:s'inscrire|m'inscrire|candidater|postuler|entrer|rentrer|venir|faire (?:la formation|une demande))?\s*\?\s*$", re.IGNORECASE)
BACK_TO_YOU = "Revenons à votre situation."
MOST_MISREADINGS = 2  # after that the fact is noted as unknown: nobody is held in a loop


class ValidatePrescreeningForm(AssistantAction):
    """Decides the next question from the rule itself: a BTS needs no experience, less than 36 months no status."""

    def name(self) -> str:
        return "validate_prescreening_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        slots = dict(tracker.slots)
        waiting_for = heard.requested_slot if heard.requested_slot in FACTS else None  # None: the form has just begun
        events: list[EventType] = []
        if cannot_apply(heard.text) and not heard.was_answered:
            return [*_say_nobody_to_assess(dispatcher, heard), FollowupAction("action_listen")]
        if comes_before_any_form(heard, bool(_facts_read(tracker))) and not heard.was_answered:
            return [ActionExecutionRejected(FORM)]  # a fact was read too, but the rule of the intent comes first
        if waiting_for is None and not heard.was_answered:
            events += answer_aside(self.assistant, dispatcher, heard)
        if waiting_for and not heard.was_answered:
            if not _facts_read(tracker) and (beside := said_beside_the_question(heard.text)):
                speak(dispatcher, beside)
                events += [SlotSet("form_misread", 0), SlotSet("easier_wording", False)]
            elif not _facts_read(tracker):
                if heard.intent.startswith(LEFT_TO_RULES):
                    return []  # Rasa then rejects the form for this message, and the rule of the intent answers
                events += _count_misreading(heard, waiting_for, slots)
            else:
                events += [SlotSet("form_misread", 0), SlotSet("easier_wording", False), *answer_aside(self.assistant, dispatcher, heard)]
        missing = assess_slots(self.assistant.rules, slots, self.assistant.today()).missing
        noted = acknowledge(situation_from_slots(_facts_read(tracker))) if missing and not heard.was_answered else None
        if noted:
            speak(dispatcher, noted)
        if missing and waiting_for is None and not any(heard.facts_before.values()):
            speak(dispatcher, self.assistant.base.prescreening_intro(self.assistant.today()))
        return [*events, SlotSet("requested_slot", missing[0] if missing else None)]


class AskDiploma(AssistantAction):
    """Asks for the diploma, or which of two readings of it is right."""

    def name(self) -> str:
        return "action_ask_diploma"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        ambiguity = ambiguity_of(tracker.slots)
        if ambiguity is None:
            dispatcher.utter_message(response="utter_ask_diploma")
            return []
        text, buttons = ask_back_diploma(ambiguity)
        speak(dispatcher, text, buttons)
        return []


class AskExperience(AssistantAction):
    """Asks for the experience, or whether a vague one reaches the rule."""

    def name(self) -> str:
        return "action_ask_experience"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if not is_experience_vague(self.assistant.rules, tracker.slots, self.assistant.today()):
            dispatcher.utter_message(response="utter_ask_experience")
            return []
        months = self.assistant.rules.experience_months
        speak(
            dispatcher,
            f"Pour être précis : combien d'années ou de mois avez-vous travaillé en tout ? Le repère est de {months // 12} ans ({months} mois).",
            [("Je ne sais pas exactement", "Je ne sais pas")],
        )
        return [SlotSet("experience", mark_asked_again(tracker.slots["experience"]))]


class GiveVerdict(AssistantAction):
    """Says the indicative verdict with its rule, its source, what would change it and what happens next."""

    def name(self) -> str:
        return "action_give_verdict"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        assessment = assess_slots(self.assistant.rules, tracker.slots, self.assistant.today())
        if assessment.verdict is None:
            return []
        asks_vae = heard.slot("asked_route") == Route.VAE.value
        speak(dispatcher, tell_verdict(assessment, bool(heard.slot("for_someone_else")), asks_vae), (), self._source(assessment))
        with self.assistant.unit_of_work() as uow:
            is_updated = update_lead_facts(uow, tracker.sender_id, tracker.slots, assessment, self.assistant.now())
        if is_updated:
            speak(dispatcher, "J'ai mis à jour votre situation auprès de l'équipe des admissions.")
        # What was last said is the verdict: « pourquoi ? » asks about it, not about the topic before.
        told = [SlotSet("verdict", assessment.verdict.value), SlotSet("misunderstandings", 0), SlotSet("topic", None)]
        if heard.slot("for_someone_else") and (heard.slot("set_aside") or {}).get("diploma") is not None:
            return [*told, *_back_to_the_writer(dispatcher, tracker, assessment)]
        if tracker.get_slot("contact_closed"):
            return [*told, FollowupAction("action_listen")]  # the offer was accepted or declined before: no second one
        return [*told, SlotSet("contact_reason", "prescreening")]

    def _source(self, assessment: Any) -> dict[str, Any]:
        return self.assistant.base.source_of_section(self.assistant.rules.section)


class ExplainVerdict(AssistantAction):
    """« Pourquoi ? »: the rule, with the person's own facts."""

    def name(self) -> str:
        return "action_explain_verdict"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        if heard.form is not None and heard.requested_slot in FACTS:
            speak(dispatcher, explain_question(heard.requested_slot, self.assistant.rules))
            return []
        assessment = assess_slots(self.assistant.rules, tracker.slots, self.assistant.today())
        if assessment.verdict is None or tracker.get_slot("verdict") is None:
            if heard.context.intent is not None:
                return say_why(self.assistant, dispatcher, heard)
            speak(dispatcher, "Je n'ai pas encore vérifié votre situation : je ne peux donc rien vous expliquer pour l'instant.",
                  [(self.assistant.base.service_title("verifier"), "/request_prescreening")])
            return []
        speak(
            dispatcher,
            explain_verdict(assessment, situation_from_slots(tracker.slots)),
            (),
            self.assistant.base.source_of_section(self.assistant.rules.section),
        )
        return []


def said_beside_the_question(text: str) -> str | None:
    """What to say to « je la valide en juin » or « il pourra s'inscrire ? » while a fact is asked for, None for anything else."""
    if _TO_BE_OBTAINED.search(text):
        return STILL_TO_COME
    return BEING_CHECKED if _WHETHER.search(text) else None


def comes_before_any_form(heard: Heard, is_an_answer: bool) -> bool:
    """Whether a message is for a rule whatever else it says; « je n'ai plus rien » may also be a plain answer about work."""
    if heard.intent not in BEFORE_ANY_FORM:
        return False
    is_sure = heard.intent != DISTRESS or not heard.ranking or heard.ranking[0]["confidence"] >= SURE_DISTRESS
    return is_sure or not is_an_answer


def answer_aside(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """A question beside a fact or a request, in one message: it is answered before ours is asked."""
    topics = [topic for topic in heard.topics() if topic.intent.startswith("ask_") and topic.text != heard.text]
    topics += [topic for topic in _closed_routes(heard) if topic.intent not in {one.intent for one in topics}]
    answers = answer_topics(assistant, topics, heard.context)
    remind(assistant, dispatcher, heard, answers)
    say_answers(dispatcher, answers, with_buttons=False)
    return remember_topic(heard, answers)


def _closed_routes(heard: Heard) -> list[Topic]:
    """« Puis-je entrer en contrat de professionnalisation ? » asks about a route too: whether it is open comes first."""
    routes = dict.fromkeys(route for route in heard.entities("route") if route not in {open_route.value for open_route in Route})
    return [Topic(ROUTE_INTENTS[route], "", "", route=route) for route in routes]


def _back_to_the_writer(dispatcher: CollectingDispatcher, tracker: Tracker, assessment: Any) -> list[EventType]:
    """A friend's verdict was asked in passing: what the writer told of themself comes back, and their questions go on."""
    slots = exchange_persons({**tracker.slots, "verdict": assessment.verdict.value})
    back: list[EventType] = [SlotSet(name, value) for name, value in slots.items()]
    if slots["verdict"] is None:
        speak(dispatcher, BACK_TO_YOU)
        return [*back, FollowupAction(FORM)]
    if tracker.get_slot("contact_closed"):
        return [*back, FollowupAction("action_listen")]
    return [*back, SlotSet("contact_reason", "prescreening")]


def _say_nobody_to_assess(dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """An animal, a small child, somebody who died: a kind sentence, no verdict, and no questions."""
    speak(dispatcher, MOURNING if is_mourning(heard.text) else NOBODY_TO_ASSESS)
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def _facts_read(tracker: Tracker) -> dict[str, Any]:
    """The facts that the last message gave or corrected."""
    read: dict[str, Any] = {}
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot" and event.get("name") in FACTS and event.get("value") is not None:
            read.setdefault(event["name"], event["value"])
    return read


def _count_misreading(heard: Heard, waiting_for: str, slots: dict[str, Any]) -> list[EventType]:
    times = int(heard.slot("form_misread") or 0) + 1
    if times < MOST_MISREADINGS:
        return [SlotSet("form_misread", times), SlotSet("easier_wording", True)]
    slots[waiting_for] = unknown_value(waiting_for)
    return [SlotSet(waiting_for, slots[waiting_for]), SlotSet("form_misread", 0), SlotSet("easier_wording", False)]
