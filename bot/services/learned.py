"""Lets a message be answered by what the office has added, in place of what the model read in it.

Never for a person in distress, an insult, contact details or an answer to one of our own questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

FALLBACK, OUT_OF_SCOPE, DISTRESS = "nlu_fallback", "out_of_scope", "express_distress"
# What the rules of the dialogue see for an answer that only the office knows: a question like any other.
CARRIER = "ask_capabilities"
NEVER = frozenset({
    DISTRESS, "insult", "give_contact", "prompt_injection", "request_erasure",
    "affirm", "deny", "cancel", "start_over", "rephrase", "correct_misunderstanding",
})
CONTACT_ENTITIES = frozenset({"email", "phone"})
FACT_ENTITIES = frozenset({"diploma", "experience", "status"})
FREE_TEXT_SLOT = "question"  # what is typed there is a message to the office
LEAST_DISTRESS = 0.15  # of any reading: help first
SURE = 0.5  # a reading less sure than this leaves the message in doubt
# A question of the base read this surely is not given to another topic for a likeness below ALIKE: « le bloc 1, noté comment » is not
# « le bloc 1, c'est la compta ».
VERY_SURE, ALIKE = 0.95, 0.88
MOST_CLAUSES = 4
WHOLE_TEXT = 0

Parse = dict[str, Any]


class Match(Protocol):
    """What bot.catalogue.additions finds."""

    @property
    def subject(self) -> str: ...
    @property
    def intent(self) -> str: ...
    @property
    def is_written(self) -> bool: ...
    @property
    def similarity(self) -> float: ...
    def answers(self, is_in_doubt: bool) -> bool: ...


Nearest = Callable[[Sequence[str]], Sequence[Match | None]]


def with_additions(parse: Parse, nearest: Nearest, form: str | None, asked: str | None) -> Parse:
    """The parse, with the additions that the message asks for in the place of the model's readings.

    `form` is the active form and `asked` what it has just asked.
    """
    if not parse.get("text") or not _may_be_redirected(parse, form, asked):
        return parse
    segments = list(parse.get("segments") or [])
    clauses = [rank for rank, segment in enumerate(segments) if segment["question"]][:MOST_CLAUSES] if len(segments) > 1 else []
    matches = nearest([parse["text"], *(segments[rank]["text"] for rank in clauses)])
    whole = matches[WHOLE_TEXT]
    if whole is not None and whole.answers(_is_in_doubt(parse.get("intent") or {})) and not _is_surely_else(parse.get("intent") or {}, whole):
        return _redirected(parse, whole, [_attached(whole, parse["text"])])
    of_clauses = zip(clauses, matches[1:], strict=True)
    found = {rank: match for rank, match in of_clauses if match is not None and match.answers(_is_in_doubt(segments[rank]))}
    if not found:
        return parse
    return _with_clauses(parse, segments, found)


def _may_be_redirected(parse: Mapping[str, Any], form: str | None, asked: str | None) -> bool:
    names = {entity.get("entity") for entity in parse.get("entities") or []}
    read = [parse.get("intent") or {}, *(parse.get("intent_ranking") or []), *(parse.get("segments") or [])]
    if (parse.get("intent") or {}).get("name") in NEVER or names & CONTACT_ENTITIES:
        return False
    if any(reading.get("name") == DISTRESS and reading.get("confidence", 1.0) >= LEAST_DISTRESS for reading in read):
        return False
    if form is None:
        return True
    asks = any(segment["question"] for segment in parse.get("segments") or [])
    return asks and asked != FREE_TEXT_SLOT and not names & FACT_ENTITIES


def _is_in_doubt(reading: Mapping[str, Any]) -> bool:
    return reading.get("name") in (None, FALLBACK, OUT_OF_SCOPE) or float(reading.get("confidence", 0.0)) < SURE


def _is_surely_else(reading: Mapping[str, Any], match: Match) -> bool:
    asks_of_base = str(reading.get("name")).startswith("ask_") and reading.get("name") != match.intent
    return asks_of_base and not match.is_written and float(reading.get("confidence", 0.0)) >= VERY_SURE and match.similarity < ALIKE


def _with_clauses(parse: Parse, segments: list[dict[str, Any]], found: Mapping[int, Match]) -> Parse:
    """Some clauses ask for additions; the others keep their own questions."""
    for rank, match in found.items():
        segments[rank] = segments[rank] | _attached(match, segments[rank]["text"])
    others = [segment for rank, segment in enumerate(segments) if rank not in found and segment["question"] and not _is_in_doubt(segment)]
    if others and not _is_in_doubt(parse.get("intent") or {}):
        return parse | {"segments": segments}
    return _redirected(parse, next(iter(found.values())), segments)


def _redirected(parse: Parse, match: Match, segments: list[dict[str, Any]]) -> Parse:
    reading = {"name": match.intent, "confidence": 1.0, "addition": match.subject}
    seen_by_rules = reading | {"name": CARRIER if match.is_written else match.intent}
    return parse | {"intent": seen_by_rules, "intent_ranking": [reading], "segments": segments}


def _attached(match: Match, text: str) -> dict[str, Any]:
    return {"text": text, "question": True, "name": match.intent, "confidence": 1.0, "addition": match.subject}
