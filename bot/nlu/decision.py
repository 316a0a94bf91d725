"""Rasa component: the intent that the rules of the dialogue will see, after the model's reading.

First what the words themselves impose (bot/nlu/reconsider.py); then doubt: below a confidence, or when the message may well be
out of scope, nothing is answered and the assistant asks « vouliez-vous dire… ».
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.noise import is_keyboard_noise
from bot.nlu.reconsider import reconsider

OUT_OF_SCOPE = "out_of_scope"
REFUSALS = ("insult", "prompt_injection", "ask_guarantee", "ask_other_people_data", "ask_privacy", "ask_if_bot", "ask_other_language")
FACTS = frozenset({"diploma", "experience", "status"})
SURE = 0.9  # words that impose an intent leave no doubt
UNLIKELY = 0.05  # too little to be offered as a reading


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DecisionClassifier(FallbackClassifier):
    """Rasa's FallbackClassifier with the rules of words before it, and doubt about the scope beside its threshold."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `scope_doubt`: out_of_scope second with this much of the confidence is a doubt; 1 never doubts so.
        # `never_doubted`: readings that must not be asked about, whatever their confidence.
        # `refusals`: intents whose answer refuses or reassures, right for a message out of scope too.
        return {**FallbackClassifier.get_default_config(), "scope_doubt": 1.0, "never_doubted": ["express_distress"], "refusals": list(REFUSALS)}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            _reconsider(message)
        return super().process(messages)

    def _should_fallback(self, message: Message) -> bool:
        if message.get(INTENT, {}).get(INTENT_NAME_KEY) in self.component_config["never_doubted"]:
            return False
        return super()._should_fallback(message) or self._may_be_out_of_scope(message)

    def _may_be_out_of_scope(self, message: Message) -> bool:
        ranking = message.get(INTENT_RANKING_KEY) or []
        if not ranking or ranking[0][PREDICTED_CONFIDENCE_KEY] >= SURE:
            return False
        if ranking[0][INTENT_NAME_KEY] in (OUT_OF_SCOPE, *self.component_config["refusals"]):
            return False
        outside = next((guess for guess in ranking if guess[INTENT_NAME_KEY] == OUT_OF_SCOPE), None)
        return outside is not None and outside[PREDICTED_CONFIDENCE_KEY] >= self.component_config["scope_doubt"]


def _reconsider(message: Message) -> None:
    """Puts the intent that the words impose first in the ranking; keys struck at random have no reading at all."""
    if is_keyboard_noise(str(message.get(TEXT) or "")):
        nothing = {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: SURE}
        beyond = {INTENT_NAME_KEY: OUT_OF_SCOPE, PREDICTED_CONFIDENCE_KEY: UNLIKELY}
        message.set(INTENT, nothing, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [nothing, beyond], add_to_output=True)
        return
    facts = {entity["entity"] for entity in message.get(ENTITIES) or []} & FACTS
    intent = reconsider(str(message.get(TEXT) or ""), str((message.get(INTENT) or {}).get(INTENT_NAME_KEY)), facts)
    if intent is None:
        return
    likeliest = max((guess[PREDICTED_CONFIDENCE_KEY] for guess in message.get(INTENT_RANKING_KEY) or []), default=0.0)
    imposed = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: max(SURE, likeliest)}
    others = [guess for guess in message.get(INTENT_RANKING_KEY) or [] if guess[INTENT_NAME_KEY] != intent]
    message.set(INTENT, imposed, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [imposed, *others], add_to_output=True)
