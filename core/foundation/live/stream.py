"""One stream: what a client is told, in its order, until it leaves, its session ends or we do."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy.exc import SQLAlchemyError

from foundation.auth.principal import ANONYMOUS, Principal
from foundation.errors import FoundationError, Unauthenticated
from foundation.live.hub import Hub, Subscription
from foundation.live.places import format_places
from foundation.live.reader import Reader
from foundation.live.topics import Known, Sees, may_follow

BEAT_S, CHECK_S, PAUSE_S, POLL_S = 15.0, 15.0, 0.1, 5.0
RETRY_MS = 2_000
BEAT = b": beat\n\n"

Still = Callable[[], Awaitable[Principal]]
"""Whoever this is now, asked of the database; it does not count as use of the session."""

End = Literal["session", "drain", "away"]


@dataclass(slots=True)
class Following:
    """What one stream is made of; *places* is where it is in each topic that has places."""

    hub: Hub
    reader: Reader
    known: Known
    sees: Sees
    keys: Sequence[str]
    refused: Sequence[str]
    still: Still
    places: dict[str, str]
    hears: Callable[[], bool]
    now: Callable[[], float]
    end: End | None = None
    _checked: float = field(default=0.0, init=False)

    async def frames(self) -> AsyncIterator[bytes]:
        """Give the stream, piece by piece, as the browser's EventSource reads it."""
        self._checked = self.now()
        yield f"retry: {RETRY_MS}\n".encode() + _frame("open", {"refused": list(self.refused)})
        with self.hub.following(self.keys) as ear:
            while True:
                async for frame in self._round(ear):
                    yield frame
                if self.end is not None:
                    yield _frame("end", {"reason": self.end})
                    return
                # What wakes many times within a moment is told once.
                await asyncio.sleep(PAUSE_S)
                if not await ear.rung(BEAT_S if self.hears() else POLL_S):
                    yield BEAT
                    if not self.hears():
                        ear.ring(ear.keys)

    async def _round(self, ear: Subscription) -> AsyncIterator[bytes]:
        """Tell what is due, having looked who this is when that is due."""
        if self.hub.is_closed:
            self.end = "drain"
            return
        if ear.must_recheck or self.now() - self._checked >= CHECK_S:
            async for frame in self._checked_anew(ear):
                yield frame
        for key in ear.taken():
            if self.end is not None or key in self.refused:
                continue
            async for frame in self._news(ear, key):
                yield frame

    async def _checked_anew(self, ear: Subscription) -> AsyncIterator[bytes]:
        ear.must_recheck = False
        try:
            principal = await self.still()
            lost = [] if principal.is_anonymous else await self._lost(principal)
        except Unauthenticated:  # a token that does not count any more
            principal, lost = ANONYMOUS, []
        except (FoundationError, SQLAlchemyError):
            # Nobody knows: what cannot be looked at for so long is not followed any more.
            if self.now() - self._checked > 2 * CHECK_S:
                self.end = "away"
            return
        self._checked = self.now()
        if principal.is_anonymous:
            self.end = "session"
            return
        if lost:
            self.refused = [*self.refused, *lost]
            yield _frame("refused", {"refused": lost})

    async def _lost(self, principal: Principal) -> list[str]:
        """Return what they follow and may not any more: a right is gone, or sight of a thing."""
        lost: list[str] = []
        for key in self.keys:
            if key in self.refused:
                continue
            if not may_follow(self.known, key, principal):
                lost.append(key)
            elif ":" in key:
                async with self.reader.session() as db:
                    if not await self.sees(principal, key, db):
                        lost.append(key)
        return lost

    async def _news(self, ear: Subscription, key: str) -> AsyncIterator[bytes]:
        source = self.reader.source_of(key)
        if source is None:
            yield _frame("changed", {}, key=key)
            return
        try:
            news = await self.reader.read(source, key, self.places.get(key))
        except (FoundationError, SQLAlchemyError):
            ear.ring(frozenset({key}))  # the database is away: again after the pause
            return
        for said in news.said:
            if said.place is not None:
                self.places[key] = said.place
            yield _frame(said.kind, said.data, key=key, id=self._id() if said.place else "")
        if news.place is not None and self.places.get(key) != news.place:
            self.places[key] = news.place
            yield _frame("place", {}, key=key, id=self._id())
        if news.more and not self.hub.is_closed:
            ear.ring(frozenset({key}))

    def _id(self) -> str:
        return format_places(self.places)


def _frame(kind: str, data: Mapping[str, Any], *, key: str = "", id: str = "") -> bytes:  # JSON
    """Return one event: ``{"topic", "type", "data"}``, and the id under which it can go on."""
    told = json.dumps({"topic": key, "type": kind, "data": data}, separators=(",", ":"))
    return (f"id: {id}\n" if id else "").encode() + f"data: {told}\n\n".encode()
