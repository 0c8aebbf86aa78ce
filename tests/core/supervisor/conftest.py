"""A real supervisor with real workers, on a free port, around the tiny application."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ...stack.program import free_port

TINY = Path(__file__).parents[2] / "fixtures" / "tiny_app"
PATIENCE_S = 120.0
"""How long anything is waited for: a busy machine is slow, and what works takes a moment."""


def until(true: Callable[[], bool], *, within: float = PATIENCE_S) -> bool:
    """Wait until *true*; False when that takes longer than *within* seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@dataclass
class Server:
    folder: Path
    port: int
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default_factory=time.monotonic)

    def start(self, *times: str) -> "Server":
        self.started = time.monotonic()
        out = (self.folder / "out").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, str(TINY / "launch.py"), *times],
            env=self.environ,
            stdout=out,
            stderr=out,
            process_group=0,
        )
        out.close()
        return self

    def ready(self, *times: str) -> "Server":
        before = len(self.said("ready")) if (self.folder / "out").exists() else 0
        self.start(*times)
        assert until(lambda: len(self.said("ready")) > before), self.output
        return self

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def output(self) -> str:
        return (self.folder / "out").read_text()

    @property
    def lines(self) -> list[dict]:
        return [json.loads(row) for row in self.output.splitlines() if row.startswith("{")]

    def said(self, message: str) -> list[dict]:
        return [row for row in self.lines if row["msg"] == message]

    @property
    def workers(self) -> list[int]:
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
            return [pid for pid in map(int, children.split()) if is_running(pid)]
        return []

    def get(self, path: str = "/", *, timeout: float = PATIENCE_S) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def metric(self, name: str) -> float:
        with contextlib.suppress(OSError):  # a slot that waits refuses
            for row in self.get("/metrics")[1].splitlines():
                if row.startswith(f"{name} "):
                    return float(row.rpartition(" ")[2])
        return 0.0

    def busy(
        self, path: str, seconds: float, pool: ThreadPoolExecutor
    ) -> "Future[tuple[int, str]]":
        """Ask for something that takes *seconds*; return once a worker is at it."""
        before = len(self.said("begun"))
        asked = pool.submit(self.get, f"{path}/{seconds:g}")
        assert until(lambda: len(self.said("begun")) > before), self.output
        return asked

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self, *, within: float = PATIENCE_S) -> int:
        assert self.process is not None
        return self.process.wait(within)

    def stop(self) -> int:
        self.send(signal.SIGTERM)
        return self.ended()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as answering:  # stands for the database and the provider
        answering.bind(("127.0.0.1", 0))
        answering.listen()
        elsewhere = answering.getsockname()[1]
        port = free_port()
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")},
            "PYTHONPATH": str(TINY),
            "TINY_FOLDER": str(tmp_path),
            "FOUNDATION_PORT": str(port),
            "FOUNDATION_PUBLIC_URL": f"http://localhost:{port}",
            "FOUNDATION_DATA": str(tmp_path / "data"),
            "FOUNDATION_DATABASE_URL": f"postgresql://u:canary-password@127.0.0.1:{elsewhere}/x",
            "FOUNDATION_SECRET_KEY": "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMDA=",
            "FOUNDATION_OIDC_ISSUER": f"http://localhost:{elsewhere}",
            "FOUNDATION_OIDC_CLIENT_ID": "foundation",
        }
        environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
        made = Server(tmp_path, port, environ)
        yield made
        if made.process is not None and made.process.poll() is None:
            workers = made.workers
            made.process.kill()
            made.process.wait()
            until(lambda: not any(map(is_running, workers)))
