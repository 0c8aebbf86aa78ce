"""A pool tells how long a connection was waited for, and counts those who wait."""

import asyncio

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from foundation.db.address import engine_url
from foundation.db.engine import Database
from foundation.db.pool import observed


@pytest.fixture
async def narrow(database_url):
    """An engine of one connection whose pool notes what it tells."""
    told: list[tuple[float, bool]] = []
    engine = create_async_engine(
        engine_url(database_url),
        poolclass=observed(lambda seconds, in_vain: told.append((seconds, in_vain))),
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
    )
    yield engine, told
    await engine.dispose()


async def test_each_connection_is_told_with_the_time_it_took(narrow):
    engine, told = narrow
    for _ in range(2):
        async with engine.connect():
            assert engine.pool.waiting == 0

    assert [in_vain for _, in_vain in told] == [False, False]
    assert all(seconds >= 0 for seconds, _ in told)


async def test_who_waits_is_counted_until_a_connection_is_free(narrow):
    engine, told = narrow

    async def ask():
        async with engine.connect():
            pass

    async with engine.connect():
        others = [asyncio.create_task(ask()) for _ in range(3)]
        await asyncio.sleep(0)
        assert engine.pool.waiting == 3
    await asyncio.gather(*others)

    assert engine.pool.waiting == 0
    assert len(told) == 4


async def test_a_wait_in_vain_is_told_as_one(narrow):
    engine, told = narrow
    async with engine.connect():
        engine.pool._timeout = 0.01
        with pytest.raises(PoolTimeout):
            async with engine.connect():
                pass

    assert [in_vain for _, in_vain in told] == [False, True]
    assert engine.pool.waiting == 0


async def test_who_gives_up_waiting_is_counted_no_more(narrow):
    engine, told = narrow
    async with engine.connect():
        other = asyncio.create_task(engine.connect().start())
        await asyncio.sleep(0)
        assert engine.pool.waiting == 1
        other.cancel()
        await asyncio.wait([other])

    assert engine.pool.waiting == 0
    assert [in_vain for _, in_vain in told] == [False, False]


async def test_a_database_hands_on_what_its_pool_tells(database_url):
    told = []
    database = Database(database_url, checkout=lambda *one: told.append(one))
    try:
        await database.ping()
        async with database.transaction() as db:
            await db.connection()
            assert database.waiting() == 0
    finally:
        await database.dispose()

    assert len(told) == 2
