"""A page that follows, for tests: speaks ASGI as `Client` does, and can leave."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from foundation.http.exchange import Message
from foundation.testing.client import Client, request_scope

PATIENCE_S = 60.0


@dataclass(slots=True)
class Heard:
    """What a stream says: *places* is the newest id, which goes on where this one ends."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    places: str = ""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _begun: asyncio.Event = field(default_factory=asyncio.Event)
    _rest: bytes = b""
    _events: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)  # JSON

    async def next(self, *types: str) -> dict[str, Any]:  # JSON
        """Return the next event, or the next of one of *types*: ``topic``, ``type``, ``data``."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                event = await self._events.get()
                if not types or event["type"] in types:
                    return event

    async def begun(self) -> int:
        """Return the status once the answer has begun."""
        async with asyncio.timeout(PATIENCE_S):
            await self._begun.wait()
        return self.status

    async def take(self, message: Message) -> None:
        """Be sent a message; what ASGI calls ``send``."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode("latin-1") for k, v in message["headers"]}
            self._begun.set()
            return
        *blocks, self._rest = (self._rest + message.get("body", b"")).split(b"\n\n")
        for block in blocks:
            self._read(block.decode())

    def _read(self, block: str) -> None:
        for line in block.splitlines():
            name, _, value = line.partition(": ")
            if name == "id":
                self.places = value
            elif name == "data":
                self._events.put_nowait(json.loads(value))


@asynccontextmanager
async def follow(
    client: Client, *topics: str, after: str = "", headers: Mapping[str, str] | None = None
) -> AsyncIterator[Heard]:
    """Follow *topics* as the browser of *client*, which leaves at the end of the block."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    told = {"host": urlsplit(client.origin).netloc, "sec-fetch-site": "same-origin"}
    told |= {"cookie": cookies} if cookies else {}
    if after:
        told["last-event-id"] = after
    query = {"topics": ",".join(topics)}
    scope = request_scope("GET", "/api/live", query, told | client.headers | dict(headers or {}))
    heard, left, asked = Heard(), asyncio.Event(), iter([True])

    async def receive() -> Message:
        if next(asked, False):
            return {"type": "http.request", "body": b"", "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(_run(client, scope, receive, heard))
    try:
        await heard.begun()
        yield heard
    finally:
        left.set()
        await task


async def _run(client: Client, scope: Any, receive: Any, heard: Heard) -> None:  # as ASGI says
    try:
        await client.app(scope, receive, heard.take)
    finally:
        heard.over.set()
