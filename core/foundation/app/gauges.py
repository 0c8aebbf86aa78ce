"""Tells the metrics of a worker what it stands on, every few seconds, and never in a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError

from foundation.app.parts import Parts
from foundation.cache import RedisCache
from foundation.errors import FoundationError
from foundation.runs.census import census
from foundation.telemetry.resources import set_pool, set_redis, set_runs

EVERY_S = 5.0
RUNS_EVERY = 3
"""The runs are counted at each third turn: that is a statement, the rest is not."""


@asynccontextmanager
async def gauging(parts: Parts, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Tell the metrics until the block ends."""
    task = asyncio.create_task(_keep_telling(parts, every_s))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_telling(parts: Parts, every_s: float) -> None:
    turn = 0
    while True:
        tell(parts)
        if turn % RUNS_EVERY == 0:
            with suppress(FoundationError, DBAPIError):  # readiness says that it is away
                await tell_runs(parts)
        turn += 1
        await asyncio.sleep(every_s)


def tell(parts: Parts) -> None:
    """Tell of the connections and of Redis, as they are now."""
    used, idle, room = parts.database.connections()
    set_pool(used=used, idle=idle, room=room)
    if isinstance(parts.cache, RedisCache):
        set_redis(is_open=parts.cache.breaker.is_open)


async def tell_runs(parts: Parts) -> None:
    """Count the runs that wait and tell of them."""
    async with parts.database.reading() as db:
        counted = await census(db)
    set_runs(queues=counted.queues, executors=counted.executors)
