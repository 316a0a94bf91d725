"""Reads each message into slots, before any rule or form looks at it.

What an answer means depends on what was asked (« 8 » after « combien d'années ? »): the question is known here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AssistantAction, Heard
from bot.admissions.agreement import read_agreement
from bot.admissions.contact_words import declines_detail, introduced_name, is_name_answer, spoken_number
from bot.admissions.facts import Route
from bot.admissions.leads import clean_name
from bot.admissions.reading import Asked, changes_person, read_situation
from bot.admissions.someone_else import speaks_for_someone_else
from bot.admissions.subjects import cannot_apply
from bot.services.prescreening import FACTS, assess_slots, fact_named, mark_asked_again, situation_from_slots

# A question heard this surely is no answer to ours: « c'est quoi un niveau 5 ? » names a level and gives none.
QUESTION_CONFIDENCE = 0.45
ROUTE_REQUESTS = frozenset({"ask_initial_training", "ask_continuing_education", "ask_vae", "request_prescreening", "give_situation", "request_human"})
# Questions that name diplomas and durations without saying anything of the person.
ABOUT_THE_RULE = frozenset({"ask_level_meaning", "ask_level", "ask_hypothesis", "ask_equivalences"})
NOT_TO_BE_READ = "prompt_injection"  # « /inform{…} » is an attempt, no fact
TOLD_OF_A_PERSON = (*FACTS, "verdict")
REACH_ME = frozenset({"request_human", "give_contact"})
_LENGTH = re.compile(r"\b(?:\d{1,2}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s*(?:ans?|années?|annees?|"
    r"mois)\b", re.IGNORECASE)
_YES_BUT = re.compile(
    r"^\W*(?:oui|ouais|ok|d'accord|bien sûr|volontiers)[ ,.!]+(?:mais |par contre |seulement |juste )*(?:pas|jamais|"
    r"sans)\s+(?:de |d'|le |mon |au |par |mon )?"
    r"(?P<way>t[ée]l\w*|num[ée]ro|portable|appel\w*|mail|e-?mail|adresse)\W*$", re.IGNORECASE)
KEPT_PENDING = frozenset({"affirm", "deny"})
_RESERVE = re.compile(r"\b(?:mais|avant|sauf|d'abord|sous réserve|à condition)\b", re.IGNORECASE)
# « que des stages », « k du bénévolat »: « que » restricts, it asks nothing.
_ONLY = re.compile(
    r"\W*(?:(?:euh|ben|bah|non|oui|alors|j'ai|jai|g|c'est|c)\W+)*(?:que|ke|k|qu')\s*(?:des?|du|mes|mon|ma|le|la|les|une?|d')\b", re.IGNORECASE)
# « elle a aussi une licence », after a friend's verdict.
_OF_THEM = re.compile(r"\b(?:elle|il)\s+(?:(?!y a)(?:a|n'a|est|n'est|avait|travaille|bosse|cherche|y|s'))\b", re.IGNORECASE)
LONGEST_CONSENT_WORDS = 8
LONGEST_NAME_WORDS, LONGEST_AGREEMENT_WORDS = 12, 3


class ReadMessage(AssistantAction):
    """Slots that the message fills: facts, contact details, whose case it is, the route asked for."""

    def name(self) -> str:
        return "action_read_message"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        if _was_given_back(heard):
            return []  # the friend's facts are not read a second time, into the writer's
        situation = self._situation(heard)
        turned = {} if heard.is_button else _turn_to_another_person(heard)
        read = {**self._housekeeping(heard), **turned, **situation, **self._contact(heard, bool(situation))}
        return [SlotSet(name, value) for name, value in read.items()]

    def _housekeeping(self, heard: Heard) -> dict[str, Any]:
        read: dict[str, Any] = {}
        if heard.slot("unanswered"):
            read["unanswered"] = False
        if heard.slot("pending_confirmation") and heard.intent not in KEPT_PENDING:
            read["pending_confirmation"] = None
        if not heard.slot("for_someone_else") and not heard.is_button and speaks_for_someone_else(heard.text) and not cannot_apply(heard.text):
            read["for_someone_else"] = True
        route = next((value for value in heard.entities("route") if value in {route.value for route in Route}), None)
        if route and heard.intent in ROUTE_REQUESTS:
            read["asked_route"] = route
        return read

    def _situation(self, heard: Heard) -> dict[str, Any]:
        if heard.is_button or heard.intent == NOT_TO_BE_READ or (heard.intent in ABOUT_THE_RULE and asks_something(heard)):
            return {}
        if _question_before(heard) == "name" and is_name_answer(heard.text):
            return {}  # « Julie Bts » is a name where a name was asked
        asked = self._asked(heard)
        turned = _turn_to_another_person(heard)
        known = situation_from_slots(turned or heard.facts_before)
        someone_else = bool(turned.get("for_someone_else", heard.slot("for_someone_else")))
        slots = read_situation(heard.text, asked, self.assistant.today(), known, for_someone_else=someone_else).to_slots()
        if "experience" in slots and known.experience is not None and known.experience.asked_again:
            slots["experience"] = mark_asked_again(slots["experience"])  # a vague duration is asked about once only
        return slots

    def _asked(self, heard: Heard) -> Asked | None:
        """The fact that the message answers: the form's question, or the one that a pause interrupted (« pardon, 5 ans »)."""
        if asks_something(heard):
            return None
        asked = fact_named(_question_before(heard))
        if asked is not None or heard.form is not None or heard.slot("verdict") is not None or not _LENGTH.search(heard.text):
            return asked
        missing = assess_slots(self.assistant.rules, heard.facts_before, self.assistant.today()).missing
        return "experience" if missing == ("experience",) else None

    def _contact(self, heard: Heard, speaks_of_situation: bool) -> dict[str, Any]:
        text = "" if heard.is_button else heard.text
        contact, question = self.assistant.read_contact, _question_before(heard)
        read: dict[str, Any] = {"email": contact.read_email(text), "phone": contact.read_phone(text) or contact.read_phone(spoken_number(text))}
        if heard.slot("name") is None and (question == "consent" or heard.intent in REACH_ME):
            read["name"] = introduced_name(text)
        if question in ("email", "phone") and not heard.slot("name"):
            read["name"] = introduced_name(text)  # refused or passed over, then said all the same
        if question == "consent" and not speaks_of_situation:
            read["consent"] = self._consent(heard)
            read |= _yes_but_not_by(text)
        elif question == "name" and not asks_something(heard):
            read["name"] = (clean_name(text) if is_name_answer(text) else self._name(text)) or self._declined(heard)
        elif question is not None and question in read and question in ("email", "phone") and read[question] is None:
            read[question] = "" if declines_detail(text) else self._declined(heard)
        elif question == "question" and not heard.is_button:
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


def _question_before(heard: Heard) -> str | None:
    """The question that the message answers. Rasa reads a message again when it starts a form, whose first question is not it."""
    asked: str | None = None
    before: str | None = None
    for event in heard.tracker.events:
        if event.get("event") == "slot" and event.get("name") == "requested_slot":
            asked = event.get("value")
        elif event.get("event") == "user":
            before = asked
    return before


def _yes_but_not_by(text: str) -> dict[str, Any]:
    """« oui mais pas de téléphone »: a clear yes, and one way declined."""
    found = _YES_BUT.match(text)
    if found is None:
        return {}
    return {"consent": True, "phone" if found.group("way").lower().startswith(("t", "num", "port", "app")) else "email": ""}


def _turn_to_another_person(heard: Heard) -> dict[str, Any]:
    """The slots that change when a message turns from the writer to somebody else or back: what was told of the one is not true of the other.

    What is known of the first is set aside, and comes back with them: « et ma pote elle a que le bac », then « moi je veux
    être recontacté ». Decided on the slots before the message, so that a second reading decides the same.
    """
    before = _slots_before(heard)
    someone_else, aside = bool(before.get("for_someone_else")), before.get("set_aside") or {}
    if someone_else and aside and heard.intent in REACH_ME and not speaks_for_someone_else(heard.text):
        return exchange_persons(before)
    goes_on = not someone_else and bool(aside) and (speaks_for_someone_else(heard.text) or _OF_THEM.search(heard.text) is not None)
    knows_one = before.get("verdict") is not None or (not someone_else and before.get("diploma") is not None)
    if not knows_one or not (goes_on or changes_person(heard.text, someone_else)):
        return {}
    told = read_situation(heard.text, None, date.max, situation_from_slots({}), for_someone_else=not someone_else)
    return exchange_persons(before) if told.changed else {}


def _slots_before(heard: Heard) -> dict[str, Any]:
    """Whose case it was and what was told of each, as it stood before the last message."""
    before: dict[str, Any] = {}
    current: dict[str, Any] = {}
    for event in heard.tracker.events:
        if event.get("event") == "user":
            before = dict(current)
        elif event.get("event") == "slot" and event.get("name") in (*TOLD_OF_A_PERSON, "for_someone_else", "set_aside"):
            current[event["name"]] = event.get("value")
    return before


def _was_given_back(heard: Heard) -> bool:
    """Whether the verdict just told was another person's, and the writer's own facts came back after it."""
    for event in reversed(heard.tracker.events):
        if event.get("event") in ("user", "bot"):
            return False
        if event.get("event") == "slot" and event.get("name") == "set_aside":
            return heard.was_answered
    return False


def exchange_persons(before: dict[str, Any]) -> dict[str, Any]:
    """The one's facts and verdict out, the other's in (none when nothing was told of them)."""
    aside = before.get("set_aside") or {}
    out = {name: before.get(name) for name in TOLD_OF_A_PERSON}
    return {**{name: aside.get(name) for name in TOLD_OF_A_PERSON}, "for_someone_else": not before.get("for_someone_else"), "set_aside": out}


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
    if _ONLY.match(heard.text) and "?" not in heard.text:
        return False
    return any(
        segment["question"] and segment["confidence"] >= QUESTION_CONFIDENCE and segment["name"].startswith("ask_")
        for segment in heard.segments
    )
