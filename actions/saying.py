"""Finding the answers to topics and saying them: one message each, buttons under the last."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.base import speak
from bot.services.answer import BLOCK_CONTENT, BLOCKS, EVALUATION, Answer, Context, Topic, answer


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


def _buttons(one: Answer) -> list[tuple[str, str]]:
    blocks = [(f"Bloc {number}", _block_payload(one.context.intent, number)) for number in (1, 2, 3)]
    is_overview = one.context.block is None and one.context.intent in (BLOCKS, EVALUATION)
    return (blocks if is_overview else []) + list(one.buttons)


def _block_payload(intent: str | None, number: int) -> str:
    return f'/{EVALUATION if intent == EVALUATION else BLOCK_CONTENT}{{"block": {number}}}'
