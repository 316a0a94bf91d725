"""Reads contact details: e-mail addresses and phone numbers, wherever they stand in a message.

Names are read in bot/admissions/leads.py: they need no library. Nothing here is ever logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

REGION = "FR"  # numbers typed without a country code
_EMAIL = re.compile(r"[^\s<>(),;:\"«»]{1,64}@[^\s<>(),;:\"«»]{1,190}")
# « jean point dupont arobase orange point fr », as dictated
_DICTATED_AT = re.compile(r"\s*(?:\barobase\b|\barrobase\b|\(at\)|\[at\]|\bchez\b(?=\s*\w+\s*(?:\.|\bpoint\b)))\s*", re.IGNORECASE)
_DICTATED_DOT = re.compile(r"\s+(?:point|dot)\s+", re.IGNORECASE)
_SPACED_AT = re.compile(r"\s*@\s*")
_SLASHED = re.compile(r"\b0\d(?:/\d\d){4}\b")
_TRAILING = ".,;:!?'’»)"


@dataclass(frozen=True)
class ContactMention:
    """One address or number found: `value` as stored, `start` and `end` in the message (0 and 0 when it was dictated)."""

    kind: str  # "email" or "phone"
    value: str
    start: int
    end: int


def read_email(text: str) -> str | None:
    """The first valid address as typed, its domain in lower case; None when there is none."""
    mentions = find_emails(text)
    return mentions[0].value if mentions else None


def find_emails(text: str) -> list[ContactMention]:
    """Every valid address of a message; dictated and spaced ones when nothing else is found."""
    found = [mention for match in _EMAIL.finditer(text) if (mention := _mention(match.group(), match.start()))]
    if found:
        return found
    rewritten = _SPACED_AT.sub("@", _DICTATED_DOT.sub(".", _DICTATED_AT.sub("@", text)))
    if rewritten == text:
        return []
    return [ContactMention("email", value, 0, 0) for match in _EMAIL.finditer(rewritten) if (value := normalise_email(match.group()))]


def looks_like_email(text: str) -> bool:
    """Whether somebody meant to give an address, valid or not: « jean@ », « jean.dupont.orange.fr »."""
    return "@" in text or bool(re.search(r"\S+\.(?:fr|com|net|org|eu)\b", text, re.IGNORECASE)) or bool(_DICTATED_AT.search(text))


def normalise_email(address: str) -> str | None:
    """The address with its domain in lower case, or None when it cannot be one. No network: the domain is not looked up."""
    try:
        checked = validate_email(address.strip().strip(_TRAILING), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return f"{checked.local_part}@{checked.domain.lower()}" if "." in checked.domain else None


def read_phone(text: str) -> str | None:
    """The first possible number in E.164 (« +33639980118 »), or None."""
    mentions = find_phones(text)
    return mentions[0].value if mentions else None


def find_phones(text: str) -> list[ContactMention]:
    """Every possible phone number of a message. « Possible », not « valid »: the numbers kept for fiction are possible only."""
    # « 06/39/98/11/22 »: same length, so that places hold; dates keep their slashes, they have too few digits.
    readable = _SLASHED.sub(lambda match: match.group().replace("/", " "), text)
    matcher = phonenumbers.PhoneNumberMatcher(readable, REGION, leniency=phonenumbers.Leniency.POSSIBLE)
    return [ContactMention("phone", phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164), match.start, match.end)
            for match in matcher if _is_long_enough(match.raw_string)]


def _is_long_enough(raw: str) -> bool:
    return sum(character.isdigit() for character in raw) >= 9  # years, months and levels are no phone numbers


def _mention(raw: str, start: int) -> ContactMention | None:
    value = normalise_email(raw)
    return ContactMention("email", value, start, start + len(raw.rstrip(_TRAILING))) if value else None
