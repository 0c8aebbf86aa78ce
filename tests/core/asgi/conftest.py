"""The edge around an application that a test writes, met by ASGI messages alone."""

import asyncio
from dataclasses import dataclass, field

import pytest

from foundation.asgi.caller import networks
from foundation.asgi.edge import Edge
from foundation.asgi.gate import Gate
from foundation.asgi.probes import Probes
from foundation.secret import Secret
from foundation.telemetry.scrape import Scrape


class Log:
    """Keeps the lines it is given."""

    def __init__(self):
        self.lines = []

    def info(self, message, **values):
        self.lines.append({"level": "info", "msg": message, **values})

    def error(self, message, **values):
        self.lines.append({"level": "error", "msg": message, **values})

    def exception(self, message, **values):
        self.lines.append({"level": "error", "msg": message, **values})

    @property
    def request(self):
        (line,) = [line for line in self.lines if line["msg"] == "request"]
        return line


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


@dataclass
class Part:
    name: str = "database"
    ok: bool = True
    detail: str = ""
    required: bool = True


@dataclass
class Client:
    """Sends one request to an edge and keeps what comes back."""

    app: object = None
    log: Log = field(default_factory=Log)
    parts: tuple = (Part(),)
    draining: bool = False
    lag: float = 0.0
    trusted: tuple = ()
    places: int = 64

    def __post_init__(self):
        self.gate = Gate(self.places)
        self.edge = Edge(
            self.app or hello,
            probes=Probes(
                readiness=lambda: self.parts,
                lag=lambda: self.lag,
                draining=lambda: self.draining,
                scrape=Scrape(lambda: b"a_metric 1.0\n"),
                token=Secret("metrics-token"),
            ),
            gate=self.gate,
            log=self.log,
            trusted=networks(self.trusted),
        )

    async def ask(self, path="/", *, method="GET", headers=(), chunks=(b"",), **scope):
        sent = []
        waiting = [
            {"type": "http.request", "body": chunk, "more_body": at + 1 < len(chunks)}
            for at, chunk in enumerate(chunks)
        ]

        async def receive():
            if waiting:
                return waiting.pop(0)
            await asyncio.sleep(scope.get("stays", 60))
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        asked = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode("latin-1"),
            "query_string": b"",
            "headers": [(key.encode(), value.encode()) for key, value in headers],
            "client": ("127.0.0.1", 4000),
            **scope,
        }
        await self.edge(asked, receive, send)
        self.unread = waiting
        starts = [message for message in sent if message["type"] == "http.response.start"]
        if not starts:
            return None
        headers = {key.decode(): value.decode() for key, value in starts[0]["headers"]}
        return Answer(starts[0]["status"], headers, b"".join(m.get("body", b"") for m in sent))


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture
def client():
    """Make a client: ``client(app, ...)``."""
    return Client
