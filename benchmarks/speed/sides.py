"""The two sides: how each is started, and how one sends it a message. The same client, the same connection, kept open."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from benchmarks.speed.client import Client
from benchmarks.speed.conversations import ROOT
from benchmarks.speed.processes import Server, program, start, wait_until_ready

FIRST_PORT = 8140
STOCK = ROOT / "benchmarks" / "stock"


class Talk(Protocol):
    """One conversation."""

    def say(self, text: str) -> Any:
        """Sends a message and reads the whole answer."""


@dataclass
class Side:
    """A side of the comparison while it runs."""

    name: str
    servers: list[Server]
    folder: Path

    def cpu_s(self) -> float:
        """CPU time of all its processes."""
        return sum(server.cpu_s() for server in self.servers)

    def resident_mb(self) -> float:
        """Resident memory of all its processes."""
        return sum(server.resident_mb() for server in self.servers)

    def talk(self, connection: Client | None = None, number: int = 0) -> Talk:
        """A new conversation; the nth goes to the nth process in turn."""
        kind = OurTalk if self.name == "ours" else StockTalk
        return kind(connection or self.connect(number))

    def connect(self, number: int = 0) -> Client:
        """A connection to the nth process in turn."""
        answering = self.servers if self.name == "ours" else self.servers[-1:]
        return Client(answering[number % len(answering)].port)

    def stop(self) -> None:
        """Ends its processes."""
        for server in self.servers:
            server.stop()


@dataclass
class OurTalk:
    """A conversation as the widget holds it: opened first, each message with its own id."""

    connection: Client
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        opened = self.connection.post("/api/conversations", {}, self.headers)
        self.headers = self.headers | {"Authorization": f"Bearer {opened['token']}"}

    def say(self, text: str) -> Any:
        return self.connection.post("/api/messages", {"text": text, "id": str(uuid4())}, self.headers)


@dataclass
class StockTalk:
    """A conversation on Rasa's REST channel."""

    connection: Client
    sender: str = field(default_factory=lambda: str(uuid4()))

    def say(self, text: str) -> Any:
        return self.connection.post("/webhooks/rest/webhook", {"sender": self.sender, "message": text}, {})


def start_ours(folder: Path, settings: Mapping[str, str] | None = None, processes: int = 1, first: int = 0) -> Side:
    """`bot serve` on a database of its own, without rate limit."""
    environment = {"BOT_DATABASE_URL": f"sqlite:///{folder}/bot.db", "BOT_SECRET_KEY": "k" * 40, "BOT_RATE_LIMIT": "off", **(settings or {})}
    side = Side("ours", [], folder)
    for number in range(processes):
        port = FIRST_PORT + first + number
        side.servers.append(start([program("bot"), "serve", "--port", str(port)], environment, port, folder / "ours.log"))
        _wait(side, number, "/health/ready")
    return side


def start_stock(folder: Path, model: Path) -> Side:
    """`rasa run actions` and `rasa run` with the REST channel and a SQLite tracker store."""
    actions_port, port = FIRST_PORT + 8, FIRST_PORT + 9
    endpoints = (STOCK / "endpoints.yml").read_text(encoding="utf-8").replace("5055", str(actions_port)).replace("stock.db", str(folder / "stock.db"))
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    environment = {"BOT_DATABASE_URL": f"sqlite:///{folder}/bot.db", "BOT_SECRET_KEY": "k" * 40}
    # The actions write leads in the same tables as ours: made beforehand, as `bot serve` makes its own.
    subprocess.run([program("python"), "-c", _MIGRATE, f"sqlite:///{folder}/bot.db"], check=True, cwd=ROOT)
    rasa, log = program("rasa"), folder / "stock.log"
    actions = start([rasa, "run", "actions", "--port", str(actions_port)], environment, actions_port, log)
    core = start([rasa, "run", "--port", str(port), "--model", str(model), "--endpoints", str(folder / "endpoints.yml"),
                  "--credentials", str(STOCK / "credentials.yml")], environment, port, log)
    side = Side("stock", [actions, core], folder)
    _wait(side, 0, "/health")
    _wait(side, 1, "/")
    return side


def _wait(side: Side, number: int, path: str) -> None:
    try:
        wait_until_ready(side.servers[number], path)
    except BaseException:
        side.stop()
        raise


_MIGRATE = "import sys; from bot.storage.engine import open_engine; from bot.storage.migrate import migrate; migrate(open_engine(sys.argv[1]))"
