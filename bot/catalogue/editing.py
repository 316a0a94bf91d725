"""A curated answer as people who are no programmers edit it: words around numbered marks.

Each piece of the template (`{{ … }}`, `{% … %}`) becomes a mark, {1}, {2}…, that they may move or leave out; other facts of
the record are put in by their name, {certificateur.site}. Nothing else in braces is accepted: no code comes in this way.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.admissions.errors import InputError
from bot.catalogue.filters import written
from bot.catalogue.rendering import RENDERING_FAULTS, Renderer
from bot.catalogue.schema_answers import Card
from bot.catalogue.templates import card_findings, everything_askable, path_of, typed_figures

_PIECE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARK = re.compile(r"\{\s*([a-z0-9][a-z0-9_.]*)\s*\}")
_NAMED_FACT = re.compile(r"""^\{\{\s*faits\["([^"]+)"\]\s*\}\}$""")
_LONGEST_FACT = 140
# What wraps a piece while its present value is looked for: characters that no text of ours holds.
_OPEN, _SHUT = "\ue000", "\ue001"
_TAGS = {
    "if": "début d'un passage qui dépend de la question ou de ce qui est connu", "elif": "sinon, dans un autre cas", "else": "sinon",
    "endif": "fin de ce passage", "for": "début d'une répétition, une fois par élément", "endfor": "fin de la répétition",
    "set": "réglage invisible, à laisser à sa place",
}


@dataclass(frozen=True)
class Piece:
    """One mark of an editable text: what it stands for, in words, and its present value when it has one."""

    mark: str
    code: str
    value: str | None
    meaning: str


@dataclass(frozen=True)
class NamedFact:
    """A fact that may be put in by its name."""

    name: str
    label: str
    value: str


def editable(template: str) -> tuple[str, tuple[str, ...]]:
    """The text with marks, and the code of each mark in its order; facts put in by name keep their name."""
    codes: list[str] = []

    def mark(found: re.Match[str]) -> str:
        named = _NAMED_FACT.match(found.group())
        if named is not None:
            return f"{{{named[1]}}}"
        codes.append(found.group())
        return f"{{{len(codes)}}}"

    return _PIECE.sub(mark, template).strip("\n"), tuple(codes)


def template_of(typed: str, codes: Sequence[str], names: Mapping[str, Any]) -> str:
    """The template of an edited text. Raises InputError, in French, for a mark or a brace that means nothing."""
    left = _MARK.sub("", typed)
    if "{" in left or "}" in left:
        raise InputError("Il reste une accolade isolée. Un repère s'écrit entre deux accolades, comme {1} ; ailleurs, n'en mettez pas.")

    def code(found: re.Match[str]) -> str:
        name = found[1]
        if name.isdigit() and 1 <= int(name) <= len(codes):
            return codes[int(name) - 1]
        if name in names:
            return f'{{{{ faits["{name}"] }}}}'
        raise InputError(f"Le repère {{{name}}} n'existe pas. Copiez-en un de la liste des repères ou de celle des faits.")

    return _MARK.sub(code, typed.replace("\r\n", "\n")).strip("\n") + "\n"


def pieces_of(renderer: Renderer, card: Card, part: str, codes: Sequence[str], template: str, on: datetime.date) -> list[Piece]:
    """What each mark stands for: the first value it takes among everything that can be asked of the card."""
    values = dict(_values(renderer, card, part, template, on))
    return [Piece(f"{{{rank}}}", code, values.get(rank), _meaning(code)) for rank, code in enumerate(codes, 1)]


def named_facts(values: Mapping[str, tuple[str, Any]]) -> list[NamedFact]:
    """The facts short enough to stand in a sentence; `values` are label and value by name."""
    shown = [NamedFact(name, label, str(written(value))) for name, (label, value) in values.items() if _can_be_written(value)]
    return [fact for fact in shown if len(fact.value) <= _LONGEST_FACT]


def faults_of(renderer: Renderer, card: Card, template: str, on: datetime.date) -> list[str]:
    """What is wrong in a corrected card, in sentences for its author; empty when it may be published."""
    allowed = {number.valeur for number in card.nombres}
    try:
        figures = [figure for _, figure in typed_figures(renderer, template) if figure not in allowed]
    except RENDERING_FAULTS:
        figures = []
    if figures:
        listed = ", ".join(f"« {figure} »" for figure in dict.fromkeys(figures))
        remedy = "remettez le repère d'origine, ou choisissez le fait dans la liste et écrivez son nom entre accolades."
        return [f"Un chiffre est écrit à la main : {listed}. Les chiffres viennent des faits : {remedy}"]
    found = card_findings(renderer, card, on)
    if any("mal écrit" in finding.message for finding in found):
        return ["Les repères de passage ne vont plus ensemble : remettez chaque début, « sinon » et fin dans l'ordre d'origine."]
    if any("is undefined" in finding.message for finding in found):
        return ["Un repère a besoin d'un réglage invisible que le texte ne contient plus : remettez-le à sa place, au début."]
    return [f"{finding.message[:1].upper()}{finding.message[1:]}." for finding in found]


def _values(renderer: Renderer, card: Card, part: str, template: str, on: datetime.date) -> Iterator[tuple[int, str]]:
    """(rank of a mark, its value) in the order of its first appearance."""
    rank = 0

    def wrap(found: re.Match[str]) -> str:
        nonlocal rank
        if _NAMED_FACT.match(found.group()):
            return found.group()
        rank += 1
        return f"{_OPEN}{rank}:{found.group()}{_SHUT}" if found.group().startswith("{{") else found.group()

    wrapped = _PIECE.sub(wrap, template)
    seen: set[int] = set()
    for asked, themes, simple in everything_askable(renderer, card):
        if ".".join(map(str, path_of(renderer, card, asked, simple))) != part:
            continue
        try:
            text = renderer.template_text(wrapped, card, asked, on, themes)
        except RENDERING_FAULTS:
            continue
        for found in re.finditer(rf"{_OPEN}(\d+):([^{_OPEN}{_SHUT}]*){_SHUT}", text):
            if int(found[1]) not in seen:
                seen.add(int(found[1]))
                yield int(found[1]), found[2]


def _meaning(code: str) -> str:
    if "reponse_pratique" in code:
        return "ce qui est publié dans « Informations pratiques »"
    if code.startswith("{{"):
        return "valeur tirée des faits"
    word = code.strip("{%- }").split(None, 1)[0]
    return _TAGS.get(word, "passage technique, à laisser à sa place")


def _can_be_written(value: Any) -> bool:
    return isinstance(value, (str, int, float, datetime.date)) and not isinstance(value, bool)

