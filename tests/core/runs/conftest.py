"""Runs in tests: a desk to ask for them, real workers to kill, and a look at what became of them."""

import asyncio
import importlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from foundation.audit.actor import Actor, Source
from foundation.audit.models import AuditRow
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.runs import events
from foundation.runs.attempt import Running
from foundation.runs.children import Children
from foundation.runs.desk import Desk, Requester, Wanted
from foundation.runs.job import Known
from foundation.runs.lending import refused
from foundation.runs.logbook import LogBook
from foundation.runs.models import Run, WorkerRow
from foundation.runs.pace import Pace
from foundation.runs.states import FINAL
from foundation.runs.wire import Orders
from foundation.secret import Secret

HERE = Path(__file__).parent
CANARY = 'canary/9f1c+"secret" that leaks'
PATIENCE = 180.0
FENCE_S = 12.0
"""After so long without a beat a worker ends itself: a busy machine does not stand still longer."""


def _trials():
    sys.path.insert(0, str(HERE))
    try:
        return importlib.import_module("trials")
    finally:
        sys.path.remove(str(HERE))


JOBS = {work.kind: Known(work, "trials", "trials") for work in _trials().jobs()}


class Office:
    """Asks for runs and tells what became of them."""

    def __init__(self, database):
        self.database = database
        self.jobs = JOBS
        self.recorder = Recorder(declared(events.ALL), SystemClock(), "test")

    def record(self, db, event):
        self.recorder.record(db, event, Source(Actor("system"), "runs", "test"))

    def desk(self, db, jobs=None):
        return Desk(db, lambda event: self.record(db, event), Requester(None, "Ada"), jobs or JOBS)

    async def start(self, kind, *, wanted=None, **params):
        async with self.database.transaction() as db:
            return (
                await self.desk(db).start(f"trials.{kind}", params, wanted=wanted or Wanted())
            ).id

    async def cancel(self, id):
        async with self.database.transaction() as db:
            return (await self.desk(db).cancel(id)).state

    async def run(self, id):
        async with self.database.reading() as db:
            return await db.scalar(select(Run).where(Run.id == id))

    async def until(self, id, *states, patience=PATIENCE):
        wanted = states or tuple(FINAL)
        end = time.monotonic() + patience
        while True:
            run = await self.run(id)
            if run.state in wanted:
                return run
            assert time.monotonic() < end, f"still {run.state}: {run.waits}"
            await asyncio.sleep(0.1)

    async def bury(self, worker):
        """Let everybody hold *worker* for dead at once, as they would after some time."""
        ago = func.now() - timedelta(hours=1)
        async with self.database.transaction() as db:
            await db.execute(
                update(WorkerRow).where(WorkerRow.pid == worker.pid).values(heartbeat_at=ago)
            )

    async def told(self, id):
        """Return the events about a run, oldest first."""
        async with self.database.reading() as db:
            rows = await db.scalars(
                select(AuditRow).where(AuditRow.target_id == str(id)).order_by(AuditRow.event_id)
            )
            return [row.type.rpartition(".")[2] for row in rows]


class Process:
    """A real worker process."""

    def __init__(self, url, slots=2, *, version=1, fence_s=FENCE_S):
        environ = {**os.environ, "PYTHONPATH": str(HERE), "DATABASE_URL": "secret-canary"}
        if version > 1:
            environ["PYTHONPATH"] += f":{HERE / 'newer'}"
        told = [url.reveal(), str(slots), str(fence_s)]
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "worker_process.py"), *told],
            env=environ,
            stdout=subprocess.DEVNULL,
        )
        self.pid = self._process.pid

    def kill(self, number=signal.SIGKILL):
        if self._process.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout=PATIENCE):
        return self._process.wait(timeout)

    async def fork_server(self, other_than=None):
        """Wait for the process that its children are forked from."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for file in Path(f"/proc/{self.pid}/task").glob("*/children"):
                    for pid in map(int, file.read_text().split()):
                        if pid != other_than and name_of(pid) == "fork-server":
                            return pid
                await asyncio.sleep(0.05)


@pytest.fixture
def office(core_database):
    return Office(core_database)


@pytest.fixture
def work_with(core_database_url):
    """Start real workers; they are killed at the end."""
    started = []

    def start(slots=2, *, url=core_database_url, **given):
        started.append(Process(url, slots, **given))
        return started[-1]

    yield start
    for process in started:
        process.kill(signal.SIGCONT)
        process.kill()
        process.wait()


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def name_of(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() if is_alive(pid) else ""
    except OSError:
        return ""


async def gone(*pids, patience=PATIENCE):
    """Wait until no process of these lives."""
    end = time.monotonic() + patience
    while any(map(is_alive, pids)):
        assert time.monotonic() < end, "a process lives on"
        await asyncio.sleep(0.05)


async def lines(path, least=1, patience=PATIENCE):
    """Wait for traces in a file and return them."""
    end = time.monotonic() + patience
    while not path.exists() or len(path.read_text().splitlines()) < least:
        assert time.monotonic() < end, "no trace"
        await asyncio.sleep(0.05)
    return path.read_text().splitlines()


@pytest.fixture
def trace(tmp_path):
    """A file for handlers to leave traces in, and waits for them."""

    class Trace:
        path = tmp_path / "trace"
        gone = staticmethod(gone)
        is_alive = staticmethod(is_alive)

        async def lines(self, least=1):
            return await lines(self.path, least)

    return Trace()


@pytest.fixture
def attempt(core_database_url, tmp_path):
    """Make attempts without a worker, the children of which also find modules in `tmp_path`."""
    kept, progress = [], []

    async def lend(asked):
        return (
            {"of": Secret(CANARY)} if asked["what"] == "document" else refused("not_granted", "no")
        )

    async def drop(_n):
        raise AssertionError

    async def told(message):
        progress.append(message)

    def make(kind, module="trials", pause_s=0.0, **params):
        async def keep(_n, lines):
            await asyncio.sleep(pause_s)  # as long as the database takes
            kept.extend(line for _, line in lines)

        orders = Orders(
            run_id="00000000-0000-7000-8000-000000000001", attempt=1, fence=1,
            kind=f"trials.{kind}", kind_version=1, plugin="trials", module=module,
            params={"path": "", **params}, requested_by=None, requested_name="Ada",
            database_url=core_database_url.reveal(), app_version="test", seal=None,
            memory_mb=None,
            silence_s=30.0,
        )  # fmt: skip
        return Running(
            orders,
            grace_s=0.2,
            pace=Pace(flush=0.1, progress=0.05, grace_after=0.2),
            clock=SystemClock(),
            book=LogBook(keep, drop),
            progress=told,
            lend=lend,
        )

    children = Children({**os.environ, "PYTHONPATH": f"{HERE}:{tmp_path}", "DATABASE_URL": CANARY})
    yield make, children, kept, progress
    children.close()
