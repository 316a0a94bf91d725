"""Wires the office's console: what each of its areas stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.admissions.errors import SettingsError
from bot.announcing import smtp_sender
from bot.catalogue import grouping
from bot.catalogue.answer_editor import AnswerEditor
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.live import LiveTitles
from bot.catalogue.overlay import Overlay
from bot.catalogue.search import LexicalEmbedder
from bot.exports import to_csv, to_json, to_xlsx
from bot.nlu.embedder import shared_encoder
from bot.services.expiring import count_urgent
from bot.services.figures import merge_job, read_figures
from bot.services.jobs import RETENTION_AT, Job, daily_at
from bot.services.lead_criteria import RecordSource
from bot.services.learning import LearningServices
from bot.services.passwords import Passwords
from bot.services.protocols import UnitOfWorkFactory
from bot.services.staff_accounts import AccountServices
from bot.services.staff_sessions import forget_ended
from bot.settings import Settings
from bot.storage.figures import FigureStore
from bot.web.staff.leads_to_do import leads_to_do
from bot.web.staff.services import LeadServices, StaffServices, ToDo
from bot.web.staff.sign_on import RETURN_PATH
from bot.web.staff.sign_on_client import SingleSignOn

if TYPE_CHECKING:
    from bot.bootstrap import Program


def console_services(program: Program) -> StaffServices:
    """The console of this program."""
    settings, learning = program.settings, learning_services(program)
    return StaffServices(
        accounts=account_services(settings, program.uow_factory),
        figures=partial(read_figures, FigureStore(program.engine), timezone=settings.timezone, title_of=program.assistant.base.title_for_intent),
        single_sign_on=single_sign_on(settings),
        leads=replace(lead_services(program.catalogue), card_titles=LiveTitles(lambda: program.published.current().catalogue)),
        learning=learning,
        to_do=(partial(leads_to_do, program.uow_factory), partial(learning_to_do, learning)),
    )


def lead_services(catalogue: Catalogue) -> LeadServices:
    """Leads beside the rules of the record, with its section and the day when it was read."""
    source = RecordSource(catalogue.rules.section, catalogue.as_of)
    writers = {"csv": to_csv, "xlsx": to_xlsx, "json": to_json}
    return LeadServices(catalogue.rules, source, {name: card.titre for name, card in catalogue.cards.items()}, writers)


def learning_services(program: Program) -> LearningServices:
    """The knowledge desk: the inbox, additions, practical values and corrections."""
    embedder = shared_encoder() or LexicalEmbedder()
    editor = AnswerEditor(Overlay(program.catalogue), program.card_files)
    return LearningServices(
        program.uow_factory, program.published, editor, partial(grouping.encode, embedder=embedder), grouping.group, program.settings.timezone
    )


def learning_to_do(learning: LearningServices, now: datetime) -> list[ToDo]:
    """Questions that wait, and what expires."""
    with learning.uow_factory() as uow:
        waiting = uow.inbox.count_open()
    return [
        ToDo(waiting, "question sans réponse", "questions sans réponse", "/staff/questions"),
        ToDo(count_urgent(learning, now), "échéance proche ou passée", "échéances proches ou passées", "/staff/echeances", is_urgent=True),
    ]


def account_services(settings: Settings, uow_factory: UnitOfWorkFactory, passwords: Passwords | None = None) -> AccountServices:
    """Accounts; links leave by e-mail when there is a server and an address to send from."""
    send = None if settings.smtp_url is None or settings.mail_from is None else smtp_sender(settings)
    return AccountServices(uow_factory, passwords or Passwords(), settings.public_url, send)


def single_sign_on(settings: Settings) -> SingleSignOn | None:
    """The provider of the settings; None when there is none.

    Raises: SettingsError when it is half set, or would be spoken to in clear.
    """
    named = {
        "BOT_OIDC_ISSUER": settings.oidc_issuer,
        "BOT_OIDC_CLIENT_ID": settings.oidc_client_id,
        "BOT_OIDC_CLIENT_SECRET": settings.oidc_client_secret,
    }
    if not any(named.values()):
        return None
    missing = [name for name, value in named.items() if not value]
    if missing:
        raise SettingsError(missing[0], "(absent)", "la connexion unique demande BOT_OIDC_ISSUER, BOT_OIDC_CLIENT_ID et BOT_OIDC_CLIENT_SECRET")
    issuer = urlsplit(settings.oidc_issuer or "")
    if issuer.scheme != "https" and issuer.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise SettingsError("BOT_OIDC_ISSUER", settings.oidc_issuer, "une adresse en https:// : l'identité de l'équipe en dépend")
    return SingleSignOn(
        settings.oidc_issuer or "", settings.oidc_client_id or "", settings.oidc_client_secret or "", f"{settings.public_url}{RETURN_PATH}"
    )


def console_jobs(program: Program) -> list[Job]:
    """What the console has done every night: forgetting sessions and links that are over, merging counts."""
    timezone = program.settings.timezone
    return [
        Job("staff_sessions", partial(forget_ended, program.uow_factory), daily_at(RETENTION_AT, timezone)),
        merge_job(FigureStore(program.engine), timezone),
    ]
