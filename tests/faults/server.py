"""The application in a process of its own, with real storage, limits, jobs and server, and a brain that costs nothing.

Settings are the environment's, as for `bot serve`. What is written decides what happens: « contact » leaves a lead,
« lent 1.5 » takes that many seconds, anything else is counted.
"""

from __future__ import annotations

import os
import random
import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot.admissions.channels import Channel
from bot.admissions.errors import StorageUnavailable
from bot.delivery.webhook import WebhookSender
from bot.logs import configure_logs
from bot.services.deliveries import webhook_delivery
from bot.services.jobs import Job, run_due_jobs, schedule_jobs
from bot.services.outbox import Courier
from bot.settings import load_settings
from bot.storage import migrate as migrations
from bot.storage.deliveries import DeliveryStore
from bot.storage.engine import open_engine
from bot.storage.jobs import JobStore
from bot.storage.measures import read_measures
from bot.storage.migrate import is_usable, migrate
from bot.storage.records import Retention
from bot.storage.unit_of_work import unit_of_work_factory
from bot.web import background
from bot.web.app import create_app
from bot.web.context import WebServices
from bot.web.server import run_server
from tests.integration.builders import FakeBrain


class SlowBrain(FakeBrain):
    """A fake that can be told to take its time."""

    def reply(self, turn):
        words = (turn.text or "").split()
        if words[:1] == ["lent"]:
            time.sleep(float(words[1]))
        self.turns.clear()
        return super().reply(turn)


def main(folder: Path) -> None:
    settings = load_settings(folder)
    configure_logs("warning")
    if "TEST_MIGRATIONS" in os.environ:
        migrations.MIGRATIONS = Path(os.environ["TEST_MIGRATIONS"])  # this process is of another version
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((settings.host, settings.port))
    engine = open_engine(settings.database_url)
    migrate(engine)
    channels = frozenset({Channel.WEBHOOK} if settings.webhook_url else ())
    factory = unit_of_work_factory(engine, Retention(timedelta(days=30), timedelta(days=1095)), channels)
    background.JOBS_EVERY_S = float(os.environ.get("TEST_JOBS_EVERY_S", 60))
    services = WebServices(
        settings=settings, uow_factory=factory, brain=SlowBrain(), knowledge=dict, clock=partial(datetime.now, UTC),
        is_ready=partial(_is_ready, engine), measures=lambda: read_measures(engine, datetime.now(UTC)),
        run_due_jobs=_jobs(settings, engine, factory, folder),
    )
    run_server(create_app(services), listener)


def _is_ready(engine):
    try:
        return is_usable(engine)
    except StorageUnavailable:
        return False


def _jobs(settings, engine, factory, folder):
    """The outbox, and a job that leaves a file each time it runs."""
    store, clock = JobStore(engine), partial(datetime.now, UTC)
    deliveries = {}
    if settings.webhook_url:
        deliveries[Channel.WEBHOOK] = webhook_delivery(factory, WebhookSender(settings.webhook_url, settings.webhook_secret or ""))
    courier = Courier(DeliveryStore(engine), deliveries, clock, random.random)
    once = Job("once", lambda now: (folder / f"ran-{uuid4()}").touch(), lambda now: now + timedelta(days=1))
    schedule_jobs(store, [once], clock())

    def run() -> None:
        courier.deliver_due()
        run_due_jobs(store, [once], clock)

    return run


if __name__ == "__main__":
    main(Path(sys.argv[1]))
