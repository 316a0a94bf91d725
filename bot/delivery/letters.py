"""Writes an e-mail: its headers, its plain text and its HTML, from the templates beside this file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.services.announcements import Letter
from bot.services.outbox import DeliveryFailed

# Every server takes seven bits; lines are short enough for all of them.
POLICY = SMTP.clone(cte_type="7bit")
TEMPLATES = Path(__file__).parent / "templates"
FORBIDDEN = ",;:<>()[]\\\""
UNUSABLE_ADDRESS = "adresse électronique inutilisable"


class LetterWriter:
    """Writes letters from one address; `filters` are the French words around dates that templates use."""

    def __init__(self, sender: str, filters: Mapping[str, Callable[..., str]]) -> None:
        self._sender = Address(display_name="Assistant d'admission", addr_spec=sender)
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=select_autoescape(["html"]),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(filters)

    @property
    def sender(self) -> str:
        """The address that letters come from."""
        return self._sender.addr_spec

    def write(self, letter: Letter, now: datetime) -> EmailMessage:
        """The message, ready to leave. Raises: DeliveryFailed for an address that cannot stand in a header."""
        message = EmailMessage(policy=POLICY)
        message["From"] = self._sender
        message["To"] = _address(letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(now)
        # The same at each attempt: a server or a reader that gets it twice can tell.
        message["Message-ID"] = f"<{letter.key}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.reply_to is not None:
            message["Reply-To"] = _address(letter.reply_to)
        message.set_content(self._render(f"{letter.template}.txt", letter.values))
        message.add_alternative(self._render(f"{letter.template}.html", letter.values), subtype="html")
        message["Content-Language"] = "fr"
        return message

    def _render(self, name: str, values: Mapping[str, Any]) -> str:
        return self._environment.get_template(name).render(values)


def _address(text: str) -> Address:
    """One address and nothing else: a line break or a second recipient is refused, never repaired."""
    local, _, domain = text.rpartition("@")
    if any(character.isspace() or character in FORBIDDEN for character in text):
        raise DeliveryFailed(UNUSABLE_ADDRESS, address_refused=True)
    try:
        # The parser refuses what it cannot read, accents before the « @ » included; servers know a domain with accents
        # by its ASCII name only.
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except Exception:  # noqa: BLE001 the parser of the standard library fails in many ways, all of them this one to us
        raise DeliveryFailed(UNUSABLE_ADDRESS, address_refused=True) from None
