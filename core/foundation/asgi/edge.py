"""The thin layer between server and framework: what every request passes, in a few microseconds.

In this order: refuse what is not HTTP/1.1 with a known method and headers of a size, answer
probes, name the request, take a place at the gate, limit the body, run the application, write
one line and one metric.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from structlog.typing import FilteringBoundLogger

from foundation.asgi.caller import Network, identify
from foundation.asgi.exchange import Exchange, TooSlow
from foundation.asgi.gate import Gate
from foundation.asgi.messages import Application, Receive, Scope, Send
from foundation.asgi.probes import PATHS, Probes
from foundation.errors import FoundationError, NotAllowed, Unavailable
from foundation.http.exchange import Answer
from foundation.http.headers import api_headers, with_defaults
from foundation.http.problems import HeadersTooLarge, problem, unexpected
from foundation.telemetry import metrics
from foundation.telemetry.line import bound

METHODS = metrics.METHODS
_VERSIONS = frozenset({"1.0", "1.1"})
_NOT_LOGGED = frozenset({"max_body"})
MOST_HEADERS = 16_384
"""Bytes of names and values, as they came."""


class VersionRefused(FoundationError):
    """505: HTTP/1.1 is spoken here, behind a gateway that speaks the rest."""

    status, code, title = 505, "http_version", "Only HTTP/1.1 is spoken here"


@dataclass(frozen=True, slots=True)
class Edge:
    """An ASGI application around *app*; *trusted* are the networks whose forwarding is believed."""

    app: Application
    probes: Probes
    gate: Gate
    log: FilteringBoundLogger
    trusted: tuple[Network, ...] = ()
    is_https: bool = True
    now: Callable[[], float] = time.perf_counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; lifespan goes through, WebSockets are refused."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
            return
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        metrics.count_rejected("websocket")
        await receive()
        await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = identify(scope, self.trusted)
        line: dict[str, Any] = {  # values of any loggable kind, written by inner code too
            "request_id": caller.request_id,
            "trace_id": caller.trace_id,
            "span_id": caller.span_id,
            "client": caller.client,
        }
        exchange = Exchange(receive, send, request_id=caller.request_id, line=line)
        if scope["path"] in PATHS and scope["method"] in {"GET", "HEAD"}:
            await exchange.answer(await self._probe(scope, caller.request_id))
            return
        units: set[asyncio.Task[Any]] = set()  # tasks of any result
        started = self.now()
        with bound(line, units):
            try:
                await self._passed(scope, exchange, units)
            except asyncio.CancelledError:  # at the end of a drain, or when a connection breaks
                self.gate.was_cut = self.gate.was_cut or self.probes.draining()
                line.setdefault("outcome", "failed")
                raise
            finally:
                exchange.let_go()
                self._tell(scope, exchange, self.now() - started)

    async def _passed(
        self, scope: Scope, exchange: Exchange, units: set[asyncio.Task[Any]]
    ) -> None:
        """Refuse, or run the application at a place of the gate."""
        refused = self._refusal(scope)
        if refused is None and not self.gate.enter():
            refused = "gate", Unavailable("too much is under way", headers={"Retry-After": "1"})
        if refused is not None:
            metrics.count_rejected(refused[0])
            await self._refuse(exchange, refused[1])
            return
        left = False

        def leave() -> None:
            nonlocal left
            if not left:
                left = True
                self.gate.leave(units)

        exchange.when_streaming = leave  # a stream holds no connection, so it takes no place
        try:
            await self._run(scope, exchange)
        finally:
            leave()

    async def _run(self, scope: Scope, exchange: Exchange) -> None:
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except TooSlow:  # cut; its page comes back
            return
        except FoundationError as error:  # from the body limit, through the framework
            if error.status == 413:
                metrics.count_rejected("body")
            await self._refuse(exchange, error)
            return
        except Exception:
            self.log.exception("request_failed")
            exchange.line.setdefault("outcome", "failed")
        if not exchange.started and not exchange.gone:
            await self._send(exchange, unexpected(exchange.request_id))

    def _refusal(self, scope: Scope) -> tuple[str, FoundationError] | None:
        if scope["http_version"] not in _VERSIONS:
            return "version", VersionRefused()
        if scope["method"] not in METHODS:
            return "method", NotAllowed(headers={"Allow": ", ".join(sorted(METHODS))})
        # The server's own limit holds only for what did not come in one piece.
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > MOST_HEADERS:
            return "headers", HeadersTooLarge(f"at most {MOST_HEADERS} bytes of them are read")
        return None

    async def _refuse(self, exchange: Exchange, error: FoundationError) -> None:
        await self._send(exchange, problem(error, exchange.request_id))

    async def _send(self, exchange: Exchange, answer: Answer) -> None:
        """Send an answer of the edge's own, unless the application has begun one."""
        if exchange.started or exchange.gone:
            return
        headers = with_defaults(answer.headers, api_headers(is_https=self.is_https))
        await exchange.answer(Answer(answer.status, answer.body, headers))

    async def _probe(self, scope: Scope, request_id: str) -> Answer:
        try:
            return await self.probes.answer(scope)
        except FoundationError as error:
            return problem(error, request_id)

    def _tell(self, scope: Scope, exchange: Exchange, seconds: float) -> None:
        status = exchange.status
        line = exchange.line
        route = line.get("route")
        metrics.count_request(
            method=scope["method"],
            route=route,
            status=status,
            seconds=None if exchange.streams else seconds,  # how long it was open says nothing
        )
        raw = scope.get("raw_path") or scope["path"].encode("ascii", "backslashreplace")
        told = {
            **{name: value for name, value in line.items() if name not in _NOT_LOGGED},
            "method": scope["method"][:16],
            "route": route or metrics.UNMATCHED,
            "path": raw[:512].decode("ascii", "backslashreplace"),
            "status": status,
            "outcome": exchange.outcome,
            "duration_ms": round(seconds * 1000, 1),
            "bytes_in": exchange.bytes_in,
            "bytes_out": exchange.bytes_out,
        }
        write = self.log.error if told["outcome"] == "failed" else self.log.info
        write("request", **told)
