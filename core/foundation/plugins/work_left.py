"""The work of a plugin that leaves: its schedules, and the runs nobody has begun."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import __version__, ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.runs import events, moves
from foundation.runs.delivery import withdraw
from foundation.runs.models import Run, Schedule
from foundation.runs.schedules import about


@dataclass(frozen=True, slots=True)
class WorkLeft:
    """How many schedules a plugin has, and how many runs of its jobs wait."""

    schedules: int = 0
    queued: int = 0


async def work_left(db: AsyncSession, id: str) -> WorkLeft:
    """Return what work plugin *id* leaves."""
    schedules = select(func.count()).select_from(Schedule).where(_scheduled(id))
    queued = select(func.count()).select_from(Run).where(_queued(id))
    return WorkLeft(await db.scalar(schedules) or 0, await db.scalar(queued) or 0)


async def end_work(db: AsyncSession, id: str, *, actor: Actor) -> None:
    """Delete the schedules of plugin *id* and cancel what waits; finished runs stay."""
    record = partial(_record, actor)
    for schedule in await db.scalars(select(Schedule).where(_scheduled(id))):
        record(db, about(events.SCHEDULE_DELETED, schedule))
    await db.execute(delete(Schedule).where(_scheduled(id)))
    for run in await db.scalars(select(Run).where(_queued(id)).with_for_update()):
        await withdraw(db, run.delivery_ref)
        await moves.cancel_queued(db, record, run=run)


def _record(actor: Actor, db: AsyncSession, event: Event) -> None:
    recorder = Recorder(declared(events.ALL), SystemClock(), __version__)
    recorder.record(db, event, Source(actor, "runs", str(ids.uuid7())))


def _scheduled(id: str) -> ColumnElement[bool]:
    return Schedule.kind.startswith(f"{id}.", autoescape=True)


def _queued(id: str) -> ColumnElement[bool]:
    return and_(Run.plugin == id, Run.state == "queued")
