"""Whole runs by real workers that are killed, replaced and cut off: nothing is lost or done twice."""

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter

import pytest
from sqlalchemy import URL, func, select, text
from sqlalchemy.engine import make_url

from foundation.runs.models import Attempt, Mark, WorkerRow
from foundation.runs.states import FINAL
from foundation.secret import Secret

from ...stack.program import free_port

RUNS, STEPS = 3, 8


async def rows(office, statement):
    async with office.database.reading() as db:
        return list(await db.execute(statement))


async def test_workers_killed_at_random_lose_no_run_and_no_step_is_written_twice(
    office, work_with, tmp_path
):
    """Issue acceptance: every run ends in a final state, with its attempts counted."""
    chance = random.Random(7)  # one order of kills, so that a failure comes again
    may_end = tmp_path / "may_end"  # none does while somebody at work is looked for
    ids = [await office.start("exact", path=str(may_end)) for _ in range(RUNS)]
    alive = [work_with(2), work_with(2)]

    for _ in range(2):
        await asyncio.sleep(chance.uniform(0.2, 0.8))
        victim = await _somebody_at_work(office, alive)
        victim.kill()
        victim.wait()
        await office.bury(victim)
        alive = [*(one for one in alive if one is not victim), work_with(2)]
    may_end.touch()
    runs = [await office.until(id) for id in ids]

    assert {run.state for run in runs} <= FINAL
    assert {run.state for run in runs} == {"succeeded"}
    counted = dict(
        await rows(office, select(Attempt.run_id, func.count()).group_by(Attempt.run_id))
    )
    assert counted == {run.id: run.attempt for run in runs}
    assert sum(run.attempt for run in runs) > RUNS  # some were killed under way
    written = dict(await rows(office, select(Mark.run_id, func.count()).group_by(Mark.run_id)))
    assert written == dict.fromkeys(ids, STEPS)
    open_attempts = select(func.count()).where(Attempt.finished_at.is_(None))
    assert await rows(office, open_attempts) == [(0,)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
async def test_a_fork_server_killed_under_way_costs_no_attempt_and_writes_nothing_twice(
    office, work_with
):
    ids = [await office.start("exact") for _ in range(4)]
    worker = work_with(2)
    killed = None

    for id in ids[:3:2]:  # while the first two are under way, and while the others are
        await office.until(id, "running", *FINAL)
        killed = await worker.fork_server(other_than=killed)
        os.kill(killed, signal.SIGKILL)
    runs = [await office.until(id) for id in ids]

    assert {(run.state, run.attempt, run.failures) for run in runs} == {("succeeded", 1, 0)}
    written = dict(await rows(office, select(Mark.run_id, func.count()).group_by(Mark.run_id)))
    assert written == dict.fromkeys(ids, STEPS)
    worker.kill(signal.SIGTERM)
    assert worker.wait() == 0


async def _somebody_at_work(office, workers):
    """Return one of *workers* that has begun an attempt and not ended it."""
    end = time.monotonic() + 180
    open_attempt = (Attempt.worker_id == WorkerRow.id) & Attempt.finished_at.is_(None)
    while True:
        pids = {
            row[0] for row in await rows(office, select(WorkerRow.pid).join(Attempt, open_attempt))
        }
        for worker in workers:
            if worker.pid in pids:
                return worker
        assert time.monotonic() < end, "nothing begins"
        await asyncio.sleep(0.1)


async def test_20_a_roll_while_20_runs_are_in_flight_strands_none_and_counts_no_failure(
    office, work_with, trace
):
    path = str(trace.path)
    real = [await office.start("keyed", path=path) for _ in range(2)]
    old = real + [await office.start("light", path=path) for _ in range(18)]
    first = work_with(20)
    assert set(await trace.lines(20)) == {str(first.pid)}

    second = work_with(20, version=2)
    newer = await office.start("keyed", path=path, key="new")
    await office.until(newer)
    first.kill(15)
    assert first.wait() == 0
    runs = {id: await office.until(id) for id in old}

    ended = Counter((run.state, run.failures, run.drains, run.attempt) for run in runs.values())
    assert ended == {("succeeded", 0, 1, 2): 20}
    turned = {runs[id].result["value"] for id in real}
    assert turned == {" of version 1"}  # by the newer code, from the parameters of the older
    assert set((await trace.lines(41))[20:]) == {str(second.pid)}


class Proxy:
    """Stands between a worker and its database, and can be cut."""

    def __init__(self, url: Secret) -> None:
        self._target = make_url(url.reveal())
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = free_port()  # which stays free while it is cut

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def url(self) -> Secret:
        plain = {k: v for k, v in self._target.query.items() if k != "host"}
        there: URL = self._target.set(host="127.0.0.1", port=self.port, query=plain)
        return Secret(there.render_as_string(hide_password=False))

    async def _serve(self, reader, writer):
        query, target = self._target.query, self._target
        folder = query.get("host", "")
        if folder.startswith("/"):
            far = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{target.port or 5432}")
        else:
            far = await asyncio.open_connection(target.host, target.port)
        self._open |= {writer, far[1]}
        await asyncio.gather(self._pass(reader, far[1]), self._pass(far[0], writer))

    async def _pass(self, reader, writer):
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except (ConnectionError, OSError):
            pass
        writer.transport.abort()
        self._open.discard(writer)


async def test_18_a_short_outage_is_survived_and_a_long_one_ends_the_children_in_time(
    office, work_with, trace, core_database_url
):
    proxy = Proxy(core_database_url)
    await proxy.start()
    id = await office.start("wait", path=str(trace.path))
    worker = work_with(1, url=proxy.url)
    child = int((await trace.lines())[0])

    await proxy.cut()
    await asyncio.sleep(1.0)  # far less than the 12 s after which it fences itself
    (back,) = (await rows(office, select(func.clock_timestamp())))[0]
    await proxy.start()
    while not await rows(office, select(WorkerRow.pid).where(WorkerRow.heartbeat_at > back)):
        assert trace.is_alive(child)
        await asyncio.sleep(0.1)
    run = await office.run(id)
    assert trace.is_alive(child)
    assert (run.state, run.attempt) == ("running", 1)

    await proxy.cut()
    assert await asyncio.to_thread(worker.wait) == 7  # it fenced itself
    await trace.gone(child)
    assert (await office.run(id)).attempt == 1  # before anybody took over
    async with office.database.transaction() as db:
        await db.execute(text("SELECT 1"))
