"""Answers from the knowledge base, and what is said when the message was not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import in_context, may_be_out_of_scope, not_twice, remind, say_no_reason, say_unheard, taught
from actions.base import FALLBACK, OUT_OF_SCOPE, AssistantAction, Heard, remember_topic, speak
from actions.saying import answer_topics, say_answers
from bot.services.answer import (
    BLOCK_AWARE,
    COMPETENCE,
    SURE_THEME,
    Answer,
    Context,
    Topic,
    answer,
    blocks_meant,
    continues,
)
from bot.services.block_references import read_bare_block
from bot.services.wording import explain_question

# Intents that mean « say it again » rather than a topic of their own.
REPHRASE, MISUNDERSTOOD = "rephrase", "correct_misunderstanding"
# Answers that leave a question open: the office sees it in its inbox.
OTHER_LANGUAGE = "ask_other_language"
UNANSWERED_INTENTS = frozenset({OUT_OF_SCOPE})
READINGS_OFFERED = 2
LEAST_READING_CONFIDENCE = 0.10
# Below this nothing is likely; with this much of OUT_OF_SCOPE beside it the message may be about something else. On the
# labelled phrases nine of ten guesses are right (docs/measures.md).
LEAST_GUESS_CONFIDENCE, MOST_OUT_OF_SCOPE = 0.25, 0.08
# Answers that would be rude or alarming as a guess.
NEVER_GUESSED = frozenset({"ask_guarantee", "ask_other_people_data", "ask_privacy", "ask_if_bot", "ask_how_are_you", OTHER_LANGUAGE})
GUESS = "Si j'ai bien compris, votre question porte sur : « {title} »."
NOT_THAT = "Ce n'est pas ma question"
OTHER_WORDS = "Je veux bien vous aider, mais je ne suis pas sûr d'avoir compris. Pouvez-vous reformuler avec d'autres mots, en une phrase courte ?"
BEYOND_THE_MARK = "Je suis désolé, j'ai dû mal comprendre. Pouvez-vous reformuler votre question autrement, en une phrase courte ?"
STILL_UNCLEAR = ("Je n'ai toujours pas bien compris, j'en suis désolé. Une personne de l'équipe des admissions peut vous répondre : "
                 "je peux lui transmettre votre question. Vous pouvez aussi la reformuler autrement.")


class AnswerQuestion(AssistantAction):
    """Answers every question of the message, in order."""

    def name(self) -> str:
        return "action_answer_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        if heard.intent == REPHRASE and heard.form is not None and heard.requested_slot is not None:
            speak(dispatcher, explain_question(heard.requested_slot, self.assistant.rules))
            return []
        if heard.intent in (REPHRASE, MISUNDERSTOOD) and not _names_something(heard) and not blocks_meant(heard.topics()[0], heard.context):
            return say_again(self.assistant, dispatcher, heard)
        topics = in_context(self.assistant, taught(self.assistant, heard), heard.context, heard.likely)
        answers = answer_topics(self.assistant, topics, heard.context)
        if not answers:
            return clarify(self.assistant, dispatcher, heard)
        answers = not_twice(heard, answers)
        remind(self.assistant, dispatcher, heard, answers)
        say_answers(dispatcher, [_in_their_language(self.assistant, one, heard) for one in answers], with_buttons=heard.form is None)
        unanswered = any(topic.intent in UNANSWERED_INTENTS for topic in topics) or not all(found.found for found in answers)
        say_no_reason(self.assistant, dispatcher, heard, answers)
        unanswered = say_unheard(self.assistant, dispatcher, heard, answers) or unanswered
        return [
            *remember_topic(heard, answers),
            SlotSet("misunderstandings", 0),
            SlotSet("unanswered", unanswered),
            *_keep_question(heard, unanswered),
        ]


class Clarify(AssistantAction):
    """Asks what was meant, with the two nearest topics; changes its wording, then offers a person."""

    def name(self) -> str:
        return "action_clarify"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return clarify(self.assistant, dispatcher, Heard(tracker))


def say_again(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """The last answer once more, in its easier wording when it has one."""
    context = heard.context
    if heard.intent == MISUNDERSTOOD or context.intent is None:
        return clarify(assistant, dispatcher, heard)
    topic = Topic(context.intent, context.matter or "", "", 1.0, context.block, context.route, context.exam_kind)
    again = answer(assistant.base, topic, Context(), assistant.today(), simple=True)
    if again is None:
        return clarify(assistant, dispatcher, heard)
    say_answers(dispatcher, [again], with_buttons=heard.form is None)
    return []


def clarify(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """Says that the message was not understood: the likely readings first, other words next, a person at last."""
    blocks = [] if heard.is_button else blocks_meant(heard.topics()[0], heard.context)
    if blocks:
        answers = answer_topics(assistant, blocks, heard.context)
        say_answers(dispatcher, answers, with_buttons=heard.form is None)
        return [*remember_topic(heard, answers), SlotSet("unanswered", False)]
    theme = _definition(assistant, heard) or _sure_theme(assistant, heard)
    if theme is not None:
        say_answers(dispatcher, [theme], with_buttons=heard.form is None)
        return [*remember_topic(heard, [theme]), SlotSet("unanswered", False)]
    continued = _continued(assistant, heard)
    if continued is not None:
        say_answers(dispatcher, [continued], with_buttons=heard.form is None)
        return [*remember_topic(heard, [continued]), SlotSet("unanswered", False)]
    likely = _likely(assistant, heard)
    if likely is not None:
        say_answers(dispatcher, [likely])
        # Kept for the office all the same: it was a doubt.
        return [*remember_topic(heard, [likely]), SlotSet("misunderstandings", 0), SlotSet("unanswered", True), *_keep_question(heard, True)]
    remind(assistant, dispatcher, heard, [])  # what is taken for granted is corrected even when the question stays unclear
    times = int(heard.slot("misunderstandings") or 0)
    readings = _readings(assistant, heard) if times < 2 else []
    human = (assistant.base.service_title("humain"), "/request_human")
    if times >= 1 and (times >= 2 or not readings):
        speak(dispatcher, STILL_UNCLEAR, [human] if heard.form is None else [])
    elif readings:
        titles = " ou de : ".join(f"« {title} »" for title, _ in readings)
        speak(
            dispatcher,
            f"Je ne suis pas sûr d'avoir compris. Voulez-vous parler de : {titles} ? Sinon, reformulez votre question avec d'autres mots.",
            [*readings, human],
        )
    else:
        speak(
            dispatcher,
            BEYOND_THE_MARK if heard.intent == MISUNDERSTOOD else OTHER_WORDS,
            [(assistant.base.service_title("verifier"), "/request_prescreening"), human] if heard.form is None else [],
        )
    return [SlotSet("misunderstandings", times + 1), SlotSet("unanswered", True), *_keep_question(heard, True)]


def _likely(assistant: Any, heard: Heard) -> Answer | None:
    """The answer to the first reading, said to be a guess: its topic is likely, and the message is surely about us.

    Once only: a second doubt asks what was meant. In a form the form's own question must not be buried under a guess.
    """
    if heard.intent != FALLBACK or heard.form is not None or heard.is_button or heard.slot("misunderstandings"):
        return None
    reading = _first_reading(heard)
    title = None if reading is None else assistant.base.title_for_intent(reading["name"])
    if reading is None or title is None:
        return None
    found = answer(assistant.base, replace(heard.topics()[0], intent=reading["name"]), heard.context, assistant.today())
    if found is None or not found.found:
        return None
    guess = GUESS.format(title=title)
    return replace(found, text=f"{guess}\n{found.text}", buttons=((NOT_THAT, f"/{MISUNDERSTOOD}"), *found.buttons))


def _first_reading(heard: Heard) -> dict[str, Any] | None:
    """The likeliest question, None when it is too unlikely, refuses, or the message may be about something else."""
    confidences = {guess["name"]: guess["confidence"] for guess in heard.ranking}
    first = next((guess for guess in heard.ranking if guess["name"] not in (FALLBACK, OUT_OF_SCOPE)), None)
    if first is None or not first["name"].startswith("ask_") or first["name"] in NEVER_GUESSED:
        return None
    is_likely = first["confidence"] >= LEAST_GUESS_CONFIDENCE and confidences.get(OUT_OF_SCOPE, 0.0) < MOST_OUT_OF_SCOPE
    return first if is_likely else None


def _in_their_language(assistant: Any, one: Answer, heard: Heard) -> Answer:
    """« Je réponds en français », said once more in the language of the message."""
    sentence = assistant.base.sentence_in(heard.entity("language")) if heard.intent == OTHER_LANGUAGE else None
    return one if sentence is None else replace(one, text=f"{one.text}\n{sentence}")


def _readings(assistant: Any, heard: Heard) -> list[tuple[str, str]]:
    """Titles in plain words of the likeliest topics, with the button that chooses each."""
    likely = [guess for guess in heard.ranking if guess["confidence"] >= LEAST_READING_CONFIDENCE]
    titled = [(assistant.base.title_for_intent(guess["name"]), f"/{guess['name']}") for guess in likely]
    return [(title, payload) for title, payload in titled if title][:READINGS_OFFERED]


def _continued(assistant: Any, heard: Heard) -> Answer | None:
    """In doubt, a message that goes on with the last topic, or may well do, is about the last topic."""
    context = heard.context
    if not (context.intent or "").startswith("ask_") or heard.is_button or heard.intent == MISUNDERSTOOD:
        return None
    topic = heard.topics()[0]
    if context.intent in BLOCK_AWARE and read_bare_block(topic.folded) is not None:
        return answer(assistant.base, replace(topic, intent="follow_up"), context, assistant.today())  # « je voulais dire le 1 »
    is_among_readings = context.intent in [guess["name"] for guess in heard.ranking[:READINGS_OFFERED]]
    if not is_among_readings and not (heard.intent == FALLBACK and continues(topic, context)):
        return None
    return answer(assistant.base, replace(topic, intent="follow_up"), context, assistant.today())


def _definition(assistant: Any, heard: Heard) -> Answer | None:
    """« c'est quoi un EPCI ? »: an acronym asked about is told, whatever doubt there is about the rest."""
    if heard.is_button or not assistant.base.define(heard.text):
        return None
    return answer(assistant.base, replace(heard.topics()[0], intent=COMPETENCE, text=heard.text), Context(), assistant.today())


def _sure_theme(assistant: Any, heard: Heard) -> Answer | None:
    """A matter of the programme named so clearly that the intent's doubt does not matter."""
    if heard.is_button or may_be_out_of_scope(heard) or not any(hit.score >= SURE_THEME for hit in assistant.base.find_themes(heard.text)):
        return None
    topic = replace(heard.topics()[0], intent=COMPETENCE, text=heard.text)
    return answer(assistant.base, topic, Context(), assistant.today())


def _names_something(heard: Heard) -> bool:
    topic = heard.topics()[0]
    return any(value is not None for value in (topic.block, topic.route, topic.exam_kind, read_bare_block(topic.folded)))


def _keep_question(heard: Heard, unanswered: bool) -> list[EventType]:
    """What could not be answered becomes the question passed on, should the person ask for somebody."""
    return [SlotSet("question", heard.text)] if unanswered and not heard.is_button else []
