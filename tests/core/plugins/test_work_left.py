"""A purged plugin leaves no schedule and no run that waits; what has ended stays."""

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from foundation.audit.actor import Actor, Source
from foundation.audit.models import AuditRow
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.plugins import trail
from foundation.plugins.work_left import WorkLeft, end_work, work_left
from foundation.runs import events
from foundation.runs.desk import Desk, Requester
from foundation.runs.job import Known, Work
from foundation.runs.models import Run, Schedule


class Nothing(BaseModel):
    """No parameters."""


async def dig(ctx, params): ...


@pytest.fixture
async def toil(core_database):
    """A database with a schedule and two runs of the plugin "toil", and one of another."""
    recorder = Recorder(declared(events.ALL), SystemClock(), "test")
    works = {
        kind: Known(Work(kind, title="Dig", params=Nothing, run=dig), kind.partition(".")[0], "x")
        for kind in ("toil.dig", "toiler.dig")
    }

    def record(event):
        recorder.record(db, event, Source(Actor("system"), "runs", "test"))

    async with core_database.transaction() as db:
        desk = Desk(db, record, Requester(None, "Ada"), works)
        ids = [(await desk.start(kind, {})).id for kind in ("toil.dig", "toil.dig", "toiler.dig")]
        await desk.cancel(ids[1])
        now = (await db.get(Run, ids[0])).created_at
        db.add(Schedule(kind="toil.dig", params={}, cron="0 6 * * *", zone="UTC", next_at=now))
    return core_database


async def test_it_is_counted_and_then_gone_each_with_its_event(toil):
    async with toil.reading() as db:
        before = await work_left(db, "toil")
    async with toil.transaction() as db:
        await end_work(db, "toil", actor=trail.operator("ada"))
    async with toil.reading() as db:
        after = await work_left(db, "toil")
        others = await work_left(db, "toiler")
        runs = [(run.kind, run.state) for run in await db.scalars(select(Run).order_by(Run.id))]
        rows = list(await db.scalars(select(AuditRow).order_by(AuditRow.event_id)))

    assert (before, after, others) == (WorkLeft(1, 1), WorkLeft(), WorkLeft(0, 1))
    assert runs == [("toil.dig", "cancelled"), ("toil.dig", "cancelled"), ("toiler.dig", "queued")]
    assert [(row.type, row.actor_name) for row in rows[-2:]] == [
        ("runs.schedule.deleted", "cli:ada"),
        ("runs.run.cancelled", "cli:ada"),
    ]
