"""Reads for all streams of a worker: what many wait for is read once, and few read at a time."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.db.engine import Database
from foundation.live.said import News, Source
from foundation.live.topics import name_of

AT_ONCE = 2
"""Connections of the pool that streams may have; the rest is for requests."""


class Reader:
    """Reads the news of keys that have a source."""

    def __init__(self, database: Database, sources: Mapping[str, Source]) -> None:
        self._database = database
        self._sources = sources
        self._under_way: dict[tuple[str, str | None], asyncio.Task[News]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def source_of(self, key: str) -> Source | None:
        """Return where the news of *key* come from; None for one that only says "changed"."""
        return self._sources.get(f"{name_of(key)}:" if ":" in key else key)

    def forget(self, key: str) -> None:
        """Let nobody join a read that began before *key* woke: it may have missed why."""
        name = name_of(key)
        for pair in [pair for pair in self._under_way if name_of(pair[0]) == name]:
            del self._under_way[pair]

    async def read(self, source: Source, key: str, after: str | None) -> News:
        """Return the news of *key* after a place, read together with whoever wants the same."""
        pair = (key, after)
        task = self._under_way.get(pair)
        if task is None:
            task = asyncio.create_task(self._read(source, key, after))
            self._under_way[pair] = task
            task.add_done_callback(lambda done: self._ended(pair, done))
        return await asyncio.shield(task)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Give a session that reads, once one of the few is free."""
        async with self._slots, self._database.reading() as db:
            yield db

    async def _read(self, source: Source, key: str, after: str | None) -> News:
        async with self.session() as db:
            return await source.read(db, key.partition(":")[2], after)

    def _ended(self, pair: tuple[str, str | None], done: asyncio.Task[News]) -> None:
        if self._under_way.get(pair) is done:
            del self._under_way[pair]
        if not done.cancelled():
            done.exception()  # whoever waited was told; nobody may have
