"""What the tests share: the real program on a database of its own, and a conversation in three lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Conversation:
    """A conversation with the real assistant, without HTTP: what is said, what is answered."""

    def __init__(self, program: Any, brain: Any) -> None:
        from bot.services.conversations import open_conversation
        from bot.services.locks import ConversationLocks

        self._program, self._brain, self._locks = program, brain, ConversationLocks()
        opened = open_conversation(program.uow_factory, brain, NOW)
        self.id, self.messages = opened.conversation_id, opened.messages

    def say(self, text: str) -> str:
        from bot.services.conversations import Incoming

        return self._handle(Incoming(self.id, text=text))

    def press(self, title: str) -> str:
        from bot.services.conversations import Incoming

        payload = next(button["payload"] for message in self.messages for button in message.get("buttons", []) if button["title"] == title)
        return self._handle(Incoming(self.id, payload=payload))

    @property
    def text(self) -> str:
        """The last answer: texts and button titles, a line each."""
        lines = []
        for message in self.messages:
            lines += [message["text"], *(button["title"] for button in message.get("buttons", []))]
        return "\n".join(lines)

    def lead(self) -> Any:
        with self._program.uow_factory() as uow:
            return uow.leads.for_conversation(self.id)

    def _handle(self, incoming: Any) -> str:
        from bot.services.conversations import handle_message

        self.messages = handle_message(self._program.uow_factory, self._brain, self._locks, incoming, NOW).messages
        return self.text


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole program on a SQLite file of this run."""
    from bot.bootstrap import bootstrap
    from bot.storage.migrate import migrate

    database = tmp_path_factory.mktemp("database") / "bot.db"
    environment = {"BOT_DATABASE_URL": f"sqlite:///{database}", "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off"}
    wired = bootstrap(ROOT, environment, clock=lambda: NOW)
    migrate(wired.engine)
    return wired


@pytest.fixture(scope="session")
def brain(program: Any) -> Any:
    """The trained model; `make test` trains it first."""
    from bot.bootstrap import load_brain
    from bot.logs import quiet_libraries

    quiet_libraries("info")
    return load_brain(program, ROOT)


@pytest.fixture
def conversation(program: Any, brain: Any) -> Iterator[Conversation]:
    return Conversation(program, brain)


@pytest.fixture(scope="session")
def new_conversation(program: Any, brain: Any) -> Any:
    """Makes as many conversations as a test wants."""
    return lambda: Conversation(program, brain)


@pytest.fixture(scope="session")
def evaluation(program: Any, brain: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `bot evaluate` measures, once for every test that holds a floor; the report goes where EVALUATION_REPORT says."""
    from bot.evaluation.run import run_evaluation

    report = Path(os.environ.get("EVALUATION_REPORT") or tmp_path_factory.mktemp("evaluation") / "rapport.html")
    return run_evaluation(program, brain, None, report, NOW)
