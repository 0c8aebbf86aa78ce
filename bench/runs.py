"""A thousand runs, one of them with a log of 100 MB: ``python bench/runs.py URL [COUNT]``.

The address is that of an empty database; its tables are made first. At most 1,000 events fit into
one transaction, so COUNT is below that.
"""

import asyncio
import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.runs import events
from foundation.runs.desk import Desk, Requester
from foundation.runs.job import Known
from foundation.secret import Secret

HERE = Path(__file__).parents[1] / "tests" / "core" / "runs"
sys.path.insert(0, str(HERE))
trials = importlib.import_module("trials")
JOBS = {work.kind: Known(work, "trials", "trials") for work in trials.jobs()}
RECORDER = Recorder(declared(events.ALL), SystemClock(), "bench")
SHORT, WORKERS, SLOTS = 999, 2, 2
LEFT = text("SELECT count(*) FROM foundation.runs WHERE finished_at IS NULL")
STATES = text("""
    SELECT kind, state, attempt, error ->> 'code', error ->> 'message', count(*)
    FROM foundation.runs GROUP BY 1, 2, 3, 4, 5
""")


async def main(url: Secret, count: int) -> None:
    """Ask for the runs, start the workers, and wait until nothing is left."""
    await upgrade(url, [], say=print)
    database = Database(url)
    async with database.transaction() as db:
        source = Source(Actor("system"), "runs", "bench")

        def record(event: Event) -> None:
            RECORDER.record(db, event, source)

        desk = Desk(db, record, Requester(None, "bench"), JOBS)
        await desk.start("trials.flood", {})
        for _ in range(count):
            await desk.start("trials.short", {})
    os.putenv("PYTHONPATH", str(HERE))  # for the workers' children, too
    workers = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, str(HERE / "worker_process.py"), url.reveal(), str(SLOTS)),
            stdout=subprocess.DEVNULL,
        )
        for _ in range(WORKERS)
    ]
    began = time.monotonic()
    left = count
    while left:
        await asyncio.sleep(2)
        async with database.reading() as db:
            left = await db.scalar(LEFT)
            print(f"{time.monotonic() - began:6.0f} s  {left} left")
    async with database.reading() as db:
        for row in await db.execute(STATES):
            print(*row)
    for worker in workers:
        worker.terminate()
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(main(Secret(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else SHORT))
