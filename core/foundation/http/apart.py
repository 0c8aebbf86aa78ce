"""A transaction of its own: for an event that must stand whatever becomes of the request.

The use of a secret is told before its value is handed over, and a value that did not open is
told although the request fails and is undone.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from foundation.audit import guard
from foundation.audit.events import Event
from foundation.db.engine import Database
from foundation.http.context import Context
from foundation.ports import Port

Recorder = Callable[[Context, Event], None]


@dataclass(frozen=True, slots=True)
class Apart:
    """Opens transactions beside the one of *ctx*, for the same principal and plugin."""

    ctx: Context
    database: Database
    recorder: Recorder

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Context]:
        """Give a context with a session of its own, committed at the end of the block.

        It takes a second connection: keep it short, and lock nothing the request has locked.
        """
        async with self.database.transaction() as db:
            guard.watch(db)
            yield replace(self.ctx, db=db, recorder=self.recorder)


apart = Port[Apart]("core.apart", 1)
"""What must stand even if the request is undone."""
