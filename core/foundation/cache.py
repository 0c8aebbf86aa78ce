"""The cache: a shared Redis that may be slow, empty, stale or away without anybody noticing.

A read that fails is a miss and a write that fails is lost; nothing here raises. After a few
failures a breaker stops asking for a while, so that an absent Redis costs no time either.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout

from foundation import tls
from foundation.settings import Settings

T = TypeVar("T")

CALL_S = 0.25
"""How long one command may take, its connection included."""

_LATE = (TimeoutError, RedisTimeout)


_GCRA = """
local interval, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = full + interval * math.max(cost, 1) - burst * interval - now
if wait > 0.000001 then return string.format('%.6f', wait) end
if cost > 0 then
  full = full + interval * cost
  local life = math.ceil((full - now) * 1000) + 1000
  redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', life)
end
return '0'
"""
"""The generic cell rate algorithm: what is kept is the moment at which the burst is whole again."""


class Cache(Protocol):
    """Keeps short values for a while, or not."""

    async def get(self, *keys: str, within_s: float = CALL_S) -> list[bytes | None]:
        """Return the value of each key; None for each that is absent or could not be read."""

    async def put(self, key: str, value: bytes, *, ttl_s: int) -> bool:
        """Keep a value for *ttl_s* seconds; False when that did not work."""

    async def drop(self, *keys: str) -> bool:
        """Forget these keys; False when that did not work."""

    async def pace(self, key: str, *, interval_s: float, burst: int, cost: int) -> float | None:
        """Take *cost* of a burst that refills by one each interval (GCRA).

        Returns the seconds to wait, 0 when it was given, and None when nobody knows.
        """

    async def ping(self) -> bool:
        """Tell whether it answers now."""

    async def close(self) -> None:
        """Let go of all connections."""


class NoCache:
    """The cache of a Foundation without Redis: every read is a miss."""

    async def get(self, *keys: str, within_s: float = CALL_S) -> list[bytes | None]:
        """Return nothing for each key."""
        del within_s
        return [None] * len(keys)

    async def put(self, key: str, value: bytes, *, ttl_s: int) -> bool:
        """Keep nothing."""
        del key, value, ttl_s
        return False

    async def drop(self, *keys: str) -> bool:
        """Forget nothing."""
        del keys
        return True

    async def pace(self, key: str, *, interval_s: float, burst: int, cost: int) -> float | None:
        """Know nothing."""
        del key, interval_s, burst, cost
        return None

    async def ping(self) -> bool:
        """There is nothing to be away."""
        return True

    async def close(self) -> None:
        """There is nothing to let go of."""


class Breaker:
    """Opens after *most* failures within *window_s*; then lets one probe through each *probe_s*."""

    def __init__(self, *, most: int = 3, window_s: float = 5.0, probe_s: float = 2.0) -> None:
        self._failures: deque[float] = deque(maxlen=most)
        self._window_s = window_s
        self._probe_s = probe_s
        self._next_probe: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._next_probe is not None

    def allows(self, now: float) -> bool:
        """Tell whether a call may be made at *now*; saying yes while open books the probe."""
        if self._next_probe is None:
            return True
        if now < self._next_probe:
            return False
        self._next_probe = now + self._probe_s
        return True

    def worked(self) -> None:
        """A call worked: close."""
        self._failures.clear()
        self._next_probe = None

    def failed(self, now: float) -> None:
        """A call failed at *now*: open if that was one too many."""
        self._failures.append(now)
        full = len(self._failures) == self._failures.maxlen
        if full and now - self._failures[0] <= self._window_s:
            self._next_probe = now + self._probe_s


class RedisCache:
    """A cache in a Redis that is shared with others: every key starts with *prefix*.

    *count* is told how each command ended: ``ok``, ``error``, ``timeout``, or ``held`` when the
    breaker kept it back.
    """

    def __init__(
        self, redis: Redis, *, prefix: str, count: Callable[[str], None] = lambda _: None
    ) -> None:
        self._redis = redis
        self._prefix = prefix
        self._count = count
        self.breaker = Breaker()

    async def get(self, *keys: str, within_s: float = CALL_S) -> list[bytes | None]:
        """Return the value of each key; None for each that is absent or could not be read."""
        names = [self._prefix + key for key in keys]
        nothing: list[bytes | None] = [None] * len(keys)
        # redis types an answer as text too, which it is only with decode_responses.
        ask = cast("Callable[[], Awaitable[list[bytes | None]]]", lambda: self._redis.mget(names))
        return await self._call(ask, otherwise=nothing, within_s=within_s)

    async def put(self, key: str, value: bytes, *, ttl_s: int) -> bool:
        """Keep a value for *ttl_s* seconds; False when that did not work."""
        kept = await self._call(
            lambda: self._redis.set(self._prefix + key, value, ex=ttl_s), otherwise=None
        )
        return kept is not None

    async def drop(self, *keys: str) -> bool:
        """Forget these keys; False when that did not work."""
        names = [self._prefix + key for key in keys]
        return await self._call(lambda: self._redis.delete(*names), otherwise=-1) >= 0

    async def pace(self, key: str, *, interval_s: float, burst: int, cost: int) -> float | None:
        """Take *cost* of a burst, by the clock of the server, in one step for all workers."""
        given = (str(interval_s), str(burst), str(cost))
        ask = cast(
            "Callable[[], Awaitable[bytes | None]]",
            lambda: self._redis.eval(_GCRA, 1, self._prefix + key, *given),
        )
        wait = await self._call(ask, otherwise=None)
        return None if wait is None else float(wait)

    async def ping(self) -> bool:
        """Tell whether it answers now; an open breaker answers for it."""
        # A key of ours: a user of a shared Redis may not even ask for another.
        name = self._prefix + "ping"
        return await self._call(lambda: self._redis.mget(name), otherwise=None) is not None

    async def close(self) -> None:
        """Let go of all connections."""
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    async def _call(
        self, ask: Callable[[], Awaitable[T]], *, otherwise: T, within_s: float = CALL_S
    ) -> T:
        loop = asyncio.get_running_loop()
        if not self.breaker.allows(loop.time()):
            self._count("held")
            return otherwise
        deadline = _Deadline(loop, within_s)
        try:
            async with deadline.limit:
                answer = await ask()
        except (RedisError, OSError, TimeoutError) as fault:
            # Its text may hold the URL with the password, so nobody looks at it.
            self.breaker.failed(loop.time())
            self._count("timeout" if isinstance(fault, _LATE) else "error")
            return otherwise
        finally:
            deadline.cancel()
        self.breaker.worked()
        self._count("ok")
        return answer


class _Deadline:
    """A limit of time that lets what has arrived by then be read first.

    A worker with much to do is late itself. With `asyncio.timeout` it takes its own delay for an
    absent Redis, throws the connection away, opens the breaker, and has even more to do.
    """

    LOOKS = 3
    """Turns of the loop: one reads the answer, the next wakes who waits for it, whose turn ends."""

    def __init__(self, loop: asyncio.AbstractEventLoop, within_s: float) -> None:
        self.limit = asyncio.timeout(None)
        self._loop = loop
        self._looks = self.LOOKS
        self._handle: asyncio.Handle = loop.call_later(within_s, self._look)

    def cancel(self) -> None:
        """Let it be: there is an answer, or a fault."""
        self._handle.cancel()

    def _look(self) -> None:
        if self._looks == 0:
            self.limit.reschedule(self._loop.time())
            return
        self._looks -= 1
        self._handle = self._loop.call_soon(self._look)


def build_cache(settings: Settings, *, count: Callable[[str], None] = lambda _: None) -> Cache:
    """Return the cache that the settings name; nothing is connected yet.

    *count* is told how each command to Redis ended.
    """
    if settings.redis_url is None:
        return NoCache()
    url = settings.redis_url.reveal()
    pool = BlockingConnectionPool.from_url(
        url,
        **({"ssl_min_version": tls.OLDEST} if url.startswith("rediss:") else {}),
        max_connections=20,
        timeout=CALL_S,
        socket_timeout=CALL_S,
        socket_connect_timeout=CALL_S,
        health_check_interval=15,
        retry=Retry(NoBackoff(), 1),
    )
    redis = Redis(connection_pool=pool)
    return RedisCache(redis, prefix=f"fnd:{settings.environment}:", count=count)
