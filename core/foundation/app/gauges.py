"""Tells the metrics of a worker what it stands on, every few seconds, and never in a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from foundation.app.parts import Parts
from foundation.beside import running_beside
from foundation.cache import RedisCache
from foundation.telemetry.resources import set_pool, set_redis

EVERY_S = 5.0


@asynccontextmanager
async def gauging(parts: Parts, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Tell the metrics until the block ends."""
    async with running_beside(_keep_telling(parts, every_s)):
        yield


async def _keep_telling(parts: Parts, every_s: float) -> None:
    while True:
        tell(parts)
        await asyncio.sleep(every_s)


def tell(parts: Parts) -> None:
    """Tell of the connections and of Redis, as they are now."""
    used, idle, room = parts.database.connections()
    set_pool(used=used, idle=idle, room=room)
    if isinstance(parts.cache, RedisCache):
        set_redis(is_open=parts.cache.breaker.is_open)
