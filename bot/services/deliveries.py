"""Use cases: one delivery per channel. Each looks the lead up as the row leaves, says it, and hands it to a sender.

The lead as it stands now, not as it stood at the event: a copy waiting in the outbox or among dead letters would
outlive a correction and be one more place to erase. Nothing is missed, because every change is an event of its own.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from bot.admissions.channels import Event
from bot.admissions.leads import Lead
from bot.services.announcements import Letter, RecapFacts, WebhookMessage, office_letter, recap_letter, webhook_message
from bot.services.outbox import RECAP_WINDOW, Deliver, DeliveryNeedless
from bot.services.protocols import OutboxRow, UnitOfWorkFactory

# More than a family that shares an address needs, fewer than a nuisance.
RECAPS_PER_ADDRESS = 3

GONE, NO_ADDRESS, TOO_MANY = "contact effacé", "contact sans adresse électronique", "trop de récapitulatifs ce jour à cette adresse"

SendLetter = Callable[[Letter, datetime], None]
SendEvent = Callable[[WebhookMessage, datetime], None]


class RecapCounts(Protocol):
    """Counts recaps by a hash of the address; False when the address has had its share."""

    def reserve_recap(self, row_id: str, address_hash: str, now: datetime, limit: int, window: timedelta) -> bool: ...


@dataclass(frozen=True)
class Office:
    """Where the office reads: its address, if it has one, the console's, and its clock."""

    address: str | None
    public_url: str
    timezone: tzinfo


@dataclass(frozen=True)
class Recaps:
    """What a recap needs: the record's words, the signed link of a lead's page, and who counts how many went out."""

    facts: Callable[[date], RecapFacts]
    my_data_link: Callable[[str], str]
    counts: RecapCounts
    secret_key: str


def webhook_delivery(uow_factory: UnitOfWorkFactory, send: SendEvent) -> Deliver:
    """Tells the CRM."""

    def deliver(row: OutboxRow, now: datetime) -> None:
        send(webhook_message(row, None if row.kind is Event.ERASED else _lead(uow_factory, row)), now)

    return deliver


def office_delivery(uow_factory: UnitOfWorkFactory, office: Office, send: SendLetter) -> Deliver:
    """Tells the admissions office that somebody waits."""

    def deliver(row: OutboxRow, now: datetime) -> None:
        lead = _lead(uow_factory, row)
        send(office_letter(row, lead, office.address or "", office.public_url, now, office.timezone), now)

    return deliver


def recap_delivery(uow_factory: UnitOfWorkFactory, office: Office, recaps: Recaps, send: SendLetter) -> Deliver:
    """Sends the applicant their recap; an answer to it reaches the office."""

    def deliver(row: OutboxRow, now: datetime) -> None:
        facts = recaps.facts(now.astimezone(office.timezone).date())
        lead = _lead(uow_factory, row)
        fingerprint = address_hash(_address(lead), recaps.secret_key)
        if not recaps.counts.reserve_recap(row.id, fingerprint, now, RECAPS_PER_ADDRESS, RECAP_WINDOW):
            raise DeliveryNeedless(TOO_MANY)
        letter = recap_letter(row, lead, _address(lead), facts, recaps.my_data_link(lead.id), office.address, office.timezone)
        send(letter, now)

    return deliver


def address_hash(address: str, secret_key: str) -> str:
    """One fingerprint per mailbox: « a+b@c » is a's. Keyed, because a bare hash of an address is easily guessed."""
    local, _, domain = address.casefold().rpartition("@")
    mailbox = f"recap:{local.partition('+')[0]}@{domain}"
    return hmac.new(secret_key.encode(), mailbox.encode(), hashlib.sha256).hexdigest()


def _lead(uow_factory: UnitOfWorkFactory, row: OutboxRow) -> Lead:
    with uow_factory() as uow:
        lead = uow.leads.get(row.lead_id)
    if lead is None:
        raise DeliveryNeedless(GONE)
    return lead


def _address(lead: Lead) -> str:
    if lead.contact.email is None:
        raise DeliveryNeedless(NO_ADDRESS)
    return lead.contact.email
