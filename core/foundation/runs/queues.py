"""How the queues stand: what waits in each, how long already, and who is there to do it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.runs.models import Run, WorkerRow
from foundation.runs.pace import Pace

DEAD_AFTER_S, LATE_S = Pace().dead_after, 120.0
"""How long a run that is due may wait before somebody should look."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: *waiting* runs are due, the oldest since *oldest_s*; *slots* are alive."""

    name: str
    waiting: int
    oldest_s: float
    slots: int

    @property
    def problem(self) -> str:
        """What is wrong with it, or nothing."""
        if self.waiting and not self.slots:
            return f"{self.waiting} wait in {self.name}, where no run worker is"
        if self.oldest_s > LATE_S:
            return f"a run has waited {_told(self.oldest_s)} in {self.name}"
        return ""


def _told(seconds: float) -> str:
    """Return a time in the largest unit that fits, whose name is the same in other languages."""
    for size, unit in ((3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


async def queues(db: AsyncSession, *, dead_after_s: float = DEAD_AFTER_S) -> list[Queue]:
    """Return every queue in which something waits or somebody works; the default one always."""
    now = func.clock_timestamp()
    since = func.coalesce(Run.not_before, Run.created_at)
    due = or_(Run.not_before.is_(None), Run.not_before <= now)
    waiting = await db.execute(
        select(
            Run.queue,
            func.count(),
            func.coalesce(func.extract("epoch", now - func.min(since)), 0),
        )
        .where(Run.finished_at.is_(None), Run.state == "queued", due)
        .group_by(Run.queue)
    )
    found = {"default": (0, 0.0)} | {name: (n, float(age)) for name, n, age in waiting}
    alive = WorkerRow.heartbeat_at > now - timedelta(seconds=dead_after_s)
    slots: dict[str, int] = {}
    workers = select(WorkerRow.queues, WorkerRow.slots).where(alive, WorkerRow.draining.is_(False))
    for names, count in await db.execute(workers):
        for name in names:
            slots[name] = slots.get(name, 0) + count
            found.setdefault(name, (0, 0.0))
    return [Queue(name, *found[name], slots.get(name, 0)) for name in sorted(found)]
