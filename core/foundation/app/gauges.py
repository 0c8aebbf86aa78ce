"""Tells the metrics of a worker what it stands on, now and then, and never in a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError

from foundation.app.parts import Parts
from foundation.beside import running_beside
from foundation.cache import RedisCache
from foundation.db.engine import Database
from foundation.db.standing import read_recorded
from foundation.errors import FoundationError
from foundation.telemetry.resources import set_pool, set_redis, set_schemas

EVERY_S, TABLES_EVERY_S = 5.0, 60.0


@asynccontextmanager
async def gauging(parts: Parts, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Tell the metrics until the block ends."""
    tables = _keep_telling_of_tables(parts.database, TABLES_EVERY_S)
    async with running_beside(_keep_telling(parts, every_s), tables):
        yield


async def _keep_telling(parts: Parts, every_s: float) -> None:
    while True:
        tell(parts)
        await asyncio.sleep(every_s)


async def _keep_telling_of_tables(database: Database, every_s: float) -> None:
    """Tell where the tables are, which a migration may change under a worker that goes on."""
    while True:
        with suppress(FoundationError, DBAPIError):  # away: the part "database" says so
            async with database.reading() as db:
                found = await read_recorded(db)
            set_schemas({owner: recorded.revision for owner, recorded in found.items()})
        await asyncio.sleep(every_s)


def tell(parts: Parts) -> None:
    """Tell of the connections and of Redis, as they are now."""
    used, idle, room = parts.database.connections()
    set_pool(used=used, idle=idle, room=room, waiting=parts.database.waiting())
    if isinstance(parts.cache, RedisCache):
        set_redis(is_open=parts.cache.breaker.is_open)
