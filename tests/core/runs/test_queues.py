"""How the queues stand: what waits, since when, and whether anybody is there for it."""

from datetime import timedelta

from sqlalchemy import func, insert, update

from foundation.ids import uuid7
from foundation.runs.models import Run, WorkerRow
from foundation.runs.queues import Queue, queues


async def test_what_waits_is_counted_by_queue_with_its_age_and_its_workers(office):
    first, _ = [await office.start("short") for _ in range(2)]
    async with office.database.transaction() as db:
        await db.execute(
            update(Run)
            .where(Run.id == first)
            .values(created_at=func.now() - timedelta(minutes=5))
            .execution_options(synchronize_session=False)
        )
        row = {"host": "", "pid": 1, "version": "", "kinds": []}
        for slots, names, ago in ((2, ["default", "gpu"], 0), (9, ["default"], 3600)):
            beat = func.now() - timedelta(seconds=ago)
            values = {**row, "id": uuid7(), "slots": slots, "queues": names, "heartbeat_at": beat}
            await db.execute(insert(WorkerRow).values(**values))
    async with office.database.reading() as db:
        found = {one.name: one for one in await queues(db)}

    assert (found["default"].waiting, found["default"].slots) == (2, 2)  # the dead one has none
    assert 299 <= found["default"].oldest_s < 400
    assert found["gpu"] == Queue("gpu", 0, 0.0, 2)


def test_a_queue_says_what_is_wrong_with_it():
    assert Queue("default", 0, 0.0, 0).problem == ""
    assert Queue("default", 5, 3.0, 2).problem == ""
    assert Queue("gpu", 1, 3.0, 0).problem == "1 wait in gpu, where no run worker is"
    assert Queue("gpu", 1, 300.0, 1).problem == "a run has waited 5 min in gpu"
    assert Queue("gpu", 1, 119.6 * 60, 1).problem == "a run has waited 120 min in gpu"
    assert Queue("gpu", 1, 5 * 3600.0, 1).problem == "a run has waited 5 h in gpu"
