"""How far each sink is behind the trail, for health, metrics and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import EpochRow, HeadRow, LeafRow, SinkRow
from foundation.audit.sinks.story import Place
from foundation.db.engine import Database
from foundation.telemetry.keeping import set_sink

LATE_S = 300.0


@dataclass(frozen=True, slots=True)
class SinkStanding:
    """*behind* events are not handed on yet, the oldest of them since *since*."""

    name: str
    place: Place
    behind: int
    since: datetime | None
    failures: int
    paused_until: datetime | None
    last_error: str | None

    def late_s(self, now: datetime) -> float:
        """Return how old the oldest event is that was not handed on."""
        return max((now - self.since).total_seconds(), 0.0) if self.since else 0.0


async def standings(db: AsyncSession, names: Sequence[str] | None = None) -> list[SinkStanding]:
    """Return how the sinks *names* are, or all that ever were."""
    asked = select(SinkRow).order_by(SinkRow.name)
    if names is not None:
        asked = asked.where(SinkRow.name.in_(names))
    rows = (await db.scalars(asked)).all()
    return [await _standing(db, row) for row in rows]


async def _standing(db: AsyncSession, row: SinkRow) -> SinkStanding:
    epochs = (await db.scalars(select(EpochRow.epoch).where(EpochRow.epoch >= row.epoch))).all()
    behind = -row.next_leaf
    for epoch in epochs:
        size = select(func.max(HeadRow.tree_size)).where(HeadRow.epoch == epoch)
        behind += await db.scalar(size) or 0
    oldest = (
        select(LeafRow.occurred_at)
        .where(LeafRow.epoch == row.epoch, LeafRow.leaf_index == row.next_leaf)
    )  # fmt: skip
    return SinkStanding(
        row.name,
        Place(row.epoch, row.next_leaf),
        max(behind, 0),
        await db.scalar(oldest),
        row.failures,
        row.paused_until,
        row.last_error,
    )


async def problem_of(database: Database, names: Sequence[str], *, now: datetime) -> str:
    """Return what is wrong with the sinks *names*, or nothing; the metrics learn it too."""
    async with database.reading() as db:
        found = await standings(db, names)
    problems = list[str]()
    for each in found:
        late = each.late_s(now)
        set_sink(each.name, behind=each.behind, late=late)
        if each.failures:
            problems.append(f"{each.name}: {each.last_error}; {each.behind} events wait")
        elif late > LATE_S:
            problems.append(f"{each.name}: {each.behind} events wait, since {late:.0f} s")
    return "; ".join(problems)
