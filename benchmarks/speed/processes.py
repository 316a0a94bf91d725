"""Processes that are measured: started, waited for, and read in /proc (CPU time and resident memory of the whole tree)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.speed.conversations import ROOT

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
READY_WITHIN_S = 300
# One arithmetic thread per process, on both sides; bytecode is kept, telemetry is off.
COMMON = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "2", "RASA_TELEMETRY_ENABLED": "false",
          "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


@dataclass
class Server:
    """A running program, the port where it answers and the file of what it prints."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def cpu_s(self) -> float:
        """User and system time of the program and of its children, ended ones included."""
        return sum(cpu_s_of(pid) for pid in _tree(self.process.pid))

    def resident_mb(self) -> float:
        """Resident memory of the program and of its children."""
        return sum(_resident_bytes(pid) for pid in _tree(self.process.pid)) / 1e6

    def stop(self) -> None:
        """Ends the program and its children, and only them."""
        if self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def start(command: Sequence[str], environment: Mapping[str, str], port: int, log: Path) -> Server:
    """Starts `command` at the root of the project, in a process group of its own; what it prints goes to `log`.

    Raises: RuntimeError when something answers on its port already.
    """
    with socket.socket() as taken:
        if taken.connect_ex(("127.0.0.1", port)) == 0:
            raise RuntimeError(f"port {port} is taken: another server would be measured")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("BOT_")}
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=kept | COMMON | dict(environment), stdout=output, stderr=output, start_new_session=True)
    return Server(process, port, log)


def program(name: str) -> str:
    """The path of a program of the environment that runs this one."""
    return str(Path(sys.executable).parent / name)


def wait_until_ready(server: Server, path: str) -> None:
    """Returns when `path` answers 200. Raises RuntimeError when the program ends before, or after five minutes."""
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"ended with status {server.process.returncode} before it was ready: {server.log.read_text(errors='replace')[-1000:]}")
        if _answers(server.port, path):
            return
        time.sleep(0.05)
    raise RuntimeError(f"not ready after {READY_WITHIN_S} s")


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _tree(int(child)))]


def cpu_s_of(pid: int) -> float:
    """User and system time of one process and of its ended children; 0 when it has ended."""
    fields = _stat(pid)
    return sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICKS_PER_S if fields else 0.0


def _resident_bytes(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[21]) * _PAGE_BYTES if fields else 0


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
