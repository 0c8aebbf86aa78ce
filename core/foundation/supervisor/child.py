"""One worker process as the supervisor sees it: its pipes, its age, its last words."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foundation.supervisor.adopted import Adopted

READY, FAILED = b"R", b"F"
"""What `foundation.asgi.link` says; a test holds the two together."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True, eq=False)
class Child:
    """A running worker; *heard* is when it last said something, all times are monotonic."""

    process: subprocess.Popen[bytes] | Adopted
    slot: int
    series: int
    link: int
    lifeline: int
    born: float
    heard: float
    ready_at: float | None = None
    told_at: float | None = None
    dumped_at: float | None = None
    killed: bool = False
    words: bytearray = field(default_factory=bytearray)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def reason(self) -> str | None:
        """Why it did not start, if it said so."""
        _, mark, text = bytes(self.words).partition(FAILED)
        return text.decode("utf-8", "replace") if mark else None

    def hear(self, now: float) -> bool:
        """Read what it says; True when it has become ready with it."""
        said = b""
        with contextlib.suppress(BlockingIOError):
            said = os.read(self.link, 4_096)
        if not said:
            return False
        self.heard = now
        if self.ready_at is not None:
            return False
        self.words += said
        if READY not in self.words.partition(FAILED)[0]:
            return False
        self.ready_at = now
        return True

    def stop(self, now: float) -> None:
        """Tell it to drain."""
        if self.told_at is None:
            self.told_at = now
            self.send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.killed = True
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def resident(self) -> int:
        """Return its resident bytes; 0 where that cannot be known."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return 0

    def close(self) -> None:
        """Close our ends of the pipes."""
        os.close(self.link)
        os.close(self.lifeline)


@dataclass(frozen=True, slots=True)
class Pipes:
    """Both pipes of a worker that is about to be: our ends, and the ends that it gets."""

    link: int
    lifeline: int
    its_link: int
    its_lifeline: int

    @classmethod
    def open(cls) -> "Pipes":
        """Open them; we never wait for what a worker says."""
        link, its_link = os.pipe()
        its_lifeline, lifeline = os.pipe()
        os.set_blocking(link, False)
        return cls(link, lifeline, its_link, its_lifeline)

    def given(self) -> None:
        """Close its ends here: it has them, or never will."""
        os.close(self.its_link)
        os.close(self.its_lifeline)

    def close(self) -> None:
        """Close our ends."""
        os.close(self.link)
        os.close(self.lifeline)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker is started: the name of its application, its time to drain, its environment."""

    app: str
    graceful: float
    environ: Mapping[str, str]

    def start(self, *, listener: socket.socket, slot: int, series: int, now: float) -> Child:
        """Start a worker on *listener*; *series* names its metric files."""
        pipes = Pipes.open()
        given = (listener.fileno(), pipes.its_link, pipes.its_lifeline)
        names = ("--socket", "--link", "--lifeline")
        command = [sys.executable, "-m", "foundation.asgi", "--app", self.app]
        for name, descriptor in zip(names, given, strict=True):
            command += [name, str(descriptor)]
        command += ["--parent", str(os.getpid()), "--slot", str(slot), "--series", str(series)]
        command += ["--graceful", str(self.graceful)]
        try:
            # A group of its own: the terminal's Ctrl-C reaches the supervisor alone.
            process = subprocess.Popen(
                command,
                pass_fds=given,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                process_group=0,
            )
        finally:
            pipes.given()
        return Child(process, slot, series, pipes.link, pipes.lifeline, born=now, heard=now)
