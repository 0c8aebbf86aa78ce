"""A cache that waits for a slow machine: for tests of what it keeps, not of how soon it gives up."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import BlockingConnectionPool

from foundation.cache import RedisCache, build_cache
from foundation.settings import Settings

T = TypeVar("T")
LONG_S = 60.0


class PatientCache(RedisCache):
    """Gives each command a minute; one that is refused is over at once all the same."""

    async def _call(
        self, ask: Callable[[], Awaitable[T]], *, otherwise: T, within_s: float = LONG_S
    ) -> T:
        return await super()._call(ask, otherwise=otherwise, within_s=max(within_s, LONG_S))


def patient_cache(settings: Settings) -> PatientCache:
    """Return the cache that *settings* name, without its hurry."""
    built = build_cache(settings)
    assert isinstance(built, RedisCache)
    pool = built._redis.connection_pool
    assert isinstance(pool, BlockingConnectionPool)
    pool.connection_kwargs |= {"socket_timeout": LONG_S, "socket_connect_timeout": LONG_S}
    pool.timeout = LONG_S
    return PatientCache(built._redis, prefix=built._prefix)
