"""Probes: whether a worker lives, whether it is ready, and its metrics; asked by machines."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from foundation.asgi.caller import is_private
from foundation.asgi.messages import Scope, header
from foundation.errors import NotFound
from foundation.http.exchange import JSON, Answer
from foundation.secret import Secret
from foundation.telemetry.metrics import CONTENT_TYPE
from foundation.telemetry.scrape import Scrape

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
_TEXT = "text/plain; charset=utf-8"
_STUCK = 5.0  # seconds of lag after which a loop counts as stuck


class Part(Protocol):
    """One thing readiness looks at; an answer is ready when every required one is ok."""

    @property
    def name(self) -> str:
        """What it is."""

    @property
    def ok(self) -> bool:
        """Whether it works."""

    @property
    def detail(self) -> str:
        """What is missing, for those who run it."""

    @property
    def required(self) -> bool:
        """Whether the service is not ready without it."""


@dataclass(frozen=True, slots=True)
class Probes:
    """Answers the three paths; *lag* is in seconds, *token* opens ``/metrics`` from anywhere."""

    readiness: Callable[[], Sequence[Part]]
    lag: Callable[[], float]
    draining: Callable[[], bool]
    scrape: Scrape
    token: Secret | None = None

    async def answer(self, scope: Scope) -> Answer:
        """Answer a probe; raises `NotFound` to those who have no business asking."""
        if scope["path"] == "/healthz":
            return self._health()
        if not (is_private(scope) or self._has_token(scope)):
            raise NotFound
        return self._ready() if scope["path"] == "/readyz" else await self._metrics()

    def _health(self) -> Answer:
        if self.lag() < _STUCK:
            return Answer(200, b"ok\n", (("Content-Type", _TEXT),))
        return Answer(503, b"the event loop is stuck\n", (("Content-Type", _TEXT),))

    def _ready(self) -> Answer:
        draining = self.draining()
        parts = self.readiness()
        ready = not draining and all(part.ok for part in parts if part.required)
        body = {
            "ready": ready,
            "draining": draining,
            "parts": [
                {"name": part.name, "ok": part.ok, "required": part.required, "detail": part.detail}
                for part in parts
            ],
        }
        headers = (("Content-Type", JSON), ("Cache-Control", "no-store"))
        return Answer(200 if ready else 503, orjson.dumps(body), headers)

    async def _metrics(self) -> Answer:
        return Answer(200, await self.scrape.text(), (("Content-Type", CONTENT_TYPE),))

    def _has_token(self, scope: Scope) -> bool:
        given = (header(scope, b"authorization") or "").encode("latin-1")
        if self.token is None:
            return False
        return hmac.compare_digest(given, b"Bearer " + self.token.reveal().encode())
