"""The job pulls each row once, however often its process is cut."""

import asyncio
import contextlib

from sqlalchemy import func, select

from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.runs import events as moved
from foundation.runs import moves
from foundation.runs.desk import Desk, Requester
from foundation.runs.handling import RunContext
from foundation.runs.job import Known
from foundation.runs.moves import Ending, Lease
from foundation_feed import events
from foundation_feed.jobs import PULL_ROWS, pull
from foundation_feed.models import Row
from foundation_feed.schemas import PullParams

RECORDER = Recorder(declared([*moved.ALL, events.PULLED]), SystemClock(), "test")


def record(db, event):
    RECORDER.record(db, event, Source(Actor("system"), "runs", "test"))


async def attempt(database, id, number):
    async with database.transaction() as db:
        run = await moves.claim(db, record, run_id=id, attempt=number, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    return RunContext(lease, "feed", Actor("system"), database, RECORDER, lambda _: None)


async def test_a_cut_pull_goes_on_where_it_was_and_repeats_nothing(database):
    params = PullParams(rows=30, batch=10, pause_ms=60)
    async with database.transaction() as db:
        desk = Desk(
            db,
            lambda event: record(db, event),
            Requester(None, "Ada"),
            {"feed.pull": Known(PULL_ROWS, "feed", "foundation_feed.plugin")},
        )
        id = (await desk.start("feed.pull", params.model_dump())).id
    first = await attempt(database, id, 0)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(pull(first, params), 0.05)
    async with database.transaction() as db:
        await moves.finish(db, record, lease=first.lease, ending=Ending("crash"))
    second = await attempt(database, id, 1)

    result = await pull(second, params)

    assert result == {"rows": 30}
    async with database.reading() as db:
        numbers = list(await db.scalars(select(Row.number).order_by(Row.number)))
        assert numbers == list(range(30))
        assert await db.scalar(select(func.count()).select_from(Row)) == 30
