"""Publications as the office would make them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from bot.admissions.publications import Publication, PublicationKind, PublicationState
from tests.conftest import NOW

PARKING = "ajout_parking"
PARKING_TEXT = "Oui, un **parking** est ouvert aux étudiants. [Le plan](https://www.unilim.fr)"


def published(kind: PublicationKind, subject: str, body: Mapping[str, Any], part: str = "", **changes: Any) -> Publication:
    """One publication."""
    fields = {"source": None, "read_on": None, "expires_on": None} | changes
    return Publication(str(uuid4()), kind, subject, part, dict(body), PublicationState.PUBLISHED, NOW, "office@example.org", **fields)


def topic(*phrases: str, card: str = "lieu", subject: str = "ajout_sujet") -> Publication:
    """Ways to ask for a topic of the base."""
    return published(PublicationKind.ADDITION, subject, {"phrases": list(phrases), "card": card})


def answer(*phrases: str, text: str = PARKING_TEXT, subject: str = PARKING, expires_on: date = date(2027, 6, 30)) -> Publication:
    """An answer written by the office."""
    body = {"phrases": list(phrases), "title": "Le parking", "text": text}
    origin = {"source": "Service logistique", "read_on": date(2026, 11, 20), "expires_on": expires_on}
    return published(PublicationKind.ADDITION, subject, body, **origin)


def practical(name: str = "prix", value: str = "2 000 € par an", expires_on: date = date(2027, 8, 31)) -> Publication:
    """A practical value."""
    origin = {"source": "Délibération du conseil", "read_on": date(2026, 11, 20), "expires_on": expires_on}
    return published(PublicationKind.PRACTICAL, name, {"value": value}, **origin)


def correction(card: str, text: str, part: str = "reponse") -> Publication:
    """Another text for a part of a curated answer."""
    return published(PublicationKind.CORRECTION, card, {"text": text, "replaces": ""}, part)


def suspension(card: str) -> Publication:
    return published(PublicationKind.SUSPENSION, card, {})
