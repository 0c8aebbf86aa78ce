"""How often somebody may do something: paced in Redis, or here; counted in PostgreSQL by the day.

A pace is GCRA: a burst of *most*, refilled evenly. Without Redis each worker gives its part of
it. A rate over an hour or more is counted in PostgreSQL, because a restart must not forget it.
There is no account lock: that would be a way to shut somebody out.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert

from foundation.auth.models import RateCount
from foundation.auth.principal import Principal
from foundation.cache import Cache
from foundation.db.engine import Database
from foundation.errors import TooMany

DURABLE = timedelta(hours=1)
MOST_LOCAL = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most *most* in *per*, for each user, each address, or for all together."""

    name: str
    most: int
    per: timedelta
    by: Literal["user", "address", "all"] = "user"

    @property
    def is_durable(self) -> bool:
        """Whether it is counted in the database."""
        return self.per >= DURABLE


class Bucket:
    """The local pace of one process, where no Redis keeps it."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._full_at: dict[str, float] = {}

    def pace(self, key: str, *, interval_s: float, burst: int, cost: int) -> float:
        """Take *cost* of a burst; return how long to wait, 0 when it was given."""
        now = self._now()
        full_at = max(self._full_at.get(key, now), now)
        wait = full_at + interval_s * max(cost, 1) - burst * interval_s - now
        if wait > 1e-9:
            return wait
        if cost:
            self._make_room(now)
            self._full_at[key] = full_at + interval_s * cost
        return 0.0

    def _make_room(self, now: float) -> None:
        if len(self._full_at) >= MOST_LOCAL:
            self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        if len(self._full_at) >= MOST_LOCAL:
            self._full_at.clear()  # so many strangers at once: begin anew rather than grow


class Limiter:
    """Gives or refuses; one object for each process. *scale* widens the paces, for development."""

    def __init__(
        self,
        database: Database,
        cache: Cache,
        *,
        workers: int,
        now: Callable[[], float],
        scale: int = 1,
    ) -> None:
        self._database = database
        self._cache = cache
        self._workers = workers
        self._scale = scale
        self._bucket = Bucket(now)

    async def take(self, rate: Rate, *, principal: Principal, address: str) -> None:
        """Count one of *rate*; raises `TooMany` with how long to wait."""
        who = _whose(rate, principal, address)
        if rate.is_durable:
            wait = await self._counted(rate, who)
        else:
            wait = await self._paced(rate, who, cost=1)
        if wait > 0:
            raise _too_many(rate, wait)

    async def look(self, rate: Rate, *, principal: Principal, address: str) -> None:
        """Raise `TooMany` if nothing is left of *rate*, and count nothing."""
        wait = await self._paced(rate, _whose(rate, principal, address), cost=0)
        if wait > 0:
            raise _too_many(rate, wait)

    async def _paced(self, rate: Rate, who: str, *, cost: int) -> float:
        most = rate.most * self._scale
        key = f"pace:{rate.name}:{who}"
        interval_s = rate.per.total_seconds() / most
        wait = await self._cache.pace(key, interval_s=interval_s, burst=most, cost=cost)
        if wait is not None:
            return wait
        part = max(1, most // self._workers)
        interval_s = rate.per.total_seconds() / part
        return self._bucket.pace(key, interval_s=interval_s, burst=part, cost=cost)

    async def _counted(self, rate: Rate, who: str) -> float:
        """Count in a window that begins with its first; return how long until the next.

        Raises `Unavailable` when the database is away: what cannot be counted is not given.
        """
        rows = RateCount
        over = rows.until <= func.now()
        first = insert(rows).values(name=rate.name, key=who, count=1, until=func.now() + rate.per)
        again = first.on_conflict_do_update(
            index_elements=[rows.name, rows.key],
            set_={
                "count": case((over, 1), else_=rows.count + 1),
                "until": case((over, func.now() + rate.per), else_=rows.until),
            },
            where=over | (rows.count < rate.most),
        ).returning(rows.count)
        async with self._database.transaction() as db:
            if (await db.execute(again)).first() is not None:
                return 0.0
            left = select(func.extract("epoch", rows.until - func.now()))
            mine = left.where(rows.name == rate.name, rows.key == who)
            return max(1.0, float((await db.execute(mine)).scalar_one()))


def _whose(rate: Rate, principal: Principal, address: str) -> str:
    if rate.by == "all":
        return "all"
    if rate.by == "user" and principal.id is not None:
        return str(principal.id)
    # A hash, because an address is about a person and a shared Redis is read by others.
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def _too_many(rate: Rate, wait: float) -> TooMany:
    seconds = max(1, math.ceil(wait))
    return TooMany(
        f"{rate.name}: wait {seconds} s and try again", headers={"Retry-After": str(seconds)}
    )
