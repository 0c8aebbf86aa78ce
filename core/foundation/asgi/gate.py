"""The gate: how many units of work a worker takes at once, counted until their tasks end."""

import asyncio
from typing import Any

from foundation.telemetry import metrics


class Gate:
    """Has *places*; a request leaves its place when it and all that outlives it has ended.

    A task that goes on after its client left still uses a connection to the database, so
    counting requests alone would let in more work than there are connections.
    """

    def __init__(self, places: int = 64) -> None:
        self._places = places
        self._taken = 0
        self.was_cut = False
        """Whether the end of a drain took a request away before it was answered."""
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def taken(self) -> int:
        """The units of work under way."""
        return self._taken

    def enter(self) -> bool:
        """Take a place; False when there is none."""
        if self._taken >= self._places:
            return False
        self._taken += 1
        self._empty.clear()
        metrics.set_in_flight(self._taken)
        return True

    def leave(self, units: set[asyncio.Task[Any]]) -> None:  # tasks of any result
        """Give the place back, once every one of *units* has ended."""
        left = set(units)

        def ended(task: asyncio.Task[Any]) -> None:
            left.discard(task)
            if not left:
                self._release()

        if not left:
            self._release()
        for task in units.copy():
            task.add_done_callback(ended)

    async def empty(self) -> None:
        """Wait until nothing is under way."""
        await self._empty.wait()

    def _release(self) -> None:
        self._taken -= 1
        metrics.set_in_flight(self._taken)
        if not self._taken:
            self._empty.set()
