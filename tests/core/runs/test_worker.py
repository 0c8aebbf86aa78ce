"""Real workers: they share, die, stop and cancel, and every run ends as its job says."""

import asyncio
import signal
import time

from sqlalchemy import select, text

from foundation.runs.models import Attempt, Mark


async def attempts(office, id):
    async with office.database.reading() as db:
        return list(
            await db.scalars(select(Attempt).where(Attempt.run_id == id).order_by(Attempt.number))
        )


async def test_two_workers_share_the_load_and_each_run_is_done_once(office, work_with, trace):
    kinds = ["pair", "pair", *["short"] * 6]  # no one of a pair ends before the other begins
    ids = [await office.start(kind, path=str(trace.path)) for kind in kinds]
    one, two = work_with(1), work_with(1)

    runs = [await office.until(id) for id in ids]

    done = await trace.lines(8)
    assert {run.state for run in runs} == {"succeeded"}
    assert {run.attempt for run in runs} == {1}
    assert len(done) == 8
    assert set(done) == {str(one.pid), str(two.pid)}
    assert await office.told(ids[0]) == ["requested", "started", "succeeded"]


async def test_each_way_an_attempt_ends_is_told_apart(office, work_with, trace):
    kinds = ["kill_self", "fails", "later", "environment", "hungry", "brief"]
    ids = {kind: await office.start(kind, path=str(trace.path)) for kind in kinds}
    work_with(3)

    ended = {kind: await office.until(id) for kind, id in ids.items()}

    assert {kind: run.state for kind, run in ended.items()} == {
        "kill_self": "failed",
        "fails": "failed",
        "later": "succeeded",
        "environment": "succeeded",
        "hungry": "failed",
        "brief": "failed",
    }
    codes = {kind: run.error and run.error["code"] for kind, run in ended.items()}
    assert codes["kill_self"] == "crash"
    assert codes["fails"] == "ValueError"
    assert codes["hungry"] == "memory"
    assert codes["brief"] == "timeout"
    assert (ended["later"].attempt, ended["later"].failures) == (3, 2)
    assert "DATABASE_URL" not in ended["environment"].result["value"]
    fences = [attempt.fence for attempt in await attempts(office, ids["later"])]
    assert fences == sorted(set(fences))
    assert await office.told(ids["later"]) == [
        *("requested", "started", "requeued", "started", "requeued", "started", "succeeded")
    ]


async def test_cancel_reaches_a_handler_that_waits_and_kills_one_that_does_not_listen(
    office, work_with, tmp_path, trace
):
    waits, busy = tmp_path / "waits", trace.path
    first = await office.start("wait", path=str(waits))
    second = await office.start("busy", path=str(busy))
    work_with(2)
    pids = (await trace.lines())[0].split()
    await office.until(first, "running")

    states = [await office.cancel(first), await office.cancel(second)]

    assert states == ["cancelling", "cancelling"]
    assert (await office.until(first)).state == "cancelled"
    assert (await office.until(second)).state == "cancelled"
    await trace.gone(*pids)
    assert await office.told(second) == ["requested", "started", "cancelling", "cancelled"]


async def test_a_killed_worker_leaves_no_child_and_its_runs_are_lost_or_done_again(
    office, work_with, tmp_path, trace
):
    retried = await office.start("steps", path=str(trace.path))
    failed = await office.start("wait_fail", path=str(tmp_path / "waits"))
    first = work_with(2)
    await trace.lines(3)
    await office.until(failed, "running")

    first.kill()
    first.wait()
    await office.bury(first)
    work_with(2)
    done, lost = await office.until(retried), await office.until(failed)

    steps = await trace.lines(10)
    assert (done.state, done.attempt) == ("succeeded", 2)
    assert (lost.state, lost.attempt) == ("lost", 1)
    # The step under way when it died may leave its trace twice; what was committed counts once.
    assert sorted(set(steps), key=int) == [str(n) for n in range(10)]
    assert len(steps) <= 11
    async with office.database.reading() as db:
        assert (await db.scalar(select(Mark.data).where(Mark.run_id == retried)))["n"] == 10
    assert [one.outcome for one in await attempts(office, retried)] == ["lost", "succeeded"]


async def test_a_worker_that_is_told_to_stop_loses_no_run_and_counts_no_failure(
    office, work_with, trace
):
    id = await office.start("steps", path=str(trace.path))
    first = work_with(1)
    await trace.lines(2)

    first.kill(signal.SIGTERM)
    assert first.wait() == 0
    between = await office.run(id)
    work_with(1)
    run = await office.until(id)

    assert (between.state, between.failures, between.drains) == ("queued", 0, 1)
    assert (run.state, run.attempt) == ("succeeded", 2)
    steps = await trace.lines(10)
    assert sorted(set(steps), key=int) == [str(n) for n in range(10)]
    assert len(steps) <= 11  # the one that was cut, if any


async def test_a_frozen_worker_changes_nothing_when_it_wakes(office, work_with, trace):
    id = await office.start("wait", path=str(trace.path))
    fence_s = 5.0
    first = work_with(1, fence_s=fence_s)
    child = (await trace.lines())[0]

    first.kill(signal.SIGSTOP)
    frozen = time.monotonic()
    await office.bury(first)
    work_with(1)
    await trace.lines(2)  # the second attempt
    await asyncio.sleep(max(0.0, frozen + fence_s + 1 - time.monotonic()))
    first.kill(signal.SIGCONT)

    assert first.wait() == 7
    await trace.gone(int(child))
    run = await office.run(id)
    assert (run.state, run.attempt) == ("running", 2)


async def test_what_kills_its_worker_each_time_ends(office, work_with, trace):
    id = await office.start("kill_worker", path=str(trace.path))
    for _ in range(2):
        worker = work_with(1)
        worker.wait()
        await office.bury(worker)
        async with office.database.transaction() as db:
            await db.execute(
                text("UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL")
            )
    work_with(1)

    run = await office.until(id)

    assert (run.state, run.failures) == ("failed", 2)
    assert len(await trace.lines(2)) == 2


async def test_a_key_never_overlaps_and_a_long_log_is_kept_in_chunks(office, work_with, trace):
    ids = [await office.start("overlap", path=str(trace.path), key="one") for _ in range(5)]
    chatty = await office.start("chatty")
    work_with(3)

    runs = [await office.until(id) for id in [*ids, chatty]]

    assert [run.error for run in runs] == [None] * 6
    assert await trace.lines(10) == ["in", "out"] * 5
    async with office.database.reading() as db:
        counted = await db.execute(
            text("SELECT count(*), sum(lines) FROM foundation.run_log_chunks WHERE run_id = :run"),
            {"run": chatty},
        )
        chunks, said = counted.one()
    assert said == 3_000
    assert 10 <= chunks < said / 5  # never a row for a line
