"""A real program as a child of the tests: started on files of its own, found, waited for, ended."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PATIENCE_S = 300.0
"""How long anything here is waited for: a busy machine is slow, and what works takes a moment."""
FIRST_PORT = 10_000


def program(name: str) -> str:
    """Return where the program *name* is; skips with how to get it, if it is nowhere."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        how = {"promtool": "apt-get install prometheus", "prometheus": "apt-get install prometheus"}
        pytest.skip(f"no {name} here; to run this: {how.get(name, f'apt-get install {name}')}")
    return found


def free_ports(count: int) -> tuple[int, ...]:
    """Return ports of loopback that nobody listens on, and that stay free while a part is away.

    From below those that the kernel gives to outgoing connections: with one of these, whoever
    asks for a part that is away takes its place, and it cannot come back.
    """
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii")
    below = range(FIRST_PORT, max(int(given.split()[0]), FIRST_PORT + 1_000))
    with ExitStack() as held:
        found: list[int] = []
        for port in random.sample(below, len(below)):
            probe = held.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found.append(port)
            if len(found) == count:
                return tuple(found)
    raise AssertionError("no port is free")


def free_port() -> int:
    """Return one port as `free_ports` does."""
    return free_ports(1)[0]


def until(holds: Callable[[], object], what: str, *, within_s: float = PATIENCE_S) -> float:
    """Wait until *holds* says yes; return how many seconds that took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > within_s:
            raise AssertionError(f"not within {within_s:g} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began


def quiet_environ() -> dict[str, str]:
    """Return our environment without what would reach a program by accident."""
    return {
        name: value
        for name, value in os.environ.items()
        if "FOUNDATION" not in name and not name.lower().endswith("_proxy")
    }


@dataclass(slots=True)
class Program:
    """A program that can be started again on the same files; *log* gets all it says."""

    command: Sequence[str | Path]
    environ: Mapping[str, str]
    log: Path
    folder: Path
    stdout: int | None = None
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it; do not wait."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=self.folder,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=log if self.stdout is None else self.stdout,
                stderr=log,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process is not None
        return self.process.pid

    @property
    def said(self) -> str:
        """All it has said so far."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end and wait; return its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise AssertionError(f"{self.command[0]} did not end:\n{self.said[-2000:]}") from None

    def kill(self) -> None:
        """End it and whatever is in its group, at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def has_ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self.process is not None and self.process.poll() is not None

    def alive(self) -> bool:
        """Whether it runs; raises with its last words when it has ended by itself."""
        assert self.process is not None
        if self.process.poll() is None:
            return True
        raise AssertionError(
            f"{self.command[0]} ended with {self.process.returncode}:\n{self.said[-3000:]}"
        )


def children(pid: int) -> list[int]:
    """Return the processes that *pid* has started and that live."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def listens(port: int) -> bool:
    """Tell whether somebody accepts connections on *port* of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
