"""The sweeper: what nobody else looks after. Every worker has one; they take turns."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, delete, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from foundation.runs import moves
from foundation.runs.delivery import deliver
from foundation.runs.models import Attempt, Run, WorkerRow
from foundation.runs.moves import Record
from foundation.runs.pace import Pace
from foundation.runs.states import BUSY
from foundation.telemetry.resources import tell_lead
from foundation.telemetry.runs import count_run

LOCK = 0x464E44_0007
MOST = 50
"""Runs looked after in one transaction; the next turn takes the rest."""


@dataclass(slots=True)
class Swept:
    """What one turn did."""

    lost: int = 0
    late: int = 0
    delivered: int = 0


async def sweep(db: AsyncSession, record: Record, *, pace: Pace) -> Swept | None:
    """Do one turn in the transaction of *db*; None when another worker is at it."""
    if not await db.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
        return None
    tell_lead("sweeper")
    swept = Swept()
    for run in await _orphans(db, pace):
        count_run(run.plugin, run.kind, await moves.lose(db, record, run=run), None)
        swept.lost += 1
    for run in await _late(db):
        await moves.begin_to_cancel(db, record, run=run, reason="timeout")
        swept.late += 1
    for run in await _undelivered(db, pace):
        await deliver(db, run)
        swept.delivered += 1
    await _forget_workers(db)
    # What a dead worker had taken from the engine, and nobody will give back.
    await db.execute(select(func.foundation.run_tidy()))
    return swept


async def _orphans(db: AsyncSession, pace: Pace) -> list[Run]:
    """Return runs under way whose worker has not beaten for too long, by the database's time."""
    alive = func.clock_timestamp() - timedelta(seconds=pace.dead_after)
    live = exists().where(WorkerRow.id == Attempt.worker_id, WorkerRow.heartbeat_at > alive)
    rows = await db.scalars(
        select(Run)
        .join(Attempt, and_(Attempt.run_id == Run.id, Attempt.number == Run.attempt))
        .where(Run.state.in_(BUSY), ~live)
        .limit(MOST)
        .with_for_update(of=Run, skip_locked=True)
    )
    return list(rows)


async def _late(db: AsyncSession) -> list[Run]:
    due = Run.started_at + Run.timeout_s * text("interval '1 second'")
    rows = await db.scalars(
        select(Run)
        .where(Run.state == "running", due < func.clock_timestamp())
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    return list(rows)


async def _undelivered(db: AsyncSession, pace: Pace) -> list[Run]:
    """Return queued runs that the engine does not know any more, and parked ones with room."""
    other = aliased(Run)
    taken = (
        select(func.count())
        .where(
            other.kind == Run.kind,
            other.concurrency_key == Run.concurrency_key,
            other.state.in_(BUSY),
        )
        .correlate(Run)
        .scalar_subquery()
    )
    forgotten = Run.delivery_ref.is_not(None) & ~func.foundation.run_is_delivered(Run.delivery_ref)
    parked = Run.delivery_ref.is_(None) & (taken < Run.concurrency_limit)
    ago = func.clock_timestamp() - timedelta(seconds=pace.undelivered_after)
    rows = await db.scalars(
        select(Run)
        .where(Run.state == "queued", Run.delivered_at < ago, or_(forgotten, parked))
        .order_by(Run.id)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    return list(rows)


async def _forget_workers(db: AsyncSession) -> None:
    """Delete workers that ended a day ago."""
    ago = func.clock_timestamp() - timedelta(days=1)
    await db.execute(
        delete(WorkerRow)
        .where(WorkerRow.heartbeat_at < ago)
        .execution_options(synchronize_session=False)
    )
