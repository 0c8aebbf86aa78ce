"""One request and its answer as they pass: bytes are counted and limited, the id is added."""

import asyncio
from collections.abc import Callable
from typing import Any

from foundation.asgi.messages import Message, Receive, Send
from foundation.asgi.rest import Rest
from foundation.errors import TooLarge
from foundation.http.exchange import EVENTS, Answer
from foundation.telemetry.streams import count_stream_end

MAX_BODY = 1_048_576
"""Bytes a body may have where no route says otherwise (it does by ``line()["max_body"]``)."""

SLOW_S = 10.0
"""How long a client of a stream may take nothing; then it is cut, so that nothing piles up."""


class TooSlow(Exception):
    """A client does not take what it asked to be told."""


class Exchange:
    """Wraps the two ends of one request that the application is given."""

    __slots__ = (
        "_ended", "_receive", "_rest", "_send", "bytes_in", "bytes_out", "gone", "line",
        "request_id", "slow_s", "started", "status", "streams", "when_streaming",
    )  # fmt: skip

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        request_id: str,
        line: dict[str, Any],  # the request's line, written by inner code too
    ) -> None:
        self._receive = receive
        self._send = send
        self._rest = Rest(receive)
        self._ended = False
        self.line = line
        self.request_id = request_id
        self.started = False
        self.streams = False
        self.slow_s = SLOW_S
        self.when_streaming: Callable[[], object] = lambda: None
        self.gone = False
        self.status = 499
        self.bytes_in = 0
        self.bytes_out = 0

    @property
    def outcome(self) -> str:
        """How the request ended, unless inner code says otherwise in the line."""
        told = self.line.get("outcome")
        if told is not None:
            return str(told)
        if self.gone:
            return "client_gone"
        if self.status < 400:
            return "ok"
        return "refused" if self.status < 500 else "failed"

    async def receive(self) -> Message:
        """Pass a message in; raises `TooLarge` as soon as the body is over its limit.

        What comes after an answer has begun is taken and dropped: the answer goes on.
        """
        message = await self._receive()
        self._rest.note(message)
        if message["type"] == "http.disconnect":
            if not self._ended:
                self.gone = True
            return message
        self.bytes_in += len(message.get("body", b""))
        limit = self.line.get("max_body", MAX_BODY)
        if self.bytes_in <= limit:
            return message
        if self.started:
            return {**message, "body": b""}
        raise TooLarge(f"the body may have {limit} bytes", limit=limit)

    async def send(self, message: Message) -> None:
        """Pass a message out, with the request's id in the headers."""
        if message["type"] == "http.response.start":
            self.started = True
            self.status = message["status"]
            own = (b"x-request-id", self.request_id.encode("latin-1"))
            kept = [pair for pair in message["headers"] if pair[0].lower() != own[0]]
            message = {**message, "headers": [*kept, own]}
            self.streams = (b"content-type", EVENTS.encode()) in kept
            if self.streams:
                self.when_streaming()
        elif message["type"] == "http.response.body":
            self.bytes_out += len(message.get("body", b""))
            self._ended = not message.get("more_body", False)
        if self.streams:
            await self._send_in_time(message)
        elif self._ended and self._rest.unread:
            await self._send({**message, "more_body": True})
            await self._rest.taken()
            await self._send({**message, "body": b""})
        else:
            await self._send(message)

    async def _send_in_time(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self.slow_s):
                await self._send(message)
        except TimeoutError:
            self.gone, self.line["outcome"] = True, "slow"
            count_stream_end("slow")
            raise TooSlow from None

    async def answer(self, answer: Answer) -> None:
        """Send a whole answer; the connection closes if the client was still sending."""
        length = str(len(answer.body)).encode()
        headers = [(key.lower().encode(), text.encode("latin-1")) for key, text in answer.headers]
        if self._rest.unread and self.bytes_in > 0:
            headers.append((b"connection", b"close"))
        start = {"status": answer.status, "headers": [*headers, (b"content-length", length)]}
        await self.send({"type": "http.response.start", **start})
        await self.send({"type": "http.response.body", "body": answer.body, "more_body": False})

    def let_go(self) -> None:
        """Say that nobody reads any more: what the client still sends is taken and dropped."""
        self._rest.let_go()
