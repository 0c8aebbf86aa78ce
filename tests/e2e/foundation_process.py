"""A Foundation of its own for a test: `foundation dev` as a process, on free ports, in its own folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from ..stack.program import free_port

ROOT = Path(__file__).parents[2]
FOUNDATION = Path(sys.executable).parent / "foundation"
PATIENT = Path(__file__).with_name("patient_dev.py")
READY_S = 600  # a busy machine is slow to start three workers


class DidNotStart(Exception):
    """`foundation dev` ended or did not answer in time; the message is what it printed."""


@dataclass(slots=True)
class FoundationProcess:
    """`foundation dev` with *extra* settings; *site* is a folder of further installed packages."""

    extra: Mapping[str, str] = field(default_factory=dict)
    site: Path | None = None
    port: int = field(default_factory=free_port)
    # Not pytest's own folder: it is closed to the user that runs the database when we are root.
    data: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="foundation-e2e-")))
    start_with: Sequence[str | Path] = (sys.executable, PATIENT)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        """All it has printed so far."""
        return (self.data / "output.log").read_text("utf-8")

    @property
    def environ(self) -> dict[str, str]:
        """The environment it runs in, and in which its commands are to be given."""
        environ = {name: value for name, value in os.environ.items() if "FOUNDATION" not in name}
        environ |= {
            "FOUNDATION_DATA": str(self.data / "foundation"),
            "FOUNDATION_PORT": str(self.port),
            "FOUNDATION_WEB_ROOT": str(ROOT / "web" / "dist"),
            "FOUNDATION_LOG_LEVEL": "info",
            **self.extra,
        }
        if self.site is not None:
            environ["PYTHONPATH"] = str(self.site)
        return environ

    def __enter__(self) -> Self:
        self.data.chmod(0o755)
        with (self.data / "output.log").open("ab") as output:
            self.process = subprocess.Popen(
                self.start_with,
                cwd=self.data,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.wait_until_ready()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def stop(self) -> int:
        """Press Ctrl-C and wait; return the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=READY_S)

    def roll(self, until: Callable[[], bool]) -> None:
        """Ask for new workers, as after an installation; wait for what they bring, alone.

        An old worker takes requests beside the new one until it has heard that it is to leave.
        """
        assert self.process is not None
        old = self._workers()
        self.process.send_signal(signal.SIGHUP)
        self._until(lambda: until() and not old & self._workers(), "the new workers")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Give `foundation` a command in the environment of this one."""
        return subprocess.run(
            [FOUNDATION, *arguments],
            cwd=self.data,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def wait_until_ready(self) -> None:
        """Return once it says that it is ready."""
        self._until(self._is_ready, "it")

    def _workers(self) -> set[int]:
        """Return the processes that answer requests."""
        assert self.process is not None
        found = set()
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
                if any(part.startswith("foundation.asgi") for part in child.cmdline()):
                    found.add(child.pid)
        return found

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _until(self, ready: Callable[[], bool], what: str) -> None:
        assert self.process is not None
        ends = time.monotonic() + READY_S
        while not ready():
            if self.process.poll() is not None or time.monotonic() > ends:
                raise DidNotStart(f"{what} did not start:\n{self.log[-4000:]}")
            time.sleep(0.1)
