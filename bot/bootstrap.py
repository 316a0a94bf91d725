"""Wires the real parts: the only place, with the command line, that knows every room."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.announcing import open_channels
from bot.catalogue.card_files import card_files
from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.live import LiveBuilder, LiveKnowledge
from bot.catalogue.search import LexicalEmbedder
from bot.dialogue.knowledge import DialogueKnowledge
from bot.nlu.contact import looks_like_email, read_email, read_phone
from bot.nlu.embedder import shared_encoder
from bot.services.assistant import Assistant
from bot.services.protocols import Button, OutgoingMessage, UnitOfWorkFactory
from bot.services.published import Published
from bot.settings import Settings, load_settings
from bot.storage.engine import open_engine
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Program:
    """The wired program, without the trained model: what every command needs."""

    settings: Settings
    catalogue: Catalogue
    engine: Any
    uow_factory: UnitOfWorkFactory
    retention: Retention
    assistant: Assistant
    published: Published[LiveKnowledge]  # what the office has published since, over the catalogue
    card_files: Mapping[str, tuple[str, ...]]  # the ids of the answers of each file, for the page that shows them all


def bootstrap(root: Path = ROOT, environ: Mapping[str, str] | None = None, clock: Callable[[], datetime] | None = None) -> Program:
    """The program at `root`. Raises SettingsError, KnowledgeError: one sentence each, with place, value and remedy."""
    settings = load_settings(root, environ)
    now = clock or _utc_now
    today = now().astimezone(settings.timezone).date()
    catalogue = load_catalogue(root / "knowledge", today)
    embedder = shared_encoder() or LexicalEmbedder()
    catalogue.prepare_search(embedder)
    engine = open_engine(settings.database_url)
    retention = Retention(timedelta(days=settings.retention_days_conversations), timedelta(days=settings.retention_days_leads))
    uow_factory = unit_of_work_factory(engine, retention, open_channels=open_channels(settings))
    published = Published(uow_factory, LiveBuilder(catalogue, embedder), lambda: now().astimezone(settings.timezone).date())
    assistant = Assistant(
        base=DialogueKnowledge(
            lambda: published.current().catalogue, embedder,
            retention_days=settings.retention_days_conversations, lead_days=settings.retention_days_leads,
        ),
        rules=catalogue.rules, uow_factory=uow_factory, clock=now, timezone=settings.timezone,
        read_contact=SimpleNamespace(read_email=read_email, read_phone=read_phone, looks_like_email=looks_like_email),
    )
    return Program(settings, catalogue, engine, uow_factory, retention, assistant, published, card_files(root / "knowledge"))


def load_brain(program: Program, root: Path = ROOT, plain: bool = False) -> Any:
    """The brain with the trained model; `plain` runs Rasa's own way throughout, to compare with.

    Raises: SettingsError when no model fits the present data.
    """
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    from bot.training import trained_model

    model = trained_model(root, program.settings.model_dir)  # said at once when missing: Rasa takes seconds to import
    from bot.dialogue.lean_imports import leave_training_aside

    leave_training_aside()
    from bot.dialogue.brain import RasaBrain

    return RasaBrain(model, all_actions(program.assistant), lambda: welcome(program.assistant), plain, program.published,
                     program.assistant.base.title_for_intent)


def all_actions(assistant: Assistant | None = None) -> list[Any]:
    """One instance of each action of actions/."""
    from actions import answers, contact, conversation, hypotheses, prescreening, reading
    from actions.base import AssistantAction

    modules = (reading, answers, prescreening, hypotheses, contact, conversation)
    found = {value for module in modules for value in vars(module).values()
             if isinstance(value, type) and issubclass(value, AssistantAction) and value is not AssistantAction}
    return [action(assistant) for action in sorted(found, key=lambda action: action.__name__)]


def welcome(assistant: Assistant) -> list[OutgoingMessage]:
    """What a conversation begins with: that this is a robot, what it can do, and what happens to what is typed."""
    text, buttons = assistant.base.welcome(assistant.today())
    return [OutgoingMessage(text, tuple(Button(title, payload) for title, payload in buttons))]


@functools.lru_cache(maxsize=1)
def shared_assistant() -> Assistant:
    """The assistant of `rasa run actions`, wired at the first action."""
    return bootstrap().assistant


def _utc_now() -> datetime:
    return datetime.now(UTC)
