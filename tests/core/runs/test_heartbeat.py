"""The heartbeat beats from its own thread and hears of a cancel at once."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, insert, select, text

from foundation.ids import uuid7
from foundation.runs import moves
from foundation.runs.engine import conninfo
from foundation.runs.heartbeat import Heartbeat
from foundation.runs.models import WorkerRow
from foundation.runs.pace import Pace


async def test_it_beats_and_hears_of_a_cancel(office, core_database_url):
    worker = uuid7()
    id = await office.start("wait")
    async with office.database.transaction() as db:
        row = {"id": worker, "host": "", "pid": 1, "version": "", "kinds": [], "queues": []}
        await db.execute(insert(WorkerRow).values(**row, slots=1))
        await db.execute(
            text("UPDATE foundation.run_workers SET heartbeat_at = now() - interval '1 hour'")
        )
        await moves.claim(db, office.record, run_id=id, attempt=0, worker_id=worker)
    loop, heard = asyncio.get_running_loop(), asyncio.Queue()
    heart = Heartbeat(
        conninfo(core_database_url),
        worker,
        pace=Pace(beat=0.3),
        cancelled=lambda run: loop.call_soon_threadsafe(heard.put_nowait, run),
        fence=lambda: None,
    )

    heart.start()
    try:
        await office.cancel(id)
        assert await asyncio.wait_for(heard.get(), 60) == id
        async with office.database.reading() as db:
            age = await db.scalar(select(func.clock_timestamp() - WorkerRow.heartbeat_at))
        assert age < timedelta(minutes=1)
    finally:
        heart.stop()
