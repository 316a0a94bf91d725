"""French words around facts: the filters that a template may use."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sized
from typing import Any

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class WrongValue(Exception):
    """A template gave a filter something it cannot write; the message is French and says what."""


def date_fr(day: Any) -> str:
    """27 octobre 2028; 1er janvier 2029."""
    if not isinstance(day, datetime.date):
        raise WrongValue(f"date_fr attend une date, pas « {day} »")
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def liste(items: Iterable[Any], link: str = "et") -> str:
    """a, b et c; an empty list gives an empty text."""
    words = [_label(item) for item in items]
    return f" {link} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def puces(items: Iterable[Any]) -> str:
    """One line per item, each with a dash; items are texts or things with a `libelle`."""
    return "\n".join(f"- {_label(item)}" for item in items)


def minuscule(text: str) -> str:
    return text[:1].lower() + text[1:]


def majuscule(text: str) -> str:
    return text[:1].upper() + text[1:]


def pluriel(count: int | Sized, singular: str, plural: str | None = None) -> str:
    """« 3 blocs » from a number or from a list; 0 and 1 are singular in French."""
    number = count if isinstance(count, int) else len(count)
    return f"{number} {singular if number < 2 else plural or singular + 's'}"


def pct(rate: int | None) -> str:
    """« 81 % »; a rate that is not known says so."""
    return "non connu" if rate is None else f"{rate} %"


def par_id(items: Iterable[Any], wanted: str) -> Any:
    """The item of that id."""
    return _only(items, "id", wanted)


def par_niveau(items: Iterable[Any], wanted: int) -> Any:
    """The level of that number, among r.niveaux."""
    return _only(items, "niveau", wanted)


FILTERS: Mapping[str, Any] = {
    function.__name__: function for function in (date_fr, liste, puces, minuscule, majuscule, pluriel, pct, par_id, par_niveau)
}


def written(value: Any) -> Any:
    """What `{{ value }}` writes: texts and numbers as they are, dates in French; never None, a boolean or a list."""
    if isinstance(value, datetime.date):
        return date_fr(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise WrongValue(f"« {value} » ne peut pas être écrit tel quel")
    return value


def _label(item: Any) -> str:
    return str(written(getattr(item, "libelle", item)))


def _only(items: Iterable[Any], name: str, wanted: Any) -> Any:
    for item in items:
        if getattr(item, name) == wanted:
            return item
    raise WrongValue(f"aucun élément n'a « {name}: {wanted} »")
