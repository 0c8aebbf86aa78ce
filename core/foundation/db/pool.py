"""A pool that tells how long each of its connections was waited for, and how many wait now."""

import time
from collections.abc import Callable

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolProxiedConnection

Observe = Callable[[float, bool], None]
"""Told of each connection asked for: the seconds it took, and whether it was in vain."""


class WatchedPool(AsyncAdaptedQueuePool):
    """Counts who waits; `observed` makes the class whose pools also tell somebody."""

    _waiting = 0
    _observe: Observe | None = None

    @property
    def waiting(self) -> int:
        """How many wait now, until a connection is free or has been opened."""
        return self._waiting

    def connect(self) -> PoolProxiedConnection:
        """Return a connection; raises SQLAlchemy's `TimeoutError` when none was free in time."""
        began, in_vain = time.perf_counter(), False
        self._waiting += 1
        try:
            return super().connect()
        except PoolTimeout:
            in_vain = True
            raise
        finally:
            self._waiting -= 1
            if self._observe is not None:
                self._observe(time.perf_counter() - began, in_vain)


def observed(observe: Observe | None) -> type[WatchedPool]:
    """Return the class of pools that tell *observe*; an engine makes its pool of a class."""

    class Observed(WatchedPool):
        """A pool that tells."""

        _observe = staticmethod(observe) if observe is not None else None

    return Observed
