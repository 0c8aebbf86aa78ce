"""What nobody else looks after: lost deliveries, dead workers, runs over their time."""

from sqlalchemy import insert, text

from foundation.ids import uuid7
from foundation.runs import moves
from foundation.runs.models import WorkerRow
from foundation.runs.pace import Pace
from foundation.runs.sweeper import sweep

OLD = "now() - interval '1 hour'"


async def do(office, sql):
    async with office.database.transaction() as db:
        await db.execute(text(sql))


async def swept(office):
    async with office.database.transaction() as db:
        return await sweep(db, office.record, pace=Pace())


async def begun(office, kind, worker):
    id = await office.start(kind)
    async with office.database.transaction() as db:
        row = {"id": worker, "host": "", "pid": 1, "version": "", "kinds": [], "queues": []}
        await db.execute(insert(WorkerRow).values(**row, slots=1))
        await moves.claim(db, office.record, run_id=id, attempt=0, worker_id=worker)
    return id


async def test_an_emptied_engine_is_filled_again_and_nothing_is_delivered_twice(office):
    id = await office.start("short")
    async with office.database.transaction() as db:
        await db.execute(text("SET LOCAL search_path = procrastinate"))  # its SQL names no schema
        await db.execute(text("DELETE FROM procrastinate_jobs"))
    early = await swept(office)
    await do(office, "UPDATE foundation.runs SET delivered_at = " + OLD)

    first, second = await swept(office), await swept(office)

    assert early.delivered == 0
    assert (first.delivered, second.delivered) == (1, 0)
    assert (await office.run(id)).state == "queued"


async def test_the_run_of_a_living_worker_is_left_alone(office):
    id = await begun(office, "wait", uuid7())

    assert (await swept(office)).lost == 0
    assert (await office.run(id)).state == "running"


async def test_the_run_of_a_dead_worker_is_put_back(office):
    id = await begun(office, "wait", uuid7())
    await do(office, "UPDATE foundation.run_workers SET heartbeat_at = " + OLD)

    assert (await swept(office)).lost == 1
    assert (await office.run(id)).state == "queued"


async def test_a_run_over_its_time_is_asked_to_stop(office):
    id = await begun(office, "brief", uuid7())
    await do(office, "UPDATE foundation.runs SET started_at = " + OLD)

    assert (await swept(office)).late == 1
    run = await office.run(id)
    assert (run.state, run.cancel_reason) == ("cancelling", "timeout")


async def test_two_sweepers_do_not_sweep_at_once(office):
    async with office.database.transaction() as db:
        await sweep(db, office.record, pace=Pace())

        assert await swept(office) is None


async def test_a_delivery_that_died_with_its_worker_before_the_claim_is_made_again(office):
    id = await office.start("short")
    await do(office, "UPDATE foundation.runs SET delivered_at = " + OLD)
    assert (await swept(office)).delivered == 0  # it waits in the engine, as it should

    async with office.database.transaction() as db:
        await db.execute(text("SET LOCAL search_path = procrastinate"))
        await db.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))

    assert (await swept(office)).delivered == 1
    async with office.database.reading() as db:
        left = text("SELECT status::text FROM procrastinate.procrastinate_jobs")
        assert list(await db.scalars(left)) == ["todo"]  # and nothing of the dead worker is left
    assert (await office.run(id)).attempt == 0
