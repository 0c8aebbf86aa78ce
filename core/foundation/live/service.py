"""Live: what one worker needs to tell its pages what has changed; built once, closed by a drain."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from foundation.auth.principal import Principal
from foundation.db.engine import Database
from foundation.db.listen import Listener
from foundation.errors import Forbidden
from foundation.live.hub import CHANGES, RUNS, Hub
from foundation.live.places import parse_places
from foundation.live.reader import Reader
from foundation.live.run import RunSource
from foundation.live.said import Source
from foundation.live.seats import Seats
from foundation.live.stream import Following, Still
from foundation.live.topics import Known, Sees, may_follow
from foundation.live.trail import TrailSource
from foundation.secret import Secret
from foundation.telemetry.logging import logger
from foundation.telemetry.streams import count_stream_end, set_streams

FIRST_S = 2.0
"""How long the first stream waits for the listener to hear; after it, pages are told by looking."""

SOURCES: Mapping[str, Source] = {"audit": TrailSource(), "runs.run:": RunSource()}
"""Topics that tell more than "changed"; a colon says: of one thing."""

Opened = Callable[[Still, str], AsyncIterator[bytes]]
"""Gives the frames to whoever can still be asked for, going on at the place they sent."""


class Live:
    """Opens streams. It listens from the first one on: a worker nobody follows has no listener."""

    def __init__(
        self, database: Database, url: Secret, known: Known, *, now: Callable[[], float]
    ) -> None:
        self.hub = Hub()
        self._known = known
        self._now = now
        self._reader = Reader(database, SOURCES)
        self._heard = asyncio.Event()
        self._listener = Listener(
            url, channels=(CHANGES, RUNS), heard=self._hear, back=self._back, cut=_tell_cut
        )
        self.seats = Seats(self._listener)
        self._opening = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._is_listening = False

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Be open until the block ends."""
        async with self._stack:
            yield
            self.hub.close()

    def drain(self) -> None:
        """End every stream at once; its page comes back elsewhere."""
        self.hub.close()

    async def open(
        self, principal: Principal, keys: Sequence[str], places: str, *, sees: Sees
    ) -> Opened:
        """Return a stream of *keys* for *principal*, from *places* on.

        A key they may not follow, or whose thing they do not see, is named as refused, both
        alike; raises `Forbidden` when that leaves none, and `TooMany` when they follow enough.
        """
        assert isinstance(principal.id, UUID)  # the route lets nobody else in
        refused = [
            key
            for key in keys
            if not (may_follow(self._known, key, principal) and await sees(principal, key, None))
        ]
        if len(refused) == len(keys):
            raise Forbidden("none of these topics may be followed", topics=refused)
        await self._listen()
        seat = await self.seats.take(principal.id)
        asked = parse_places(places)

        async def frames(still: Still, sent: str) -> AsyncIterator[bytes]:
            following = Following(
                hub=self.hub,
                reader=self._reader,
                known=self._known,
                sees=sees,
                keys=keys,
                refused=refused,
                still=still,
                places={**asked, **parse_places(sent)},
                hears=lambda: self._listener.is_connected,
                now=self._now,
            )
            try:
                set_streams(self.hub.size + 1)
                async for frame in following.frames():
                    yield frame
            finally:
                count_stream_end(following.end or "client")
                seat.leave()
                set_streams(self.hub.size)

        return frames

    async def _listen(self) -> None:
        async with self._opening:
            if not self._is_listening:
                self._is_listening = True
                await self._stack.enter_async_context(self._listener.at_work())
        try:
            async with asyncio.timeout(FIRST_S):
                await self._heard.wait()
        except TimeoutError:
            return

    def _hear(self, channel: str, said: str) -> None:
        self._reader.forget("runs.run" if channel == RUNS else said)
        self.hub.heard(channel, said)

    def _back(self) -> None:
        self._heard.set()
        for name in SOURCES:
            self._reader.forget(name.rstrip(":"))
        self.hub.wake_all()


def _tell_cut(reason: str) -> None:
    logger().warning("live_listener_cut", reason=reason)
