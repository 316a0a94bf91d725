"""Use case: answer what one clause of a message asks, with the curated card that serves it.

Decides which card, and for which block, route or exam; never writes a sentence about the certification itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from bot.services.block_references import compared_blocks, other_blocks, read_bare_block

FOLLOW_UP = "follow_up"
FOLLOW_UPS = frozenset({FOLLOW_UP, "correct_misunderstanding", "rephrase"})
COMPETENCE, BLOCK_CONTENT, BLOCKS, EVALUATION, EXAM_KIND = "ask_competence", "ask_block_content", "ask_blocks", "ask_evaluation", "ask_exam_kind"
JURY, ROUTES = "ask_jury", "ask_routes"
CASE_STUDIES = "etude_de_cas"
# Topics whose answer is narrower when a block is named.
BLOCK_AWARE = frozenset({BLOCK_CONTENT, BLOCKS, EVALUATION, EXAM_KIND, "ask_competences"})
# Topics whose next short message may name a matter of the programme.
PROGRAMME = frozenset({COMPETENCE, BLOCKS, BLOCK_CONTENT, "ask_competences", "ask_activities"})
# After an answer about these, « et le 3 ? » is a block.
NAMES_BLOCKS = BLOCK_AWARE | {COMPETENCE, "ask_certification", "ask_capitalisation", "ask_certification_prerequisites"}
# Lists that are not of blocks: an ordinal after them is about them.
OTHER_LISTS = frozenset({"ask_jobs", "ask_rome", ROUTES, "ask_activities", "ask_employers", "ask_codes", JURY, "ask_statistics"})
ROUTE_INTENTS = {
    "formation_initiale": "ask_initial_training", "formation_continue": "ask_continuing_education", "vae": "ask_vae",
    "apprentissage": "ask_work_study", "contrat_professionnalisation": "ask_work_study", "candidature_individuelle": "ask_individual_candidacy",
}
SURE_THEME = 0.62  # a matter found this surely answers even when the intent is in doubt
PLAUSIBLE_THEME = 0.27  # below, nothing of the record is near; between the two, the card words it as « le plus proche »
# Cards that already say what their acronym means.
DEFINED_BY_THEIR_CARD = frozenset({EXAM_KIND, EVALUATION, "ask_vae", "ask_rome", "ask_codes", JURY})
DEFINITION_CARD = "sigle"
_SHORT_MESSAGE_WORDS = 12
_WHICH_BLOCK = re.compile(
    r"^\W*(?:(?:ok|ah|et|mais|donc|bon|merci|d'accord|euh|du coup) )*(?:(?:c'est|c|cest|ca (?:se trouve|est|fait partie)|"
    r"il est|elle est|on (?:voit|apprend|fait) ca) )?"
    r"(?:(?:dans|ds|de|du|sur) )?(?:c'est )?(?:quel|kel|quelle?|lequel|quels|le quel) ?(?:blocs?|partie|module)?"
    r"(?: (?:deja|ca|svp|stp|exactement|donc|alors|c'est|c|precisement|du coup))*\W*$"
    r"|^\W*(?:(?:ok|ah|et|mais|donc|c'est|c|cest|ca|est) )*(?:le |dans le |ds le |du )?blocs? "
    r"(?:(?:numero|n°) ?)?(?:combien|cb|cmb|quel|lequel|num\w*)\W*$"
    r"|^\W*(?:(?:ok|ah|et|mais|donc|c'est|c|cest) )*(?:quel|kel) (?:numero|n°)(?: de bloc)?\W*$"
)
_PRONOUN_VERB = re.compile(r"\b(?:figure|est|se trouve|se situe|releve|apparait|fait)[- ]?(?:t[- ])?(?:il|elle|ils|elles|on|ca|ce)\b")
# « des écrits ou seulement un oral ? » asks about all of it.
_WRITTEN_OR_ORAL = re.compile(r"\becrit\w*\b.*\bor(?:al|aux|ale|ales)\b|\bor(?:al|aux|ale|ales)\b.*\becrit\w*")
_CONTINUATION = re.compile(r"\W*(?:(?:ah |ok |d'accord |oui |bon |alors |donc )*(?:et|ou|donc|meme chose|idem|pareil)\b)")


@dataclass(frozen=True)
class Topic:
    """What one clause asks: the intent read in it and what it names. `folded` is its text without case nor accents."""

    intent: str
    text: str
    folded: str
    confidence: float = 1.0
    block: int | None = None
    route: str | None = None
    exam_kind: str | None = None
    is_attached: bool = False  # the office says what this question is: nothing else may be read in it
    simple: bool = False


@dataclass(frozen=True)
class Context:
    """What the last answer was about: intent and what it named; `matter` is the text in which a competence was found.

    `block_before` is the block told before this one: « et l'autre ? » means neither.
    """

    intent: str | None = None
    block: int | None = None
    route: str | None = None
    exam_kind: str | None = None
    matter: str | None = None
    block_before: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer ready to be said, and the context it leaves. `card_id` is the topic exported with a lead."""

    text: str
    card_id: str
    context: Context
    source: dict[str, Any] | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    found: bool = True


class KnowledgeBase(Protocol):
    """What answering and the actions need of the catalogue."""

    def card_id_for_intent(self, intent: str) -> str | None: ...
    def find_themes(self, text: str) -> Sequence[Any]: ...
    def define(self, text: str) -> Sequence[Any]: ...
    def reminder(self, intent: str, on: date) -> str | None: ...
    def render_definition(self, sigles: Sequence[Any], on: date) -> Any: ...
    def render_answer(self, card_id: str, *, bloc: int | None, voie: str | None, epreuve: str | None, on: date,
                      themes: Sequence[Any] = (), simple: bool = False) -> Any: ...
    def title_for_intent(self, intent: str) -> str | None: ...
    def service_title(self, name: str) -> str: ...
    def sentence_in(self, language: str | None) -> str | None: ...
    def source_of_section(self, section: str) -> dict[str, Any]: ...
    def welcome(self, on: date) -> tuple[str, tuple[tuple[str, str], ...]]: ...
    def prescreening_intro(self, on: date) -> str: ...
    def consent_terms(self, on: date) -> tuple[str, str]: ...
    def consent_notice(self, known: list[str], on: date) -> str: ...


def answer(base: KnowledgeBase, topic: Topic, context: Context, on: date, simple: bool = False) -> Answer | None:
    """The answer to one topic, or None when no card serves its intent: the caller then asks what was meant."""
    sigles = base.define(topic.text) if topic.text and not topic.is_attached else []
    if sigles and topic.intent not in DEFINED_BY_THEIR_CARD:
        return _define(base, sigles, topic, on)
    resolved = resolve(topic, context)
    if resolved.intent == COMPETENCE:
        return _answer_competence(base, resolved, on)
    card_id = base.card_id_for_intent(resolved.intent)
    if card_id is None:
        return None
    found = _render(base, card_id, resolved, on, simple=simple or topic.simple)
    before = context.block_before if found.context.block == context.block else context.block
    return replace(found, context=replace(found.context, block_before=before))


def blocks_meant(topic: Topic, context: Context) -> list[Topic]:
    """One topic per block that the message compares (in easy words) or that « l'autre » leaves; empty when it does neither."""
    compared = compared_blocks(topic.folded, context.block, context.block_before)
    numbers = compared or other_blocks(topic.folded, context.block, context.block_before)
    about_exams = topic.intent == EVALUATION or (not compared and context.intent == EVALUATION)
    meant = replace(topic, intent=EVALUATION if about_exams else BLOCK_CONTENT, exam_kind=None, text="", simple=len(numbers) > 1)
    return [replace(meant, block=number) for number in numbers]


def resolve(topic: Topic, context: Context) -> Topic:
    """The topic with what the conversation leaves unsaid: « et le 3 ? » after a question on exams asks for block 3's exams."""
    if asks_which_block(topic) and context.intent in (COMPETENCE, EXAM_KIND):
        # « et c'est dans quel bloc ? »: the answer to the last matter says it.
        matter = context.matter or topic.text
        return replace(topic, intent=context.intent, exam_kind=context.exam_kind, text=matter, folded=matter)
    if topic.intent == BLOCK_CONTENT and context.intent in OTHER_LISTS and topic.block is None and "bloc" not in topic.folded:
        return replace(topic, intent=str(context.intent))  # « le 2e, c'est quoi ? » after a list of jobs
    if topic.block is None and _may_name_bare_block(topic, context):
        topic = replace(topic, block=read_bare_block(topic.folded))
    names_something = topic.block is not None or topic.route is not None or topic.exam_kind is not None
    if topic.intent in FOLLOW_UPS and names_something:
        topic = _follow(topic, context)
    elif topic.intent == FOLLOW_UP and context.intent is not None:
        # « et en 2024 ? »: nothing that we tell apart, so the same topic again.
        topic = replace(topic, intent=context.intent, block=context.block, route=context.route, exam_kind=context.exam_kind)
    return _narrow(topic)


def asks_which_block(topic: Topic) -> bool:
    """« dans quel bloc ? », « dans quel bloc figure-t-elle ? », « c'est lequel ? »: a question that names no matter of its own."""
    return bool(_WHICH_BLOCK.match(_PRONOUN_VERB.sub(" ", topic.folded)))


def continues(topic: Topic, context: Context) -> bool:
    """Whether a short message goes on with the matter of the last answer: « et les mariages ? » after « la paie, c'est où ? »."""
    is_short = len(topic.folded.split()) <= _SHORT_MESSAGE_WORDS
    return is_short and context.intent is not None and bool(_CONTINUATION.match(topic.folded))


def _may_name_bare_block(topic: Topic, context: Context) -> bool:
    is_about_blocks = topic.intent in BLOCK_AWARE or topic.intent in FOLLOW_UPS
    return is_about_blocks and len(topic.folded.split()) <= _SHORT_MESSAGE_WORDS and (
        context.intent in NAMES_BLOCKS or topic.intent == BLOCK_CONTENT)


def _follow(topic: Topic, context: Context) -> Topic:
    if topic.route is not None:
        intent = JURY if context.intent == JURY else ROUTE_INTENTS.get(topic.route, ROUTES)
        return replace(topic, intent=intent)
    if topic.exam_kind is not None:
        return replace(topic, intent=EXAM_KIND, exam_kind=topic.exam_kind)
    if context.intent in (EVALUATION, EXAM_KIND):
        return replace(topic, intent=context.intent, exam_kind=context.exam_kind)
    return replace(topic, intent=BLOCK_CONTENT, exam_kind=None)


def _narrow(topic: Topic) -> Topic:
    """The more precise of two neighbouring intents, when the message names what it needs."""
    if topic.exam_kind == CASE_STUDIES:
        return replace(topic, intent=EXAM_KIND)  # no block has them by name: their own card says it, whatever block is named
    if topic.intent in (BLOCKS, BLOCK_CONTENT, EXAM_KIND) and topic.block is not None and topic.exam_kind is not None:
        return replace(topic, intent=EVALUATION)  # « une soutenance dans le bloc 2 ? »
    if topic.intent == BLOCKS and topic.block is not None:
        return replace(topic, intent=BLOCK_CONTENT)
    if topic.intent == BLOCK_CONTENT and topic.block is None:
        return replace(topic, intent=BLOCKS)
    if topic.intent == EVALUATION and topic.exam_kind is not None and topic.block is None and not _WRITTEN_OR_ORAL.search(topic.folded):
        return replace(topic, intent=EXAM_KIND)
    if topic.intent == EXAM_KIND and topic.exam_kind is None:
        return replace(topic, intent=EVALUATION)
    if topic.intent == ROUTES and topic.route is not None:
        return replace(topic, intent=ROUTE_INTENTS.get(topic.route, ROUTES))
    return topic


def _answer_competence(base: KnowledgeBase, topic: Topic, on: date) -> Answer | None:
    card_id = base.card_id_for_intent(COMPETENCE)
    themes = [hit for hit in base.find_themes(topic.text) if hit.score >= PLAUSIBLE_THEME]
    return None if card_id is None else _render(base, card_id, topic, on, themes=themes, found=bool(themes))


def _define(base: KnowledgeBase, sigles: Sequence[Any], topic: Topic, on: date) -> Answer:
    return _say(base.render_definition(sigles, on), DEFINITION_CARD, Context(COMPETENCE, matter=topic.text))


def _render(
    base: KnowledgeBase,
    card_id: str,
    topic: Topic,
    on: date,
    themes: Sequence[Any] = (),
    simple: bool = False,
    found: bool = True,
) -> Answer:
    rendered = base.render_answer(card_id, bloc=topic.block, voie=topic.route, epreuve=topic.exam_kind, on=on, themes=themes, simple=simple)
    matter = topic.text if topic.intent == COMPETENCE and found else None
    return _say(rendered, card_id, Context(topic.intent, topic.block, topic.route, topic.exam_kind, matter), found)


def _say(rendered: Any, card_id: str, context: Context, found: bool = True) -> Answer:
    source = rendered.source
    as_json = None if source is None else {"section": source.section, "url": source.url, "as_of": source.as_of.isoformat()}
    return Answer(rendered.text, card_id, context, as_json, tuple(rendered.buttons), found)
