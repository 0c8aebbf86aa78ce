"""What a client still sends when its answer ends: taken, so that it holds nothing up.

A connection closed with unread bytes is reset, and the client may never see its answer. And
hypercorn tells an application the end of a connection through the short queue that its body comes
through: where that is full and nobody reads, the two would wait for each other for ever.
"""

import asyncio
from contextlib import suppress

from foundation.asgi.messages import Message, Receive

MOST = 16 * 1_048_576
"""Bytes that an end waits for, at most."""

SECONDS = 2.0
"""How long it waits for them, at most."""


class Rest:
    """Reads on where an application has stopped; *unread* is whether more of the body comes."""

    __slots__ = ("_over", "_receive", "_taking", "unread")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._taking: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self.unread = True

    def note(self, message: Message) -> None:
        """Learn from a *message* that came in whether more will."""
        self.unread = message["type"] == "http.request" and message.get("more_body", False)
        if self.unread:
            return
        self._over.set()
        if self._taking is not None and self._taking is not asyncio.current_task():
            self._taking.cancel()

    def let_go(self) -> None:
        """Take what comes in the background, until it is over."""
        if self.unread and self._taking is None:
            self._taking = asyncio.create_task(self._take())

    async def taken(self) -> None:
        """Wait until all is taken, but not for long and not for much."""
        if not self.unread:
            return
        self.let_go()
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await self._over.wait()

    async def _take(self) -> None:
        taken = 0
        while self.unread:
            message = await self._receive()
            self.note(message)
            taken += len(message.get("body", b""))
            if taken >= MOST:
                self._over.set()
            await asyncio.sleep(0)  # whoever waits comes first
