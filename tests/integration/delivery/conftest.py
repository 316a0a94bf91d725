"""A database, an outbox with every channel open, and real receivers; the clock moves when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Engine

from bot.admissions.channels import Channel
from bot.admissions.leads import Lead
from bot.catalogue.filters import date_fr
from bot.delivery.letters import LetterWriter
from bot.delivery.smtp import SmtpSender, SmtpServer
from bot.delivery.webhook import WebhookSender
from bot.services.announcements import RecapFacts
from bot.services.conversations import open_conversation
from bot.services.deliveries import Office, Recaps, office_delivery, recap_delivery, webhook_delivery
from bot.services.leads import LeadDetails, register_or_update_lead
from bot.services.outbox import Courier, Deliver
from bot.storage.deliveries import DeliveryStore
from bot.storage.engine import reading
from bot.storage.outbox import record_of
from bot.storage.tables import outbox
from bot.storage.unit_of_work import UnitOfWork, unit_of_work_factory
from tests.integration.builders import NOW, FakeBrain, consent, details
from tests.integration.delivery.receivers import Crm, Mailbox, running_crm, running_mailbox
from tests.integration.storage.conftest import RETENTION, database_url, engine

__all__ = ["database_url", "engine"]

SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
OFFICE = Office("admissions@example.org", "https://bot.example.org", ZoneInfo("Europe/Paris"))
FACTS = RecapFacts("RNCP41406", ("Niveau 5", "Niveau Bac avec 3 ans"), 5, 4, 36, ("dossier", "entretien"), "Prérequis", date(2026, 11, 22))
SHORT_S = 0.3


class Clock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """What a test does: leads come, change and go; couriers run."""

    engine: Engine
    clock: Clock
    channels: frozenset[Channel] = frozenset(Channel)

    @property
    def uow_factory(self) -> Callable[[], UnitOfWork]:
        return unit_of_work_factory(self.engine, RETENTION, self.channels)

    @property
    def store(self) -> DeliveryStore:
        return DeliveryStore(self.engine)

    def new_lead(self, **changes: Any) -> Lead:
        conversation_id = open_conversation(self.uow_factory, FakeBrain(), self.clock()).conversation_id
        return self.tell(conversation_id, replace(details(), **changes))

    def tell(self, conversation_id: str, said: LeadDetails) -> Lead:
        with self.uow_factory() as uow:
            lead = register_or_update_lead(uow, conversation_id, said, consent(self.clock()), self.clock())
            uow.commit()
        return lead

    def correct(self, lead: Lead, **changes: Any) -> Lead:
        return self.tell(lead.conversation_id, replace(details(), **changes))

    def courier(self, deliveries: dict[Channel, Deliver]) -> Courier:
        return Courier(self.store, deliveries, self.clock, random=lambda: 0.5)

    def to_crm(self, crm: Crm, **options: Any) -> Courier:
        send = WebhookSender(crm.url, SECRET, timeout_s=SHORT_S, **options)
        return self.courier({Channel.WEBHOOK: webhook_delivery(self.uow_factory, send)})

    def sender(self, mailbox: Mailbox, **options: Any) -> SmtpSender:
        writer = LetterWriter("bot@example.org", {"date_fr": date_fr})
        return SmtpSender(SmtpServer.from_url(mailbox.url), writer, timeout_s=SHORT_S, **options)

    def to_office(self, mailbox: Mailbox, **options: Any) -> Courier:
        return self.courier({Channel.OFFICE: office_delivery(self.uow_factory, OFFICE, self.sender(mailbox, **options))})

    def to_applicants(self, mailbox: Mailbox) -> Courier:
        recaps = Recaps(lambda today: FACTS, lambda lead_id: f"https://bot.example.org/mes-donnees/signed-{lead_id}", self.store, "k" * 40)
        return self.courier({Channel.APPLICANT: recap_delivery(self.uow_factory, OFFICE, recaps, self.sender(mailbox))})

    def rows(self, channel: Channel | None = None) -> list[Any]:
        with reading(self.engine) as connection:
            found = connection.execute(outbox.select().order_by(outbox.c.created_at, outbox.c.lead_version)).all()
        return [record_of(row) for row in found if channel in (None, Channel(row.channel))]

    def states(self, channel: Channel) -> list[str]:
        return [row.state for row in self.rows(channel)]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))


@pytest.fixture
def house(engine: Engine, clock: Clock) -> House:
    return House(engine, clock)


@pytest.fixture
def crm() -> Iterator[Crm]:
    with running_crm() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running
