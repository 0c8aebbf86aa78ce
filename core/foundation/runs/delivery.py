"""The port to whatever carries runs to workers, and what of it rides in a transaction."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.runs.models import Run

Deliver = Callable[[UUID, int], Awaitable[None]]
"""Called with a run and the attempt that is expected of it; returns when that has ended."""


class Delivery(Protocol):
    """Carries deliveries to a worker; it may lose or repeat them, the claim sees to the rest."""

    async def serve(self, deliver: Deliver, *, queues: Sequence[str], slots: int) -> None:
        """Hand deliveries to *deliver*, at most *slots* at once, until `stop`."""

    async def stop(self) -> None:
        """Take no more deliveries, and let `serve` return when those under way have ended."""


async def deliver(db: AsyncSession, run: Run, *, at: datetime | None = None) -> None:
    """Have the next attempt of *run* delivered, at once or at *at*, if this transaction commits."""
    asked = func.foundation.run_deliver(run.id, run.attempt, run.queue, run.priority, at)
    await _note(db, run.id, delivery_ref=await db.scalar(select(asked)), delivered_at=func.now())


async def withdraw(db: AsyncSession, ref: int | None) -> None:
    """Take a delivery back, if this transaction commits."""
    if ref is not None:
        await db.execute(select(func.foundation.run_withdraw(ref)))


async def _note(db: AsyncSession, id: UUID, **values: Any) -> None:  # columns of Run
    await db.execute(
        update(Run)
        .where(Run.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
