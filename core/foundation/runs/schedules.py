"""Schedules: starting what is due, once for each due time, and catching up after a stand-still."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Event, EventType, Target
from foundation.errors import FoundationError
from foundation.runs import events
from foundation.runs.calendar import next_time
from foundation.runs.desk import Desk, Requester, Wanted, checked_params
from foundation.runs.job import Jobs
from foundation.runs.models import Run, Schedule
from foundation.runs.moves import Record
from foundation.runs.states import FINAL

MOST_CAUGHT_UP = 100
FRESH = timedelta(minutes=2)
"""A due time that is older was missed."""
MOST = 20


async def fire_due(db: AsyncSession, record: Record, *, jobs: Jobs) -> int:
    """Start the runs that are due in the transaction of *db*; return how many.

    Two workers cannot fire one due time: the row is locked, and the run's unique key holds.
    """
    now = await db.scalar(select(func.clock_timestamp()))
    assert now is not None
    rows = await db.scalars(
        select(Schedule)
        .where(Schedule.enabled, Schedule.next_at <= now, Schedule.kind.in_(list(jobs)))
        .order_by(Schedule.next_at)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    fired = 0
    for row in rows:
        due = _due(row, now)
        row.next_at = next_time(row.cron, row.zone, after=now)
        record(db, about(events.SCHEDULE_FIRED, row))
        for at in due:
            fired += await _fire(db, partial(record, db), row, at, jobs)
    return fired


def _due(row: Schedule, now: datetime) -> list[datetime]:
    """Return the due times to start now: all that were missed, the last, or only a fresh one."""
    times = [row.next_at]
    while len(times) < MOST_CAUGHT_UP:
        following = next_time(row.cron, row.zone, after=times[-1])
        if following > now:
            break
        times.append(following)
    if row.catch_up == "all":
        return times
    if row.catch_up == "none" and now - times[-1] > FRESH:
        return []
    return times[-1:]


async def _fire(
    db: AsyncSession, record: Callable[[Event], None], row: Schedule, at: datetime, jobs: Jobs
) -> int:
    desk = Desk(db, record, Requester(row.owner_id, row.owner_name), jobs)
    open_ids = list(
        await db.scalars(select(Run.id).where(Run.schedule_id == row.id, Run.state.not_in(FINAL)))
    )
    if open_ids and row.overlap == "skip":
        return 0
    if row.overlap == "cancel_old":
        for id_ in open_ids:
            await desk.cancel(id_)
    try:
        await desk.start(row.kind, row.params, wanted=Wanted(schedule_id=row.id, due_at=at))
    except FoundationError:
        row.enabled = False  # its parameters do not fit the job any more; a person must look
        return 0
    return 1


async def declare(db: AsyncSession, record: Record, *, jobs: Jobs) -> None:
    """Add the schedule that a job proposes, once: what people change of it stays."""
    for kind, known in jobs.items():
        cron = known.work.schedule
        if cron is None:
            continue
        id_ = _id_of(kind)
        now = await db.scalar(select(func.clock_timestamp()))
        assert now is not None
        row = Schedule(
            id=id_,
            kind=kind,
            params=checked_params(known.work, {}),
            cron=cron.cron,
            zone=cron.zone,
            overlap=cron.overlap,
            catch_up=cron.catch_up,
            enabled=True,
            next_at=next_time(cron.cron, cron.zone, after=now),
            owner_name=f"{known.plugin} plugin",
        )
        values = {name: getattr(row, name) for name in _COLUMNS}
        added = await db.execute(
            insert(Schedule).values(**values).on_conflict_do_nothing().returning(Schedule.id)
        )
        if added.scalar_one_or_none() is not None:
            record(db, about(events.SCHEDULE_CREATED, row))


_COLUMNS = (
    *("id", "kind", "params", "cron", "zone", "overlap", "catch_up", "enabled", "next_at"),
    "owner_name",
)


def _id_of(kind: str) -> UUID:
    """Return the one id of the schedule that the job *kind* proposes."""
    digest = hashlib.sha256(f"foundation/schedule/{kind}".encode()).digest()
    return UUID(bytes=digest[:16], version=5)


def about(type_: EventType, row: Schedule) -> Event:
    """Return an event of *type_* about a schedule."""
    target = Target(events.SCHEDULE, str(row.id), row.kind)
    return type_(target, kind=row.kind, cron=row.cron, zone=row.zone)
