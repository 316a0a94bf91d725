"""Starts and stops what the tests break: the application, PostgreSQL, Redis, nginx; each on a free port of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.faults.clients import HTTP

ROOT = Path(__file__).resolve().parents[2]
START_S = 30
LOOK_EVERY_S = 0.02
POSTGRESQL = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
REDIS = shutil.which("redis-server")
NGINX = os.environ.get("NGINX_BINARY") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or shutil.which("nginx", path=str(ROOT / ".venv/tools/usr/sbin"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], what: str, seconds: float = START_S) -> None:
    """Looks again and again until it holds. Fails with `what` when it never does."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, what
        time.sleep(LOOK_EVERY_S)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class App:
    """One process of the application; `log` is its standard error."""

    folder: Path
    environ: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / f"app-{self.port}.log"

    def start(self, wait: bool = True) -> App:
        values = {**os.environ, "BOT_RATE_LIMIT": "off", "BOT_SECRET_KEY": "k" * 40, **self.environ, "BOT_PORT": str(self.port)}
        values["PYTHONPATH"] = str(ROOT)
        with self.log.open("ab") as log:
            command = [sys.executable, "-W", "ignore", "-m", "tests.faults.server", str(self.folder)]
            self.process = subprocess.Popen(command, cwd=self.folder, env=values, stdout=log, stderr=log)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self) -> None:
        until(lambda: self.status("/health/ready") == 200, f"the application does not start: see {self.log}")

    def status(self, path: str) -> int:
        try:
            return HTTP.get(self.url + path).status_code
        except httpx.HTTPError:
            return 0

    def metric(self, line: str) -> float:
        """The figure of the line of /metrics that begins so; 0 when there is none."""
        text = HTTP.get(f"{self.url}/metrics").text
        return next((float(found.rpartition(" ")[2]) for found in text.splitlines() if found.startswith(f"{line} ")), 0.0)

    def kill(self) -> None:
        """kill -9, without a word."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """SIGTERM; gives the seconds that it took to end."""
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> float:
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(START_S)
        return time.monotonic() - started


class Postgres:
    """A PostgreSQL of its own, run by an account that it accepts."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="faults-postgresql-"))
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            # It refuses to run as root.
            account = pwd.getpwnam("postgres")
            os.chown(self._folder, account.pw_uid, account.pw_gid)
            self._account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> Postgres:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-w", "-o", options, "start")
        return self

    def stop(self, mode: str = "immediate") -> None:
        """« immediate » is a crash: what was committed must survive it."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def remove(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        assert POSTGRESQL is not None
        subprocess.run([str(POSTGRESQL / program), *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **self._account)


@dataclass
class Redis:
    """A Redis of its own, that keeps nothing on disk."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> Redis:
        assert REDIS is not None
        command = [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(lambda: answers(self.port), "Redis does not start")
        return self

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


class Nginx:
    """nginx with the project's own configuration file, on free ports and with a certificate made for the occasion."""

    def __init__(self, folder: Path, apps: list[App]) -> None:
        self.folder, self.port, self.clear_port = folder / "nginx", free_port(), free_port()
        self.folder.mkdir()
        self._certify()
        site = (ROOT / "ops/nginx/assistant.conf").read_text(encoding="utf-8")
        for port, app in zip((8081, 8082), apps, strict=True):
            site = site.replace(f"server 127.0.0.1:{port} ", f"server 127.0.0.1:{app.port} ")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{self.clear_port};").replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        (self.folder / "site.conf").write_text(site.replace("/etc/ssl/assistant", str(self.folder)))
        (self.folder / "nginx.conf").write_text(self._main())
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> Nginx:
        assert NGINX is not None
        self.process = subprocess.Popen([NGINX, "-p", str(self.folder), "-c", "nginx.conf", "-e", "error.log"], stderr=subprocess.DEVNULL)
        until(lambda: answers(self.port), f"nginx does not start: see {self.folder}/error.log")
        return self

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(START_S)

    def _main(self) -> str:
        kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        temporary = "".join(f"    {kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""
        return f"{user}daemon off;\npid nginx.pid;\nevents {{}}\nhttp {{\n    access_log off;\n{temporary}    include site.conf;\n}}\n"

    def _certify(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                   "-keyout", str(self.folder / "privkey.pem"), "-out", str(self.folder / "fullchain.pem")]
        subprocess.run(command, check=True, capture_output=True)
