"""Reads for many streams: once for all who want the same, and never an old one for a new wake."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from foundation.live.reader import AT_ONCE, Reader
from foundation.live.said import News


class Database:
    def __init__(self):
        self.open, self.most = 0, 0

    @asynccontextmanager
    async def reading(self):
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            yield self
        finally:
            self.open -= 1


class Source:
    def __init__(self):
        self.reads, self.go = 0, asyncio.Event()

    async def read(self, db, ref, after):
        self.reads += 1
        await self.go.wait()
        if ref == "bad":
            raise RuntimeError(ref)
        return News((), ref)


async def test_many_who_want_the_same_read_once():
    source = Source()
    reader = Reader(Database(), {"audit": source})
    waiting = [asyncio.create_task(reader.read(source, "audit", "1.1")) for _ in range(50)]
    await asyncio.sleep(0)
    source.go.set()
    await asyncio.gather(*waiting)

    assert source.reads == 1


async def test_a_wake_makes_the_next_read_a_new_one():
    source = Source()
    reader = Reader(Database(), {"audit": source})
    first = asyncio.create_task(reader.read(source, "audit", None))
    await asyncio.sleep(0)
    reader.forget("audit")
    second = asyncio.create_task(reader.read(source, "audit", None))
    await asyncio.sleep(0)
    source.go.set()
    await asyncio.gather(first, second)

    assert source.reads == 2


async def test_streams_have_few_connections_and_a_failed_read_is_told_to_who_waits():
    source, database = Source(), Database()
    reader = Reader(database, {"x.y:": source})
    asked = [asyncio.create_task(reader.read(source, f"x.y:{n}", None)) for n in range(9)]
    bad = asyncio.create_task(reader.read(source, "x.y:bad", None))
    await asyncio.sleep(0.05)
    source.go.set()

    assert [news.place for news in await asyncio.gather(*asked)] == [str(n) for n in range(9)]
    assert database.most == AT_ONCE
    with pytest.raises(RuntimeError):
        await bad


def test_a_source_is_for_a_whole_topic_or_for_one_thing():
    source = Source()
    reader = Reader(Database(), {"audit": source, "runs.run:": source})

    assert reader.source_of("audit") is source
    assert reader.source_of("runs.run:7") is source
    assert reader.source_of("runs.run") is None
    assert reader.source_of("feed.row") is None
