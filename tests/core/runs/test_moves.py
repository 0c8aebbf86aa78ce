"""The moves of a run: once, under the newest fence, each with its event."""

import pytest
from sqlalchemy import select

from foundation.ids import uuid7
from foundation.runs import journal, moves
from foundation.runs.job import LeaseLost
from foundation.runs.models import Run
from foundation.runs.moves import Ending, Lease

WORKER = uuid7()


async def claim(office, id, attempt=0):
    async with office.database.transaction() as db:
        run = await moves.claim(db, office.record, run_id=id, attempt=attempt, worker_id=WORKER)
        return run and Lease(run.id, run.attempt, run.fence)


async def finish(office, lease, how, **given):
    async with office.database.transaction() as db:
        return await moves.finish(db, office.record, lease=lease, ending=Ending(how, **given))


async def test_the_same_delivery_twice_starts_once(office):
    id = await office.start("short")

    first, second = await claim(office, id), await claim(office, id)

    assert first is not None
    assert second is None
    assert await office.told(id) == ["requested", "started"]


async def test_a_write_with_an_old_fence_changes_nothing(office):
    id = await office.start("wait")
    old = await claim(office, id)
    await finish(office, old, "interrupted")
    new = await claim(office, id, attempt=1)

    assert new.fence > old.fence
    with pytest.raises(LeaseLost):
        await finish(office, old, "succeeded")
    async with office.database.transaction() as db:
        with pytest.raises(LeaseLost):
            await journal.keep_progress(db, old, {"done": 1})
    assert (await office.run(id)).state == "running"


async def test_a_drain_is_no_failure_and_a_crash_is_one(office):
    id = await office.start("wait")

    await finish(office, await claim(office, id), "interrupted")
    await finish(office, await claim(office, id, 1), "crash")
    run = await office.run(id)

    assert (run.state, run.drains, run.failures) == ("queued", 1, 1)
    assert run.not_before is not None


async def test_attempts_come_to_an_end(office):
    id = await office.start("wait")

    states = [await finish(office, await claim(office, id, n), "crash") for n in range(3)]

    assert states == ["queued", "queued", "failed"]


async def test_a_crash_of_a_job_that_does_not_retry_fails_it(office):
    id = await office.start("wait_fail")

    assert await finish(office, await claim(office, id), "crash") == "failed"


async def test_a_handler_that_ends_while_it_is_cancelled_has_succeeded(office):
    id = await office.start("wait")
    lease = await claim(office, id)
    await office.cancel(id)

    assert await finish(office, lease, "succeeded", result=3) == "succeeded"
    assert (await office.run(id)).result == {"value": 3}


async def test_a_run_that_waits_for_its_retry_blocks_no_other_of_its_key(office):
    first = await office.start("overlap", key="one")
    second = await office.start("overlap", key="one")
    lease = await claim(office, first)

    parked = await claim(office, second)
    why = (await office.run(second)).waits
    await finish(office, lease, "failed", retryable=True)
    run = await office.run(second)

    assert parked is None
    assert "one" in why
    assert run.delivery_ref is not None
    assert await claim(office, second) is not None


@pytest.mark.parametrize(("kind", "state"), [("wait_fail", "lost"), ("wait", "queued")])
async def test_a_dead_worker_means_what_the_job_says(office, kind, state):
    id = await office.start(kind)
    await claim(office, id)

    async with office.database.transaction() as db:
        run = await db.scalar(select(Run).where(Run.id == id))
        assert await moves.lose(db, office.record, run=run) == state


async def test_a_dead_worker_ends_a_run_that_was_cancelled(office):
    id = await office.start("wait")
    await claim(office, id)
    await office.cancel(id)

    async with office.database.transaction() as db:
        run = await db.scalar(select(Run).where(Run.id == id))
        assert await moves.lose(db, office.record, run=run) == "cancelled"
