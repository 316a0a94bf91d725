"""Wires what leaves on its own: announcements of leads by e-mail and webhook, and the weekday digest."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bot.admissions.channels import Channel
from bot.admissions.errors import SettingsError
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.filters import date_fr
from bot.catalogue.schema_entry import LevelCondition
from bot.delivery.letters import LetterWriter
from bot.delivery.smtp import SmtpSender, SmtpServer
from bot.delivery.webhook import WebhookSender
from bot.services.announcements import RecapFacts
from bot.services.deliveries import Office, Recaps, office_delivery, recap_delivery, webhook_delivery
from bot.services.digest import digest_job
from bot.services.jobs import Job
from bot.services.outbox import Courier, Deliver
from bot.settings import Settings
from bot.storage.deliveries import DeliveryStore
from bot.storage.digest import count_leads
from bot.storage.records import OutboxRecord

if TYPE_CHECKING:
    from bot.bootstrap import Program

MyDataLink = Callable[[str], str]


def open_channels(settings: Settings) -> frozenset[Channel]:
    """The ways out that the settings give an address to.

    Raises: SettingsError when one is half set: an unsigned webhook, an e-mail from nobody.
    """
    channels = set()
    if settings.webhook_url is not None:
        if settings.webhook_secret is None:
            remedy = "avec BOT_WEBHOOK_URL, indiquez le secret qui signe les envois (openssl rand -base64 32)"
            raise SettingsError("BOT_WEBHOOK_SECRET", "(absent)", remedy)
        channels.add(Channel.WEBHOOK)
    if settings.smtp_url is not None:
        if settings.mail_from is None:
            raise SettingsError("BOT_MAIL_FROM", "(absente)", "avec BOT_SMTP_URL, indiquez l'adresse d'où partent les courriels")
        channels.add(Channel.APPLICANT)
        if settings.admissions_email is not None:
            channels.add(Channel.OFFICE)
    return frozenset(channels)


def courier_and_jobs(program: Program, my_data_link: MyDataLink) -> tuple[Courier[OutboxRecord], list[Job]]:
    """Who delivers the outbox, and the jobs that write on their own: the digest, when there is an office to read it."""
    office = Office(program.settings.admissions_email, program.settings.public_url, program.settings.timezone)
    store, channels = DeliveryStore(program.engine), open_channels(program.settings)
    recaps = Recaps(lambda on: recap_facts(program.published.current().catalogue, on), my_data_link, store, program.settings.secret_key)
    deliveries: dict[Channel, Deliver] = {}
    jobs: list[Job] = []
    if Channel.WEBHOOK in channels:
        send_event = WebhookSender(program.settings.webhook_url or "", program.settings.webhook_secret or "")
        deliveries[Channel.WEBHOOK] = webhook_delivery(program.uow_factory, send_event)
    if Channel.APPLICANT in channels:
        send = smtp_sender(program.settings)
        deliveries[Channel.APPLICANT] = recap_delivery(program.uow_factory, office, recaps, send)
        if Channel.OFFICE in channels:
            deliveries[Channel.OFFICE] = office_delivery(program.uow_factory, office, send)
            jobs.append(digest_job(partial(count_leads, program.engine), office, send))
    return Courier(store, deliveries, program.assistant.clock, random.random), jobs


def smtp_sender(settings: Settings) -> SmtpSender:
    """Sends letters by the server and from the address that the settings name."""
    writer = LetterWriter(settings.mail_from or "", {"date_fr": date_fr})
    return SmtpSender(SmtpServer.from_url(settings.smtp_url or ""), writer)


def recap_facts(catalogue: Catalogue, today: date) -> RecapFacts:
    """The record's words that a recap repeats, and the contents of the file once the office has written them."""
    facts, contents = catalogue.base.facts, catalogue.base.practical["dossier_pieces"]
    entry, is_known = facts.prerequis.entree, contents.is_known(today)
    return RecapFacts(
        certification=f"{facts.identite.code} « {facts.identite.intitule} »",
        rules=(_with_studies(catalogue, entry.sans_experience), entry.avec_experience.libelle),
        direct_level=catalogue.rules.direct_level,
        level_with_experience=catalogue.rules.level_with_experience,
        experience_months=catalogue.rules.experience_months,
        steps=tuple(entry.admission.etapes),
        section=facts.sections[entry.section],
        as_of=catalogue.as_of,
        file_contents=contents.valeur if is_known else None,
        file_contents_source=contents.source if is_known else None,
    )


def _with_studies(catalogue: Catalogue, entry: LevelCondition) -> str:
    """« Niveau 5 » is the record's word; « bac+2 » is what people know."""
    studies = next((level.etudes for level in catalogue.base.landmarks.niveaux if level.niveau == entry.niveau), None)
    return entry.libelle if studies is None else f"{entry.libelle} ({studies})"
