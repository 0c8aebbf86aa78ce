"""The job loads a source, only with the credential that the run names, and each row once."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

import foundation_etl
from foundation.app.worker import work
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.runs import events as moved
from foundation.runs import moves
from foundation.runs.handling import RunContext
from foundation.runs.models import Attempt, Run
from foundation.runs.moves import Lease
from foundation.runs.pace import Pace
from foundation.testing.people import SignIn
from foundation_etl import events
from foundation_etl.jobs import load
from foundation_etl.models import Row
from foundation_etl.schemas import LoadParams
from foundation_etl.service.read import CannotRead

RECORDER = Recorder(declared([*moved.ALL, *events.ALL]), SystemClock(), "test")
QUERY = {"name": "Query", "kind": "postgres", "content": "SELECT 1", "credential_id": str(uuid4())}


async def test_a_source_is_loaded_in_a_run_and_not_with_another_credential(platform):
    app = await platform("etl")
    operator = await SignIn(app)("operator")
    csv = (await operator.post("/api/etl", {"name": "People", "content": "name\nAda\n"})).json
    query = (await operator.post("/api/etl", QUERY)).json
    asked = {"kind": "etl.load", "params": {"source_id": csv["id"]}}
    run_id = UUID((await operator.post("/api/runs", asked)).json["id"])
    database = app.parts.database

    def record(db, event):
        RECORDER.record(db, event, Source(Actor("system"), "runs", "test"))

    async with database.transaction() as db:
        run = await moves.claim(db, record, run_id=run_id, attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    ctx = RunContext(lease, "etl", Actor("system"), database, RECORDER, lambda _: None)

    assert await load(ctx, LoadParams(source_id=csv["id"])) == {"rows": 1}
    assert (await operator.get(f"/api/etl/{csv['id']}")).json["row_count"] == 1
    with pytest.raises(CannotRead, match="another credential"):
        await load(ctx, LoadParams(source_id=query["id"], credential_id=uuid4()))


FUNCTION = (
    "CREATE OR REPLACE FUNCTION etl.slow() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN PERFORM pg_sleep({}); RETURN NULL; END $$"
)
SLOW = (
    FUNCTION.format(3),
    "CREATE TRIGGER slow AFTER INSERT ON etl.rows FOR EACH STATEMENT EXECUTE FUNCTION etl.slow()",
    "SET LOCAL session_replication_role = replica",  # no event for this
    "UPDATE foundation.run_schedules SET next_at = now()",
)
AT_ONCE = "UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL"
WRITES = (
    "SELECT count(*) {} FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    " AND application_name = 'foundation/run' AND datname = current_database()"
)
CRASHES = select(func.count()).where(Attempt.outcome == "crash")


async def test_a_scheduled_load_that_is_killed_twice_writes_each_row_once(platform):
    """Once at its begin, once in the middle: with the rows written and not yet kept."""
    app = await platform("etl")
    operator = await SignIn(app)("operator")
    people = {"name": "People", "content": "name\nAda\nBob\n"}
    source = (await operator.post("/api/etl", people)).json
    wanted = {"kind": "etl.load", "params": {"source_id": source["id"]}, "cron": "0 3 * * *"}
    schedule = (await operator.post("/api/runs/schedules", wanted)).json
    database = app.parts.database

    async def do(*statements):
        async with database.transaction() as db:
            for statement in statements:
                await db.execute(text(statement))

    async def until(statement):
        async with asyncio.timeout(90):
            while True:
                async with database.reading() as db:
                    if found := await db.scalar(statement):
                        return found
                await asyncio.sleep(0.1)

    await do(*SLOW)
    environ = {**os.environ, "PYTHONPATH": str(Path(foundation_etl.__file__).parents[1])}
    pace = Pace(sweep=0.2, progress=0.1)
    working = asyncio.create_task(work(app.parts.settings, environ=environ, pace=pace))
    os.kill(await child(), signal.SIGKILL)
    await until(CRASHES)
    await do(AT_ONCE)
    pid = await child()
    await until(text(WRITES.format("")))
    os.kill(pid, signal.SIGKILL)  # too late on a machine that stood still, and still each row once
    await until(select(func.count()).where(Attempt.number == 2, Attempt.outcome.is_not(None)))
    await until(text(WRITES.format("= 0")))  # the database has noticed it, too
    await do(FUNCTION.format(0), AT_ONCE)
    run = await until(select(Run).where(Run.finished_at.is_not(None)))
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 60)

    assert (run.state, str(run.schedule_id)) == ("succeeded", schedule["id"])
    assert run.attempt >= 2
    async with database.reading() as db:
        assert list(await db.scalars(select(Row.number).order_by(Row.number))) == [1, 2]
        newest = select(Attempt.progress).order_by(Attempt.number.desc()).limit(1)
        assert (await db.scalar(newest))["done"] == 2


async def child():
    """Return the process of the attempt that is under way, as soon as there is one."""
    async with asyncio.timeout(90):
        while True:
            files = Path("/proc/self/task").glob("*/children")
            for pid in " ".join(file.read_text() for file in files).split():
                with contextlib.suppress(OSError):  # it has ended in between
                    if Path(f"/proc/{pid}/comm").read_text() == "attempt\n":
                        return int(pid)
            await asyncio.sleep(0.05)
