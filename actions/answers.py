"""Answers from the knowledge base, and what is said when the message was not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import FALLBACK, AssistantAction, Heard, remember_topic, speak
from bot.services.answer import (
    BLOCK_AWARE,
    BLOCK_CONTENT,
    BLOCKS,
    COMPETENCE,
    EVALUATION,
    SURE_THEME,
    Answer,
    Context,
    Topic,
    answer,
    continues,
    read_bare_block,
)
from bot.services.wording import explain_question

# Intents that mean « say it again » rather than a topic of their own.
REPHRASE, MISUNDERSTOOD = "rephrase", "correct_misunderstanding"
# Answers that leave a question open: the office sees it in its inbox.
PROGRAMME = frozenset({COMPETENCE, BLOCKS, BLOCK_CONTENT, "ask_competences", "ask_activities"})
OTHER_LANGUAGE = "ask_other_language"
UNANSWERED_INTENTS = frozenset({"out_of_scope"})
READINGS_OFFERED = 2
LEAST_READING_CONFIDENCE = 0.06
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
        if heard.intent in (REPHRASE, MISUNDERSTOOD) and not _names_something(heard):
            return say_again(self.assistant, dispatcher, heard)
        answers = answer_topics(self.assistant, in_context(self.assistant, heard.topics(), heard.context), heard.context)
        if not answers:
            return clarify(self.assistant, dispatcher, heard)
        say_answers(dispatcher, [_in_their_language(self.assistant, one, heard) for one in answers], with_buttons=heard.form is None)
        unanswered = heard.intent in UNANSWERED_INTENTS or not all(found.found for found in answers)
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


def in_context(assistant: Any, topics: list[Topic], context: Context) -> list[Topic]:
    """The topics, a matter of the programme recognised where the conversation is already about the programme."""
    if len(topics) != 1 or topics[0].is_attached or context.intent not in PROGRAMME or not continues(topics[0], context):
        return topics
    hits = assistant.base.find_themes(topics[0].text)
    is_matter = bool(hits) and not hits[0].absent and hits[0].score >= SURE_THEME
    return [replace(topics[0], intent=COMPETENCE)] if is_matter and topics[0].block is None else topics


def answer_topics(assistant: Any, topics: list[Topic], context: Context) -> list[Answer]:
    """The answers to the topics that have one, each with the context left by the one before."""
    answers: list[Answer] = []
    for topic in topics:
        found = answer(assistant.base, topic, context, assistant.today())
        if found is not None and found.card_id not in {one.card_id for one in answers if one.text == found.text}:
            answers.append(found)
            context = found.context
    return answers


def say_answers(dispatcher: CollectingDispatcher, answers: list[Answer], with_buttons: bool = True) -> None:
    """One message per answer; only the last has buttons, and none inside a form, whose own question follows."""
    for index, one in enumerate(answers):
        is_last = index == len(answers) - 1
        speak(dispatcher, one.text, _buttons(one) if is_last and with_buttons else (), one.source)


def clarify(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """Says that the message was not understood: the likely readings first, other words next, a person at last."""
    theme = _sure_theme(assistant, heard)
    if theme is not None:
        say_answers(dispatcher, [theme], with_buttons=heard.form is None)
        return [*remember_topic(heard, [theme]), SlotSet("unanswered", False)]
    continued = _continued(assistant, heard)
    if continued is not None:
        say_answers(dispatcher, [continued], with_buttons=heard.form is None)
        return [*remember_topic(heard, [continued]), SlotSet("unanswered", False)]
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
    if context.intent is None or heard.is_button or heard.intent == MISUNDERSTOOD:
        return None
    topic = heard.topics()[0]
    if context.intent in BLOCK_AWARE and read_bare_block(topic.folded) is not None:
        return answer(assistant.base, replace(topic, intent="follow_up"), context, assistant.today())  # « je voulais dire le 1 »
    is_among_readings = context.intent in [guess["name"] for guess in heard.ranking[:READINGS_OFFERED]]
    if not is_among_readings and not (heard.intent == FALLBACK and continues(topic, context)):
        return None
    return answer(assistant.base, replace(topic, intent="follow_up"), context, assistant.today())


def _sure_theme(assistant: Any, heard: Heard) -> Answer | None:
    """A matter of the programme named so clearly that the intent's doubt does not matter."""
    if heard.is_button or not any(hit.score >= SURE_THEME for hit in assistant.base.find_themes(heard.text)):
        return None
    topic = replace(heard.topics()[0], intent=COMPETENCE, text=heard.text)
    return answer(assistant.base, topic, Context(), assistant.today())


def _buttons(one: Answer) -> list[tuple[str, str]]:
    blocks = [(f"Bloc {number}", _block_payload(one.context.intent, number)) for number in (1, 2, 3)]
    is_overview = one.context.block is None and one.context.intent in (BLOCKS, EVALUATION)
    return (blocks if is_overview else []) + list(one.buttons)


def _block_payload(intent: str | None, number: int) -> str:
    return f'/{EVALUATION if intent == EVALUATION else BLOCK_CONTENT}{{"block": {number}}}'


def _names_something(heard: Heard) -> bool:
    topic = heard.topics()[0]
    return any(value is not None for value in (topic.block, topic.route, topic.exam_kind, read_bare_block(topic.folded)))


def _keep_question(heard: Heard, unanswered: bool) -> list[EventType]:
    """What could not be answered becomes the question passed on, should the person ask for somebody."""
    return [SlotSet("question", heard.text)] if unanswered and not heard.is_button else []
