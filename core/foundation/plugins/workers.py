"""Which plan each worker runs: a digest of its plugins, told to the ledger while it lives."""

import hashlib
import os
import socket
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.plugins.models import WorkerRow
from foundation.plugins.registry import Registry, State

EVERY_S = 20.0
LIVE = timedelta(seconds=60)
"""For how long a worker that says nothing counts as alive."""


def plan_digest(registry: Registry) -> str:
    """Return a short name for just these plugins in these versions, switched on or off."""
    lines = [
        f"{one.id} {one.dist} {one.version} {one.state is not State.DISABLED}"
        for one in registry.plugins
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def this_worker() -> str:
    """Return what this process is called among the workers of all machines."""
    return f"{socket.gethostname()}:{os.getpid()}"


async def tell_plan(db: AsyncSession, plan: str, *, worker: str) -> None:
    """Note that *worker* lives and runs *plan*; those long silent are forgotten."""
    await db.execute(delete(WorkerRow).where(WorkerRow.seen_at < func.now() - 10 * LIVE))
    row = insert(WorkerRow).values(worker=worker, plan=plan, seen_at=func.now())
    fresh = {"plan": plan, "seen_at": func.now()}
    await db.execute(row.on_conflict_do_update(index_elements=["worker"], set_=fresh))


async def forget_plan(db: AsyncSession, *, worker: str) -> None:
    """Take *worker*, which ends, out of the ledger."""
    await db.execute(delete(WorkerRow).where(WorkerRow.worker == worker))


async def live_workers(db: AsyncSession) -> Mapping[str, str]:
    """Return the plan of each worker that lives, by the worker's name."""
    alive = select(WorkerRow).where(WorkerRow.seen_at >= func.now() - LIVE)
    return {row.worker: row.plan for row in await db.scalars(alive.order_by(WorkerRow.worker))}
