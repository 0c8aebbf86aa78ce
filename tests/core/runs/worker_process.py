"""A real run worker on the jobs of `trials`, for tests to kill: DATABASE, SLOTS, FENCE."""

import asyncio
import importlib
import os
import signal
import sys

from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.runs import events
from foundation.runs.engine import ProcrastinateDelivery
from foundation.runs.job import Known
from foundation.runs.outfit import Outfit
from foundation.runs.pace import Pace
from foundation.runs.worker import Worker
from foundation.secret import Secret
from foundation.telemetry.logging import configure

QUICK = Pace(
    beat=0.5,
    fence_after=float(sys.argv[3]),
    dead_after=1.5 * float(sys.argv[3]),
    sweep=0.4,
    undelivered_after=2.0,
    grace_after=0.3,
    drain=3.0,
    flush=0.3,
    progress=0.1,
    put_back=1.0,
)


async def main():
    trials = importlib.import_module("trials")
    url = Secret(sys.argv[1])
    configure(level="info")
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    outfit = Outfit(
        url=url,
        database=Database(url),
        delivery=ProcrastinateDelivery(url, poll_s=1.0),
        jobs={work.kind: Known(work, "trials", "trials") for work in trials.jobs()},
        recorder=Recorder(declared(events.ALL), SystemClock(), "test"),
        clock=SystemClock(),
        environ=os.environ,
        version="test",
        slots=int(sys.argv[2]),
        pace=QUICK,
    )
    await Worker(outfit).run(stop)


if __name__ == "__main__":
    asyncio.run(main())
