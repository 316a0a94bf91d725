"""Answers as nodes for the pages without JavaScript: paragraphs, lists, bold and links, written by an escaping template.

Nothing is ever parsed as HTML; the same small Markdown as the widget's rich_text.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"']+", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\s*[-*•]\s+")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<address>[^()\s]+)\)|(?P<bare>https?://[^\s<>\"'()]*[^\s<>\"'().,;:!?])")
_BEFORE_HIGH_PUNCTUATION = re.compile(r" (?=[?!;:»])")
NARROW_NO_BREAK = "\u202f"


@dataclass(frozen=True)
class Span:
    """A piece of one line; `address` is one of the allowed schemes or None."""

    text: str
    is_bold: bool = False
    address: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph of lines, or a list of items: each a row of spans."""

    is_list: bool
    rows: tuple[tuple[Span, ...], ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The text's paragraphs and lists, in order; an empty line ends either."""
    blocks: list[Block] = []
    is_open = False
    for line in text.split("\n"):
        if not line.strip():
            is_open = False
            continue
        is_item = _LIST_ITEM.match(line) is not None
        row = spans_of(_LIST_ITEM.sub("", line))
        if is_open and blocks[-1].is_list == is_item:
            blocks[-1] = Block(is_item, (*blocks[-1].rows, row))
        else:
            blocks.append(Block(is_item, (row,)))
        is_open = True
    return tuple(blocks)


def spans_of(line: str) -> tuple[Span, ...]:
    """One line's pieces; a link whose scheme is not allowed stays text as it was typed."""
    spans: list[Span] = []
    end = 0
    for found in _INLINE.finditer(line):
        spans += [Span(typographic(line[end : found.start()])), _span(found)]
        end = found.end()
    spans.append(Span(typographic(line[end:])))
    return tuple(span for span in spans if span.text)


def typographic(text: str) -> str:
    """French punctuation keeps to its word: no line begins with « ? » or « : »."""
    return _BEFORE_HIGH_PUNCTUATION.sub(NARROW_NO_BREAK, text).replace("« ", f"«{NARROW_NO_BREAK}")


def _span(found: re.Match[str]) -> Span:
    if found["bold"] is not None:
        return Span(typographic(found["bold"]), is_bold=True)
    if found["bare"] is not None:
        return Span(found["bare"], address=found["bare"])
    if SAFE_ADDRESS.fullmatch(found["address"]) is None:
        return Span(typographic(found.group()))
    return Span(typographic(found["label"]), address=found["address"])
