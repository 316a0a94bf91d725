"""Checks the templates of the answers: each one is rendered for everything that a person can ask of it."""

from __future__ import annotations

import datetime
import itertools
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import TemplateSyntaxError, meta

from bot.catalogue.reading import Reading
from bot.catalogue.rendering import RENDERING_FAULTS, Asked, Base, Renderer, ThemeView
from bot.catalogue.schema_answers import Card
from bot.catalogue.yaml_source import KeyPath

_FIGURE = re.compile(r"\w*\d[\w.,]*")
_FIGURE_IN_STRING = re.compile(r"(?<!\w)\d[\w.,]*")
_MEND_NAME = "Voyez les noms possibles dans les fichiers de faits, et corrigez l'orthographe"
_MEND_FIGURE = "Prenez-le dans les faits ({{ f.… }}), ou déclarez-le dans « nombres » de la carte avec sa raison"


def check_templates(reading: Reading, today: datetime.date) -> None:
    """Adds to the reading every template that cannot be rendered, comes out empty, or holds a figure typed by hand."""
    if reading.base is None:
        return
    renderer = Renderer(reading.base)
    for card in reading.base.cards.values():
        texts = list(_texts(card))
        sound = [_check_text(reading, renderer, card, path, text) for path, text in texts]
        if all(sound) and all(name in reading.base.practical for name in card.pratique):
            _check_renderings(reading, renderer, card, today)
            if card.pratique:
                _check_practical_values(reading, reading.base, card, today)


def _texts(card: Card) -> Iterator[tuple[KeyPath, str]]:
    """Every template of the card with its path inside the card."""
    holders: list[tuple[KeyPath, Any]] = [((), card)]
    holders += [(("variantes", position), variant) for position, variant in enumerate(card.variantes)]
    for path, holder in holders:
        for key in ("reponse", "simple"):
            if getattr(holder, key):
                yield (*path, key), getattr(holder, key)


def _check_text(reading: Reading, renderer: Renderer, card: Card, path: KeyPath, text: str) -> bool:
    try:
        renderer.environment.parse(text)
    except TemplateSyntaxError as error:
        _report_at(
            reading,
            card,
            path,
            error.lineno,
            f"modèle mal écrit dans la carte « {card.id} » ({error.message})",
            "Vérifiez les accolades {{ … }} et que chaque {% if %} ou {% for %} a sa fin",
        )
        return False
    for line, figure in _typed_figures(renderer, text):
        if figure not in {allowed.valeur for allowed in card.nombres}:
            _report_at(reading, card, path, line, f"le nombre « {figure} » est écrit à la main dans la carte « {card.id} »", _MEND_FIGURE)
    return True


def _typed_figures(renderer: Renderer, text: str) -> Iterator[tuple[int, str]]:
    """Figures of the literal text and of quoted strings; positions and comparisons (f.blocs[0], bloc.numero == 1) are code."""
    for line, kind, value in renderer.environment.lex(text):
        pattern = {"data": _FIGURE, "string": _FIGURE_IN_STRING}.get(kind)
        for found in pattern.finditer(value) if pattern else ():
            yield line + value[: found.start()].count("\n"), found.group().rstrip(".,")


def _check_renderings(reading: Reading, renderer: Renderer, card: Card, today: datetime.date) -> None:
    told: set[tuple[KeyPath, str]] = set()
    for asked, themes, simple in _everything_askable(renderer, card):
        path = _path_of(renderer, card, asked, simple)
        fault = _rendering_fault(renderer, card, asked, today, themes, simple)
        if fault is not None and (path, fault[1]) not in told:
            told.add((path, fault[1]))
            _report_at(
                reading,
                card,
                path,
                fault[0],
                f"la carte « {card.id} » ne peut pas être écrite ({fault[1]}){_when(asked)}",
                _MEND_NAME,
            )


def _check_practical_values(reading: Reading, base: Base, card: Card, today: datetime.date) -> None:
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
            _report_at(reading, card, ("reponse",), 1, message, "Écrivez {{ reponse_pratique }} dans « reponse »")


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


def _everything_askable(renderer: Renderer, card: Card) -> Iterator[tuple[Asked, tuple[ThemeView, ...], bool]]:
    """Each block, route and exam (and none) that some text of the card uses or some variant waits for, combined."""
    base = renderer.base
    texts = [text for _, text in _texts(card)]
    used = {name for text in texts for name in meta.find_undeclared_variables(renderer.environment.parse(text))}
    used |= {name for variant in card.variantes for name in variant.si.dict(exclude_none=True)}
    values = {
        "bloc": [block.numero for block in base.facts.blocs],
        "voie": [route.id for route in base.facts.voies],
        "epreuve": [exam.id for exam in base.facts.epreuves],
    }
    choices = [[None, *values[name]] if name in used else [None] for name in ("bloc", "voie", "epreuve")]
    themes = [(), _sample_themes(base)] if "themes" in used else [()]
    wordings = [False, True] if any(path[-1] == "simple" for path, _ in _texts(card)) else [False]
    for bloc, voie, epreuve in itertools.product(*choices):
        yield from ((Asked(bloc, voie, epreuve), sample, simple) for sample in themes for simple in wordings)


def _sample_themes(base: Base) -> tuple[ThemeView, ...]:
    competences, blocks = base.facts.competences[:2], base.facts.blocs[:1]
    lines = tuple(line for exam in base.facts.epreuves for line in exam.lignes)[:1]
    return (
        ThemeView("un thème", False, competences, blocks, base.facts.activites[:1], True, lines),
        ThemeView("une matière absente", True, lignes=lines, voisines=competences),
    )


def _path_of(renderer: Renderer, card: Card, asked: Asked, simple: bool) -> KeyPath:
    variant = renderer.variant(card, asked)
    holder: Any = variant or card
    prefix: KeyPath = ("variantes", card.variantes.index(variant)) if variant is not None else ()
    return (*prefix, "simple" if simple and holder.simple else "reponse")


def _when(asked: Asked) -> str:
    named = [f"{name} : {value}" for name, value in asked.as_dict().items() if value is not None]
    return f" pour {', '.join(named)}" if named else ""


def _report_at(reading: Reading, card: Card, path: KeyPath, line_of_text: int, message: str, remedy: str) -> None:
    document, place = reading.place("card", card.id)
    problem = document.problem(place + path, message, remedy)
    line = document.text_line(place + path, line_of_text)
    reading.problems.append(problem.__class__(problem.file, line, problem.message, problem.remedy))
