"""« Et si j'avais 3 ans ? », « et si j'attends 2 ans ? »: the verdict that it would give; nothing is recorded."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AssistantAction, Heard, remember_topic, speak
from actions.saying import answer_topics, say_answers
from bot.admissions.duration_items import find_lengths, normalised
from bot.admissions.facts import Diploma, Experience, SituationUpdate
from bot.admissions.level_courses import BAC_LEVEL
from bot.admissions.numbers import replace_numbers
from bot.admissions.reading import read_situation
from bot.admissions.spelling import readable
from bot.admissions.suppositions import supposes_a_diploma, supposes_its_failure
from bot.services.answer import FOLLOW_UP, ROUTE_INTENTS, Context, Topic
from bot.services.prescreening import FACTS, assess_with, situation_from_slots
from bot.services.wording import suppose_failure, suppose_verdict

HYPOTHESIS = "ask_hypothesis"
SUPPOSED = SlotSet("topic", asdict(Context(intent=HYPOTHESIS)))  # « et si je le rate ? » is about the diploma just supposed
# « et si je rate ? » supposes nothing about the situation: the next reading serves when it is at least this likely.
LEAST_OTHER_READING = 0.02
# After an answer about these, « et avec une licence pro ? » is about the rule; after another, it goes on with the other.
_ELLIPSIS = re.compile(r"\W*(?:(?:ok|ah|oui|bon)\W+)?(?:et|ou) ", re.IGNORECASE)
_SUPPOSES = re.compile(r"\b(?:si|s'il|imagin\w+|suppos\w+|admett\w+|aurais|avais|étais|etais|aurait|avait|serais)\b", re.IGNORECASE)
ABOUT_ENTRY = frozenset({
    "ask_prerequisites", "ask_experience_required", "ask_selection", "ask_foreign_diploma", "ask_level_meaning", "ask_how_to_apply",
    "ask_initial_training", "ask_continuing_education", "ask_routes", "ask_certification_prerequisites", "ask_age_limit", "express_worry",
})
_TIME_TO_COME = re.compile(r"\b(?:attend\w*|patient\w+|continue\w*|encore|de plus|en plus|dans|d'ici|au bout de)\b")
# « et si je veux étaler sur 2 ans ? », « et si je fais la formation en 3 ans ? »
_OF_THE_COURSE = re.compile(
    r"\b(?:[ée]tal\w+|r[ée]part\w+|[ée]chelonn\w+|(?:la|cette|votre) (?:formation|certification)|"
    r"(?:le|ce|votre) (?:dipl[oô]me|cursus|parcours)|les (?:blocs|cours|[ée]tudes)|"
    r"(?:faire|suivre|passer|finir|valider) (?:[çc]a|le tout|tout|les blocs))\b", re.IGNORECASE)
# As typed on a phone: the patterns below look for the apostrophe.
_GLUED = tuple((re.compile(rf"\b{typed}", re.IGNORECASE), meant) for typed, meant in (
    (r"j ?(?=(?:ai|aurai|avais|aurais|obtiens?)\b)", "j'"), (r"l ?(?=an(?:n[ée]e)? prochaine?\b)", "l'"),
    (r"j(?=(?:peu[tx]?|pourrai|passe|valide|d[ée]croche)\b)", "je "), (r"kand?\b", "quand"), (r"minscrire?\b", "m'inscrire"),
))
_SUPPOSITION = (
    (
        re.compile(
            r"^\W*(?:et |mais |ok |du coup |alors )*(?:si|quand|lorsque|d[eè]s que|une fois que|"
            r"imaginons que?|supposons que?|admettons que?|au cas où|dans le cas où)\b\s*",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\b(?:si|quand|lorsque|d[eè]s que|une fois que) (?=j|je|elle|il|on)", re.IGNORECASE), ""),
    (
        re.compile(
            r"\bj(?:'|e )(?:ai|avais|aurais|aurai|obtiens|obtenais|passe|passais|décroche|valide|validais|réussis|reussis|fais|faisais)\b",
            re.IGNORECASE,
        ),
        "j'ai",
    ),
    (
        re.compile(
            r"\b(?:en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)|"
            r"l'(?:an|ann[ée]e) prochaine?|bientôt|un jour|plus tard|d'ici là|cette année)\b",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\b(?:j'?étais|j'?etais|je serais|je deviens|je devenais)\b", re.IGNORECASE), "je suis"),
    (re.compile(r"\bje (?:travaillais|travaillerais|bossais)\b", re.IGNORECASE), "je travaille depuis"),
    (re.compile(r"\b(?:elle|il|on) (?:avait|aurait|aura)\b", re.IGNORECASE), "j'ai"),
    (re.compile(r"^\W*(?:et )?avec\b", re.IGNORECASE), "j'ai"),
    (re.compile(r"\?", re.IGNORECASE), ""),
)


class ConsiderHypothesis(AssistantAction):
    """« Et si j'avais 3 ans ? »: the verdict it would give; what is recorded does not change."""

    def name(self) -> str:
        return "action_consider_hypothesis"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        heard = Heard(tracker)
        if supposes_its_failure(heard.text):
            speak(dispatcher, suppose_failure(self.assistant.rules), (), self.assistant.base.source_of_section(self.assistant.rules.section))
            return [SUPPOSED]
        known = situation_from_slots(tracker.slots)
        waited = waited_months(heard.text) if known.experience is not None and known.experience.months is not None else 0
        supposed = read_situation(as_statement(heard.text), None, self.assistant.today(), situation_from_slots({}))
        supposed = _about_entry(supposed, heard)
        if waited and known.experience is not None:
            supposed = SituationUpdate(experience=Experience((known.experience.months or 0) + waited))
        assessment = assess_with(self.assistant.rules, tracker.slots, supposed, self.assistant.today())
        if not supposed.changed or _goes_on(heard):
            answers = answer_topics(self.assistant, _other_topics(heard), heard.context)
            say_answers(dispatcher, answers, with_buttons=heard.form is None)
            return remember_topic(heard, answers)
        source = self.assistant.base.source_of_section(self.assistant.rules.section)
        speak(dispatcher, suppose_verdict(assessment, self.assistant.rules, waited), (), source)
        return [SUPPOSED] if supposes_a_diploma(heard.text) else []


def _about_entry(supposed: SituationUpdate, heard: Heard) -> SituationUpdate:
    """The supposition without what is none: the course spread over two years is no work.

    A supposed service civique makes no month of paid work; a length alone, after talk of entry, is that of somebody with the bac.
    """
    experience = supposed.experience
    if experience is None:
        return supposed
    if _OF_THE_COURSE.search(heard.text):
        return SituationUpdate(supposed.diploma, None, supposed.status)
    if not experience.is_known and experience.uncounted_kind is not None:
        experience = replace(experience, months=0)
    with_bac = supposed.diploma is None and heard.slot("diploma") is None and heard.context.intent in ABOUT_ENTRY
    return SituationUpdate(Diploma(BAC_LEVEL, "bac") if with_bac else supposed.diploma, experience, supposed.status)


def as_statement(text: str) -> str:
    """A supposition turned into a plain statement, for the parsers: « et si j'avais 3 ans ? » becomes « j'ai 3 ans d'expérience »."""
    statement = text.replace("’", "'")
    for pattern, replacement in _GLUED:
        statement = pattern.sub(replacement, statement)
    for pattern, replacement in _SUPPOSITION:
        statement = pattern.sub(replacement, statement)
    if re.search(r"\b\d+\s*(?:ans?|mois)\s*$|\b(?:deux|trois|quatre|cinq|six|dix)\s+(?:ans|mois)\s*$", statement.strip(), re.IGNORECASE):
        statement = f"{statement.strip()} d'expérience"
    return statement


def waited_months(text: str) -> int:
    """« et si j'attends 2 ans ? », « et dans 18 mois ? », « encore un an » : the months that would be added to those worked; 0 otherwise."""
    plain = normalised(replace_numbers(readable(text)))
    lengths = find_lengths(plain)
    return round(lengths[0].months) if len(lengths) == 1 and _TIME_TO_COME.search(plain) else 0


def _goes_on(heard: Heard) -> bool:
    """« et avec une licence pro ? » after another topic than entry, from somebody who told nothing of themself."""
    told = any(heard.slot(fact) is not None for fact in (*FACTS, "verdict"))
    intent = heard.context.intent or ""
    is_ellipsis = _ELLIPSIS.match(heard.text) is not None and _SUPPOSES.search(heard.text) is None
    return is_ellipsis and not told and heard.form is None and intent.startswith("ask_") and intent not in ABOUT_ENTRY


def _other_topics(heard: Heard) -> list[Topic]:
    """What a message that supposes nothing asks all the same: its other reading, the topic being talked of, or the rule itself."""
    topics = [topic for topic in heard.topics() if topic.intent != HYPOTHESIS]
    if topics:
        return topics
    topic = heard.topics()[0]
    route = heard.entity("route")
    if route in ROUTE_INTENTS:  # « et avec une VAE ? »
        return [replace(topic, intent=ROUTE_INTENTS[route], route=route)]
    other = next((guess for guess in heard.ranking if guess["name"].startswith("ask_") and guess["name"] != HYPOTHESIS), None)
    if not _goes_on(heard) and other is not None and other["confidence"] >= LEAST_OTHER_READING:
        return [replace(topic, intent=other["name"], confidence=other["confidence"])]
    in_context = (heard.context.intent or "").startswith("ask_")
    return [replace(topic, intent=FOLLOW_UP)] if in_context else [Topic("ask_prerequisites", heard.text, "")]
