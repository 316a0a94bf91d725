"""What the admissions office publishes from its console: values, not yet how they are kept or shown.

A publication is never changed: a new one takes its place, and what was said before stays readable in its history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.admissions.errors import InputError
from bot.admissions.personal_data import mask_personal_data

ADDITION_PREFIX = "ajout_"  # of the ids of additions, which no card of the base may take
LONGEST_TEXT = 1_500  # characters: longer is a page to link to, not an answer in a chat
LONGEST_TITLE = 40  # as the titles of curated answers: longer ones are cut on a phone's button
LONGEST_PHRASE = 300
MOST_PHRASES = 40
LONGEST_SOURCE = 200
ALLOWED_SCHEMES = ("https:", "http:", "mailto:", "tel:")  # the same as the widget and the form open
_LINK = re.compile(r"\[[^\]]*\]\(\s*([^()\s]*)")


class PublicationKind(StrEnum):
    """What a publication changes."""

    ADDITION = "addition"  # ways to ask, and the topic or the written answer that serves them
    PRACTICAL = "practical"  # the value of one entry of pratique.yml
    CORRECTION = "correction"  # another text for one part of a curated answer
    SUSPENSION = "suspension"  # a curated answer that is being checked


class PublicationState(StrEnum):
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class QuestionState(StrEnum):
    """What became of a question that found no answer."""

    OPEN = "open"
    DONE = "done"
    IGNORED = "ignored"


@dataclass(frozen=True)
class AskedQuestion:
    """A question that found no sure answer: masked text, readings considered as (intent, confidence), embedding when computed."""

    id: str
    at: datetime
    text: str
    guesses: tuple[tuple[str, float], ...] = ()
    vector: bytes | None = None


@dataclass(frozen=True)
class Publication:
    """One thing published. `subject` is a card's, a practical entry's or an addition's id; `part` the part of a card.

    `body`: {"phrases", "card"} or {"phrases", "title", "text"} for an addition, {"value"} for a practical entry,
    {"text", "replaces"} for a correction (the template, and the curated one it was written from), {} for a suspension.
    """

    id: str
    kind: PublicationKind
    subject: str
    part: str
    body: Mapping[str, Any]
    state: PublicationState
    created_at: datetime
    created_by: str
    source: str | None = None
    read_on: date | None = None
    expires_on: date | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None

    def is_current(self, on: date) -> bool:
        """Whether it is published and has not expired that day; it counts on its last day."""
        return self.state is PublicationState.PUBLISHED and not self.is_expired(on)

    def is_expired(self, on: date) -> bool:
        return self.expires_on is not None and on > self.expires_on


@dataclass(frozen=True)
class Origin:
    """Where an answer written by the office comes from, when that was read, and the last day it holds."""

    source: str
    read_on: date
    expires_on: date


def checked_origin(source: str, read_on: str, expires_on: str, today: date) -> Origin:
    """Raises InputError, in French, for what is missing, impossible or already past."""
    source = " ".join(source.split())
    if not source:
        raise InputError("Indiquez la source : le document ou la personne qui donne cette information.")
    if len(source) > LONGEST_SOURCE:
        raise InputError(f"La source est trop longue : {LONGEST_SOURCE} caractères au plus.")
    read, expires = _day(read_on, "de lecture"), _day(expires_on, "d'expiration")
    if read > today:
        raise InputError("La date de lecture est dans le futur : indiquez le jour où la source a été lue.")
    if expires < today:
        raise InputError("La date d'expiration est déjà passée : indiquez le dernier jour où l'information sera vraie.")
    return Origin(source, read, expires)


def checked_text(text: str, what: str = "La réponse") -> str:
    """The text with plain line ends. Raises InputError when it is empty, too long, or has a link that nobody should follow."""
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\0", "").split("\n")).strip()
    if not plain:
        raise InputError(f"{what} est vide.")
    if len(plain) > LONGEST_TEXT:
        raise InputError(f"{what} est trop longue : {len(plain)} caractères, {LONGEST_TEXT} au plus.")
    check_links(plain)
    return plain


def check_links(text: str) -> None:
    """Raises InputError for a link that nobody should follow."""
    for address in _LINK.findall(text):
        if not address.lower().startswith(ALLOWED_SCHEMES):
            raise InputError(f"Le lien « {address} » ne convient pas : une adresse commence par https://, mailto: ou tel:.")


def checked_title(title: str) -> str:
    """Raises InputError when it is empty or too long for a button."""
    plain = " ".join(title.split())
    if not plain or len(plain) > LONGEST_TITLE:
        raise InputError(f"Donnez à la réponse un titre de {LONGEST_TITLE} caractères au plus.")
    return plain


def checked_phrases(lines: str) -> tuple[str, ...]:
    """One way to ask per line, each once, without whom it came from. Raises InputError when there is none, too many or one too long.

    An addition outlives the conversation it was drawn from and its erasure: contact details and introduced names are masked.
    """
    phrases = tuple(dict.fromkeys(mask_personal_data(" ".join(line.replace("\0", "").split())) for line in lines.splitlines() if line.strip()))
    if not phrases:
        raise InputError("Gardez au moins une formulation de la question, une par ligne.")
    if len(phrases) > MOST_PHRASES:
        raise InputError(f"Il y a {len(phrases)} formulations : gardez les {MOST_PHRASES} plus différentes.")
    too_long = next((phrase for phrase in phrases if len(phrase) > LONGEST_PHRASE), None)
    if too_long is not None:
        raise InputError(f"Cette formulation est trop longue ({LONGEST_PHRASE} caractères au plus) : « {too_long[:60]}… »")
    return phrases


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"La date {what} n'est pas une date : choisissez-la, ou écrivez année-mois-jour (2027-08-31).") from None
