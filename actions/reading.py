"""Reads each message into slots, before any rule or form looks at it.

What an answer means depends on what was asked (« 8 » after « combien d'années ? »): the question is known here.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AssistantAction, Heard
from bot.admissions.agreement import read_agreement
from bot.admissions.facts import Route
from bot.admissions.leads import clean_name
from bot.admissions.reading import read_situation
from bot.admissions.someone_else import speaks_for_someone_else
from bot.services.prescreening import fact_named, mark_asked_again, situation_from_slots

# A question heard this surely is no answer to ours: « c'est quoi un niveau 5 ? » names a level and gives none.
QUESTION_CONFIDENCE = 0.45
ROUTE_REQUESTS = frozenset({"ask_initial_training", "ask_continuing_education", "ask_vae", "request_prescreening", "give_situation", "request_human"})
# Questions that name diplomas and durations without saying anything of the person.
ABOUT_THE_RULE = frozenset({"ask_level_meaning", "ask_level", "ask_hypothesis", "ask_equivalences"})
NOT_TO_BE_READ = "prompt_injection"  # « /inform{…} » is an attempt, no fact
KEPT_PENDING = frozenset({"affirm", "deny"})
_RESERVE = re.compile(r"\b(?:mais|avant|sauf|d'abord|sous réserve|à condition)\b", re.IGNORECASE)
LONGEST_CONSENT_WORDS = 8
LONGEST_NAME_WORDS, LONGEST_AGREEMENT_WORDS = 12, 3


class ReadMessage(AssistantAction):
    """Slots that the message fills: facts, contact details, whose case it is, the route asked for."""

    def name(self) -> str:
        return "action_read_message"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        situation = self._situation(heard)
        read = {**self._housekeeping(heard), **situation, **self._contact(heard, bool(situation))}
        return [SlotSet(name, value) for name, value in read.items()]

    def _housekeeping(self, heard: Heard) -> dict[str, Any]:
        read: dict[str, Any] = {}
        if heard.slot("unanswered"):
            read["unanswered"] = False
        if heard.slot("pending_confirmation") and heard.intent not in KEPT_PENDING:
            read["pending_confirmation"] = None
        if not heard.slot("for_someone_else") and not heard.is_button and speaks_for_someone_else(heard.text):
            read["for_someone_else"] = True
        route = next((value for value in heard.entities("route") if value in {route.value for route in Route}), None)
        if route and heard.intent in ROUTE_REQUESTS:
            read["asked_route"] = route
        return read

    def _situation(self, heard: Heard) -> dict[str, Any]:
        if heard.is_button or heard.intent == NOT_TO_BE_READ or (heard.intent in ABOUT_THE_RULE and asks_something(heard)):
            return {}
        asked = fact_named(heard.requested_slot) if not asks_something(heard) else None
        known = situation_from_slots(heard.facts_before)
        someone_else = bool(heard.slot("for_someone_else"))
        slots = read_situation(heard.text, asked, self.assistant.today(), known, for_someone_else=someone_else).to_slots()
        if "experience" in slots and known.experience is not None and known.experience.asked_again:
            slots["experience"] = mark_asked_again(slots["experience"])  # a vague duration is asked about once only
        return slots

    def _contact(self, heard: Heard, speaks_of_situation: bool) -> dict[str, Any]:
        text = "" if heard.is_button else heard.text
        contact = self.assistant.read_contact
        read = {"email": contact.read_email(text), "phone": contact.read_phone(text)}
        if heard.requested_slot == "consent" and not speaks_of_situation:
            read["consent"] = self._consent(heard)
        elif heard.requested_slot == "name" and not asks_something(heard):
            read["name"] = self._name(text) or self._declined(heard)
        elif heard.requested_slot in ("email", "phone") and read[heard.requested_slot] is None:
            read[heard.requested_slot] = self._declined(heard)
        elif heard.requested_slot == "question" and not heard.is_button:
            read["question"] = text
        return {name: value for name, value in read.items() if value is not None}

    @staticmethod
    def _name(text: str) -> str | None:
        """A name, not « oui j'accepte » said once more nor a long sentence."""
        words = len(text.split())
        is_yes_or_no = read_agreement(text) is not None and words <= LONGEST_AGREEMENT_WORDS
        return None if is_yes_or_no or words > LONGEST_NAME_WORDS else clean_name(text)

    @staticmethod
    def _consent(heard: Heard) -> bool | None:
        if heard.is_button:
            return {"affirm": True, "deny": False}.get(heard.intent)
        return read_consent(heard)

    @staticmethod
    def _declined(heard: Heard) -> str | None:
        """« non », « je préfère pas », « j'en ai pas »: known to be absent, kept as an empty text."""
        is_refusal = heard.intent in ("deny", "dont_know") or read_agreement(heard.text) is False
        return "" if is_refusal and not asks_something(heard) else None


def read_consent(heard: Heard) -> bool | None:
    """A clear yes or no to the consent question, None for anything else.

    A question, a condition (« oui mais avant… ») or a correction (« non, en fait j'ai le bac ») is neither: consent is
    never guessed from a word.
    """
    words = len(heard.text.split())
    is_question = "?" in heard.text or any(segment["question"] for segment in heard.segments)
    if is_question or (words > 3 and _RESERVE.search(heard.text)):
        return None
    agreement = read_agreement(heard.text)
    if heard.intent == "thank" and not re.match(r"\W*(?:oui|ouais|non)\b", heard.text, re.IGNORECASE):
        return None  # « ok merci » thanks for the answer
    is_plain = heard.intent in ("affirm", "deny", "thank", "request_human", "give_contact") or words <= LONGEST_CONSENT_WORDS
    return agreement if is_plain else None


def asks_something(heard: Heard) -> bool:
    """Whether the message is a question of its own rather than an answer to ours."""
    return any(
        segment["question"] and segment["confidence"] >= QUESTION_CONFIDENCE and segment["name"].startswith("ask_")
        for segment in heard.segments
    )
