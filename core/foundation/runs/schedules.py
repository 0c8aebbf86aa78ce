"""Schedules: starting what is due, once for each due time, and catching up after a stand-still."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a due schedule starts nothing: this time, or until somebody looks if it is *lasting*."""

    reason: str
    lasting: bool = False


Lets = Callable[[AsyncSession, Schedule], Awaitable[Refusal | None]]
"""Tells whether a schedule may start a run now, as its owner and its project stand."""


async def fire_due(
    db: AsyncSession, record: Record, *, jobs: Jobs, lets: Lets | None = None
) -> int:
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
    for row in rows.all():
        refusal = await lets(db, row) if lets else None
        fired += await _fire_all(db, partial(record, db), row, now, jobs, refusal)
    return fired


async def _fire_all(
    db: AsyncSession,
    record: Callable[[Event], None],
    row: Schedule,
    now: datetime,
    jobs: Jobs,
    refusal: Refusal | None,
) -> int:
    """Start what is due of one schedule, and tell what came of it."""
    due = _due(row, now)
    row.next_at = next_time(row.cron, row.zone, after=now)
    started = 0
    for at in due if refusal is None else ():
        refusal = await _fire(db, record, row, at, jobs)
        started += refusal is None
    if started:
        record(about(events.SCHEDULE_FIRED, row))
    elif refusal is None or not refusal.lasting:
        why = refusal.reason if refusal else "it was missed, and is not caught up"
        record(about(events.SCHEDULE_SKIPPED, row, why=why))
    if refusal is not None and refusal.lasting:
        row.enabled, row.problem = False, refusal.reason
        record(about(events.SCHEDULE_STOPPED, row, why=refusal.reason))
    return started


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
) -> Refusal | None:
    desk = Desk(db, record, Requester(row.owner_id, row.owner_name), jobs)
    open_ids = list(
        await db.scalars(select(Run.id).where(Run.schedule_id == row.id, Run.state.not_in(FINAL)))
    )
    if open_ids and row.overlap == "skip":
        return Refusal("the run before has not ended")
    if row.overlap == "cancel_old":
        for id_ in open_ids:
            await desk.cancel(id_)
    wanted = Wanted(schedule_id=row.id, due_at=at, project_id=row.project_id)
    try:
        await desk.start(row.kind, row.params, wanted=wanted)
    except FoundationError as fault:
        return Refusal(f"its job does not take it any more: {fault.detail}", lasting=True)
    return None


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


def about(type_: EventType, row: Schedule, **detail: str) -> Event:
    """Return an event of *type_* about a schedule."""
    target = Target(events.SCHEDULE, str(row.id), row.kind)
    told: dict[str, Any] = {"kind": row.kind, "cron": row.cron, "zone": row.zone, **detail}
    return type_(target, project_id=row.project_id, **told)
