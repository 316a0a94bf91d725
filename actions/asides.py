"""What a message needs beside its plain answer: its premise corrected, its « pourquoi », the block or the task it means without naming it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import OUT_OF_SCOPE, Heard, remember_topic, speak
from actions.saying import answer_topics, say_answers
from bot.admissions.text import fold
from bot.services.answer import BLOCK_AWARE, COMPETENCE, PROGRAMME, SURE_THEME, Answer, Context, Topic, answer, blocks_meant, continues
from bot.services.block_references import read_bare_block

EMPLOYERS = "ask_employers"
WHY_SO, WHY_SILENT, WHY_UNSAID = "pourquoi_regle", "pourquoi_silence", "pourquoi_non_dit"  # cards
REASONS_TOLD = frozenset({"ask_objectives", "ask_certification", "ask_reasons", "ask_source", OUT_OF_SCOPE})
SHORT_TASK_WORDS = 8
SCOPE_DOUBT = 0.10  # as in config.yml
# In doubt, a message that begins like a continuation goes on with the topic when that is among its readings.
DOUBTFUL, LEAST_LIKELY = 0.7, 0.04
# « recruter un agent », « mettre à jour le site de la commune »: what one learns to do, not what a citizen asks for.
_A_TASK = re.compile(r"^\W*(?:et |ou |pour |savoir )*(?P<verb>[a-z]{2,}(?:er|ir|re))\b")
_A_CITIZENS = frozenset({"refaire", "renouveler", "payer", "acheter", "louer", "reserver", "inscrire", "declarer", "deposer",
                         "avoir", "obtenir", "faire", "etre"})
_OF_ONES_OWN = re.compile(r"\b(?:mon|ma|mes|je|moi|me)\b|\b[jm]'")
MOST_UNHEARD = 2
ALL_THERE_IS = "Sur ce sujet, voici tout ce que la fiche me permet de dire :"
POLITENESS = frozenset({"greet", "thank", "goodbye", "praise", "ask_how_are_you", "affirm", "deny", "rephrase", "ask_capabilities"})
UNHEARD = "Une partie de votre message m'a échappé : {quoted}. Pouvez-vous la reposer à part, avec d'autres mots ?"
_WHY = re.compile(r"\b(?:pourquoi|pk|pq|prk|pourkoi)\b")


def say_why(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType]:
    """« pourquoi ? » after an answer: the record gives rules without reasons, and says nothing of what it leaves out."""
    context = heard.context
    topic = Topic(str(context.intent), context.matter or "", "", 1.0, context.block, context.route, context.exam_kind)
    again = answer(assistant.base, topic, Context(), assistant.today(), simple=True)
    reason = _text_of(assistant, WHY_SO if again is not None and again.source is not None else WHY_SILENT)
    if again is None:
        speak(dispatcher, reason)
        return []
    say_answers(dispatcher, [replace(again, text=f"{reason}\n\n{again.text}")], with_buttons=heard.form is None)
    return []


def remind(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard, answers: list[Answer]) -> None:
    """Corrects what the message takes for granted, unless an answer already speaks of it."""
    answered = {one.context.intent for one in answers}
    for intent in dict.fromkeys(heard.premises()):
        reminder = None if intent in answered else assistant.base.reminder(intent, assistant.today())
        if reminder is not None and not any(reminder in one.text for one in answers):
            speak(dispatcher, reminder)


def not_twice(heard: Heard, answers: list[Answer]) -> list[Answer]:
    """The answers; one that was just given is said to be all there is on its topic."""
    if len(answers) != 1 or heard.is_button or answers[0].context != heard.context or not answers[0].found or answers[0].source is None:
        return answers
    return [replace(answers[0], text=f"{ALL_THERE_IS}\n\n{answers[0].text}")]


def say_unheard(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard, answers: list[Answer]) -> bool:
    """Names the question of a longer message that stays without an answer, rather than dropping it; whether there was one."""
    answered = {one.context.intent for one in answers}
    missed = [part for part in heard.unheard_questions() if part["name"] not in answered and part["name"] not in POLITENESS]
    if not missed or len(answers) != len({topic.intent for topic in heard.topics()}):
        return False
    quoted = " ; ".join(f"« {part['text'].strip(' ?!.,;')} »" for part in missed[:MOST_UNHEARD])
    readings = [(assistant.base.title_for_intent(part["name"]), f"/{part['name']}") for part in missed[:MOST_UNHEARD]]
    speak(dispatcher, UNHEARD.format(quoted=quoted), [(title, payload) for title, payload in readings if title] if heard.form is None else [])
    return True


def say_no_reason(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard, answers: list[Answer]) -> None:
    """« pourquoi seulement 81 % ? »: the card tells the figure, the record no reason."""
    is_silent = all("pourquoi" not in one.text and one.source is not None for one in answers)
    asks_why = not heard.is_button and _WHY.search(fold(heard.text)) is not None
    if asks_why and is_silent and answers[0].context.intent not in REASONS_TOLD:
        speak(dispatcher, _text_of(assistant, WHY_UNSAID))


def answer_blocks(assistant: Any, dispatcher: CollectingDispatcher, heard: Heard) -> list[EventType] | None:
    """« non le 2 pardon », « ok et la différence entre les deux ? »: yes and no that are about a block; None when they are not."""
    topic, context = heard.topics()[0], heard.context
    meant = [] if heard.is_button else blocks_meant(topic, context)
    if not meant and not heard.is_button and context.intent in BLOCK_AWARE and len(topic.folded.split()) <= SHORT_TASK_WORDS:
        number = read_bare_block(topic.folded)
        meant = [] if number is None else [replace(topic, intent="follow_up", block=number)]
    if not meant:
        return None
    answers = answer_topics(assistant, meant, context)
    say_answers(dispatcher, answers, with_buttons=heard.form is None)
    return remember_topic(heard, answers)


def may_be_out_of_scope(heard: Heard) -> bool:
    """Whether a citizen's request is likely: « notre logiciel de paie plante » names a matter that is taught and asks for help."""
    scope = next((guess["confidence"] for guess in heard.ranking if guess["name"] == OUT_OF_SCOPE), 0.0)
    return bool(scope >= SCOPE_DOUBT) and not _is_a_task(fold(heard.text)) and heard.context.intent not in PROGRAMME


def in_context(assistant: Any, topics: list[Topic], context: Context, likely: dict[str, float]) -> list[Topic]:
    """The topics, blocks and matters of the programme recognised where the conversation is already about the programme."""
    if topics and topics[0].is_attached:
        return topics
    blocks = blocks_meant(topics[0], context) if len({topic.intent for topic in topics}) == 1 else []
    if blocks:
        return blocks
    if len(topics) == 1 and topics[0].confidence < DOUBTFUL and _goes_on(topics[0], context, likely):
        return [replace(topics[0], intent=str(context.intent))]
    if len(topics) != 1 or topics[0].is_attached or context.intent not in PROGRAMME or not continues(topics[0], context):
        return topics
    hits = assistant.base.find_themes(topics[0].text)
    is_matter = bool(hits) and not hits[0].absent and hits[0].score >= SURE_THEME
    is_workplace = topics[0].intent == EMPLOYERS and topics[0].confidence >= DOUBTFUL  # « et dans un CCAS, on peut y travailler ? »
    return [replace(topics[0], intent=COMPETENCE)] if is_matter and topics[0].block is None and not is_workplace else topics


def taught(assistant: Any, heard: Heard) -> list[Topic]:
    """The topics; a task that the programme teaches is no matter of a citizen, whatever the classifier thinks."""
    topics = heard.topics()
    if heard.intent != OUT_OF_SCOPE or heard.is_button or len(topics) != 1:
        return topics
    goes_on = heard.context.intent in PROGRAMME and len(topics[0].folded.split()) <= SHORT_TASK_WORDS
    hits = assistant.base.find_themes(heard.text) if goes_on or _is_a_task(fold(heard.text)) else []
    is_taught = bool(hits) and not hits[0].absent and hits[0].score >= SURE_THEME
    return [replace(topics[0], intent=COMPETENCE, text=heard.text)] if is_taught else topics


def _is_a_task(folded: str) -> bool:
    found = _A_TASK.match(folded)
    return found is not None and found["verb"] not in _A_CITIZENS and _OF_ONES_OWN.search(folded) is None


def _text_of(assistant: Any, card: str) -> str:
    return str(assistant.base.render_answer(card, bloc=None, voie=None, epreuve=None, on=assistant.today()).text)


def _goes_on(topic: Topic, context: Context, likely: dict[str, float]) -> bool:
    return continues(topic, context) and topic.intent != context.intent and likely.get(str(context.intent), 0.0) >= LEAST_LIKELY
