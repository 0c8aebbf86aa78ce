"""Seats: how many streams a person and a worker have at once, counted over all workers."""

import asyncio
import hashlib
import weakref
from collections.abc import Callable
from functools import partial
from typing import Protocol
from uuid import UUID

from foundation.errors import TooMany

A_PERSON, A_WORKER = 6, 200
WAIT_S = "5"


class Locks(Protocol):
    """Locks that every worker sees, and that go with whoever holds them."""

    async def hold(self, key: int) -> bool | None:
        """Take a lock; None when nobody can tell now."""

    async def let_go(self, key: int) -> None:
        """Give it back."""


class Seat:
    """One stream's seat; `leave` gives it back, and so does whoever forgets it."""

    def __init__(self, leave: Callable[[], None]) -> None:
        # A stream whose client leaves before it begins is never run, so never ends by itself.
        self.leave = weakref.finalize(self, leave)


class Seats:
    """Gives seats; a person's are locks in the database, so a dead worker's are free at once."""

    def __init__(self, locks: Locks, *, a_person: int = A_PERSON, a_worker: int = A_WORKER) -> None:
        self._locks = locks
        self._a_person = a_person
        self._a_worker = a_worker
        self._mine: set[int] = set()
        self._letting_go: set[asyncio.Task[None]] = set()

    async def take(self, person: UUID) -> Seat:
        """Return a seat; raises `TooMany` when the person, or this worker, has no more."""
        if len(self._mine) >= self._a_worker:
            raise TooMany("too many pages are followed here", headers={"Retry-After": WAIT_S})
        for number in range(self._a_person):
            key = _key(person, number)
            if key in self._mine:
                continue
            self._mine.add(key)  # before the wait: another stream must not get it too
            if await self._locks.hold(key) is not False:
                return Seat(partial(self._left, key))
            self._mine.discard(key)
        raise TooMany(
            f"at most {self._a_person} streams at once; close a tab",
            headers={"Retry-After": WAIT_S},
        )

    def _left(self, key: int) -> None:
        self._mine.discard(key)
        try:
            task = asyncio.get_running_loop().create_task(self._locks.let_go(key))
        except RuntimeError:  # the process ends, and its locks with it
            return
        self._letting_go.add(task)
        task.add_done_callback(self._letting_go.discard)


def _key(person: UUID, number: int) -> int:
    """Return the lock of a person's seat, as the signed 64 bits that PostgreSQL takes."""
    digest = hashlib.sha256(f"foundation/live/{person}/{number}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
