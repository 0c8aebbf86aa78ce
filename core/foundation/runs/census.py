"""A census of runs: how many wait in each queue, since when, and how many workers are alive."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.runs.models import Run, WorkerRow
from foundation.runs.pace import Pace


@dataclass(frozen=True, slots=True)
class Census:
    """By the name of each queue, how many runs are due there and how long the first has waited."""

    queues: dict[str, tuple[int, float]]
    executors: int


async def census(db: AsyncSession, pace: Pace | None = None) -> Census:
    """Count what is due and who could do it, by the time of the database.

    Queues that workers listen to and those of the last day are named, with 0 when nothing waits,
    so that a queue does not vanish from a graph as soon as it is empty.
    """
    silent = timedelta(seconds=(pace or Pace()).dead_after)
    due = func.greatest(Run.delivered_at, Run.not_before)
    waiting = (
        select(
            Run.queue,
            func.count(),
            func.extract("epoch", func.now() - func.min(due)),
        )
        .where(Run.finished_at.is_(None), Run.state == "queued", due <= func.now())
        .group_by(Run.queue)
    )
    alive = select(WorkerRow.queues).where(WorkerRow.heartbeat_at > func.now() - silent)
    listening = (await db.scalars(alive)).all()
    queues = {queue: (0, 0.0) for names in ([["default"]], listening) for n in names for queue in n}
    for queue, depth, seconds in await db.execute(waiting):
        queues[queue] = (depth, max(0.0, float(seconds)))
    return Census(queues, len(listening))
