"""Checks the templates of the answers: each one is rendered for everything that a person can ask of it."""

from __future__ import annotations

import datetime
import itertools
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import TemplateSyntaxError, meta

from bot.catalogue.problems import Problem
from bot.catalogue.reading import Reading
from bot.catalogue.rendering import RENDERING_FAULTS, Asked, Base, Renderer, ThemeView
from bot.catalogue.schema_answers import Card
from bot.catalogue.yaml_source import KeyPath

_FIGURE = re.compile(r"\w*\d[\w.,]*")
_FIGURE_IN_STRING = re.compile(r"(?<!\w)\d[\w.,]*")
_FACT_NAME = re.compile(r"""faits\["[^"]*"\]""")  # « blocs.1.code » is a name, no figure that anybody reads
_MEND_NAME = "Voyez les noms possibles dans les fichiers de faits, et corrigez l'orthographe"
_MEND_FIGURE = "Prenez-le dans les faits ({{ f.… }}), ou déclarez-le dans « nombres » de la carte avec sa raison"


@dataclass(frozen=True)
class Finding:
    """A fault of one template: its path inside the card, its line there (from 1), what is wrong, how to mend it."""

    path: KeyPath
    line: int
    message: str
    remedy: str


def check_templates(reading: Reading, today: datetime.date) -> None:
    """Adds to the reading every template that cannot be rendered, comes out empty, or holds a figure typed by hand."""
    if reading.base is None:
        return
    renderer = Renderer(reading.base)
    for card in reading.base.cards.values():
        for finding in card_findings(renderer, card, today):
            _report_at(reading, card, finding)


def card_findings(renderer: Renderer, card: Card, today: datetime.date) -> list[Finding]:
    """What is wrong in the templates of one card, rendered for everything that a person can ask of it."""
    found = [finding for path, text in card_texts(card) for finding in _text_findings(renderer, card, path, text)]
    is_readable = all(finding.remedy == _MEND_FIGURE for finding in found)
    if is_readable and all(name in renderer.base.practical for name in card.pratique):
        found += _rendering_findings(renderer, card, today)
        found += _practical_findings(renderer.base, card, today) if card.pratique else []
    return found


def card_texts(card: Card) -> Iterator[tuple[KeyPath, str]]:
    """Every template of the card with its path inside the card."""
    holders: list[tuple[KeyPath, Any]] = [((), card)]
    holders += [(("variantes", position), variant) for position, variant in enumerate(card.variantes)]
    for path, holder in holders:
        for key in ("reponse", "simple", "rappel"):
            if getattr(holder, key, None):
                yield (*path, key), getattr(holder, key)


def _text_findings(renderer: Renderer, card: Card, path: KeyPath, text: str) -> Iterator[Finding]:
    try:
        renderer.environment.parse(text)
    except TemplateSyntaxError as error:
        remedy = "Vérifiez les accolades {{ … }} et que chaque {% if %} ou {% for %} a sa fin"
        yield Finding(path, error.lineno, f"modèle mal écrit dans la carte « {card.id} » ({error.message})", remedy)
        return
    allowed = {number.valeur for number in card.nombres}
    for line, figure in typed_figures(renderer, text):
        if figure not in allowed:
            yield Finding(path, line, f"le nombre « {figure} » est écrit à la main dans la carte « {card.id} »", _MEND_FIGURE)


def typed_figures(renderer: Renderer, text: str) -> Iterator[tuple[int, str]]:
    """Figures of the literal text and of quoted strings; positions and comparisons (f.blocs[0], bloc.numero == 1) are code."""
    for line, kind, value in renderer.environment.lex(_FACT_NAME.sub("faits[0]", text)):
        pattern = {"data": _FIGURE, "string": _FIGURE_IN_STRING}.get(kind)
        for found in pattern.finditer(value) if pattern else ():
            yield line + value[: found.start()].count("\n"), found.group().rstrip(".,")


def figures_of(text: str) -> list[str]:
    """The figures of a plain text, as a template would have to declare them."""
    return [found.group().rstrip(".,") for found in _FIGURE.finditer(text)]


def _rendering_findings(renderer: Renderer, card: Card, today: datetime.date) -> Iterator[Finding]:
    told: set[tuple[KeyPath, str]] = set()
    for asked, themes, simple in everything_askable(renderer, card):
        path = path_of(renderer, card, asked, simple)
        fault = _rendering_fault(renderer, card, asked, today, themes, simple)
        if fault is not None and (path, fault[1]) not in told:
            told.add((path, fault[1]))
            message = f"la carte « {card.id} » ne peut pas être écrite ({fault[1]}){_when(asked)}"
            yield Finding(path, fault[0], message, _MEND_NAME)
    try:
        renderer.reminder(card, today)
    except RENDERING_FAULTS as error:
        message = f"le rappel de la carte « {card.id} » ne peut pas être écrit ({error})"
        yield Finding(("rappel",), _template_line(error), message, _MEND_NAME)


def _practical_findings(base: Base, card: Card, today: datetime.date) -> Iterator[Finding]:
    """Once the office has filled pratique.yml, the card says each value: proved with values made up here."""
    filled = {
        name: item.copy(update={"valeur": f"<{name}>", "source": "essai", "expire_le": today}) for name, item in base.practical.items()
    }
    renderer = Renderer(replace(base, practical=filled))
    fault = _rendering_fault(renderer, card, Asked(), today, (), False)
    text = "" if fault else renderer.card_text(card, Asked(), today)
    for name in card.pratique:
        if f"<{name}>" not in text:
            message = f"la carte « {card.id} » ne dirait pas la valeur de « {name} » une fois pratique.yml remplie"
            yield Finding(("reponse",), 1, message, "Écrivez {{ reponse_pratique }} dans « reponse »")


def _rendering_fault(
    renderer: Renderer, card: Card, asked: Asked, today: datetime.date, themes: Sequence[ThemeView], simple: bool
) -> tuple[int, str] | None:
    """The line (from 1) in the template and what fails; None when the text comes out."""
    try:
        text = renderer.card_text(card, asked, today, themes, simple, renderer.base.landmarks.glossaire)
    except RENDERING_FAULTS as error:
        return _template_line(error), str(error) or error.__class__.__name__
    return None if text else (1, "le texte est vide")


def _template_line(error: BaseException) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in frames if frame.filename == "<template>"), 1)


def everything_askable(renderer: Renderer, card: Card) -> Iterator[tuple[Asked, tuple[ThemeView, ...], bool]]:
    """Each block, route and exam (and none) that some text of the card uses or some variant waits for, combined."""
    base = renderer.base
    texts = [text for _, text in card_texts(card)]
    used = {name for text in texts for name in meta.find_undeclared_variables(renderer.environment.parse(text))}
    used |= {name for variant in card.variantes for name in variant.si.dict(exclude_none=True)}
    values = {
        "bloc": [block.numero for block in base.facts.blocs],
        "voie": [route.id for route in base.facts.voies],
        "epreuve": [exam.id for exam in base.facts.epreuves],
    }
    choices = [[None, *values[name]] if name in used else [None] for name in ("bloc", "voie", "epreuve")]
    themes = [(), _sample_themes(base)] if "themes" in used else [()]
    wordings = [False, True] if any(path[-1] == "simple" for path, _ in card_texts(card)) else [False]
    for bloc, voie, epreuve in itertools.product(*choices):
        yield from ((Asked(bloc, voie, epreuve), sample, simple) for sample in themes for simple in wordings)


def _sample_themes(base: Base) -> tuple[ThemeView, ...]:
    competences, blocks = base.facts.competences[:2], base.facts.blocs[:1]
    lines = tuple(line for exam in base.facts.epreuves for line in exam.lignes)[:1]
    return (
        ThemeView("un thème", False, competences, blocks, base.facts.activites[:1], True, lines),
        ThemeView("une matière absente", True, lignes=lines, voisines=competences),
    )


def path_of(renderer: Renderer, card: Card, asked: Asked, simple: bool) -> KeyPath:
    """Where in the card the template stands that serves what was asked."""
    variant = renderer.variant(card, asked)
    holder: Any = variant or card
    prefix: KeyPath = ("variantes", card.variantes.index(variant)) if variant is not None else ()
    return (*prefix, "simple" if simple and holder.simple else "reponse")


def _when(asked: Asked) -> str:
    named = [f"{name} : {value}" for name, value in asked.as_dict().items() if value is not None]
    return f" pour {', '.join(named)}" if named else ""


def _report_at(reading: Reading, card: Card, finding: Finding) -> None:
    document, place = reading.place("card", card.id)
    line = document.text_line(place + finding.path, finding.line)
    reading.problems.append(Problem(document.file, line, finding.message, finding.remedy))
