"""An admissions office on a Monday morning: the real console, people who wrote during the week, one hostile name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bot.admissions.facts import Status, Verdict
from bot.admissions.leads import Contact
from bot.admissions.staff import Role
from bot.bootstrap import bootstrap
from bot.console import console_services
from bot.services.conversations import Incoming, handle_message, open_conversation, rate_answer
from bot.services.leads import LeadDetails, register_or_update_lead
from bot.services.locks import ConversationLocks
from bot.services.protocols import TurnInput, TurnOutput, Unanswered
from bot.services.staff_accounts import add_account
from bot.storage.migrate import migrate
from bot.web.app import create_app
from bot.web.context import WebServices
from tests.browser.servers import listen, port_of, serving
from tests.integration.builders import FakeBrain, consent

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
ADMIN, READER, PASSWORD = "odile.martin@example.org", "rene.petit@example.org", "une phrase de passe correcte"
HOSTILE = '"><img src=x onerror=alert(1)> =HYPERLINK("x")'
PEOPLE = (
    ("Claire Fontaine", "claire.fontaine@example.org", Verdict.ELIGIBLE, 5, "BTS", None, Status.SALARIE),
    ("Karim Haddad", "karim.haddad@example.org", Verdict.TO_REVIEW, None, "diplôme étranger", 60, Status.SALARIE),
    ("Jean Roux", "jean.roux@example.org", Verdict.VAE, 3, "CAP", 120, Status.SALARIE),
    ("Sophie Girard", "sophie.girard@example.org", Verdict.NOT_YET, 4, "baccalauréat", 14, Status.DEMANDEUR_EMPLOI),
    (HOSTILE, "hostile@example.org", Verdict.TO_REVIEW, 4, HOSTILE, None, None),
)
QUESTIONS = ("Y a-t-il une bibliothèque sur place ?", "il y a une bibliothèque ?", "Peut-on venir avec son chien ?", HOSTILE)


class OfficeBrain(FakeBrain):
    """Finds no answer to QUESTIONS."""

    def reply(self, turn: TurnInput) -> TurnOutput:
        output = super().reply(turn)
        unanswered = Unanswered(turn.text, ({"intent": "ask_place", "confidence": 0.3},)) if turn.text in QUESTIONS else None
        return replace(output, unanswered=unanswered)


@dataclass(frozen=True)
class Office:
    """The running console and its program."""

    url: str
    program: Any

    def sign_in(self, page: Page, email: str = ADMIN) -> None:
        page.goto(f"{self.url}/staff/connexion")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.url}/staff/")


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Serves the console on a database of its own until the block ends."""
    listener = listen()
    url = f"http://127.0.0.1:{port_of(listener)}"
    environment = {"BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.db'}", "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off", "BOT_PUBLIC_URL": url}
    program = bootstrap(ROOT, environment, clock=lambda: MONDAY)
    migrate(program.engine)
    staff = console_services(program)
    add_account(staff.accounts, ADMIN, Role.ADMIN, MONDAY, password=PASSWORD)
    add_account(staff.accounts, READER, Role.READER, MONDAY, password=PASSWORD)
    _people_write(program.uow_factory)
    services = WebServices(
        settings=program.settings, uow_factory=program.uow_factory, brain=OfficeBrain(), knowledge=dict, is_ready=lambda: True,
        clock=lambda: MONDAY, staff=staff,
    )
    with serving(create_app(services), listener):
        yield Office(url, program)


def _people_write(uow_factory: Any) -> None:
    brain, locks = OfficeBrain(), ConversationLocks()

    def say(conversation_id: str, text: str, at: datetime) -> list[dict[str, Any]]:
        return handle_message(uow_factory, brain, locks, Incoming(conversation_id, text=text), at).messages

    for number, (name, email, verdict, level, diploma, months, status) in enumerate(PEOPLE):
        at = MONDAY - timedelta(days=number, hours=3 * number)
        conversation_id = open_conversation(uow_factory, brain, at).conversation_id
        answer = say(conversation_id, f"bonjour, j'ai {diploma}, je peux candidater ?", at)
        rate_answer(uow_factory, conversation_id, answer[0]["id"], number % 3 != 2, at)
        said = LeadDetails(
            contact=Contact(name=name, email=email, phone=f"+3363998{number:04d}"), verdict=verdict, reasons=("La fiche demande le niveau 5.",),
            level=level, diploma=diploma, experience_months=months, status=status, question=HOSTILE if name == HOSTILE else None, topics=("prerequis",),
        )
        with uow_factory() as uow:
            register_or_update_lead(uow, conversation_id, said, consent(at), at)
            uow.commit()
    for number, question in enumerate(QUESTIONS):
        at = MONDAY - timedelta(days=number)
        say(open_conversation(uow_factory, brain, at).conversation_id, question, at)
