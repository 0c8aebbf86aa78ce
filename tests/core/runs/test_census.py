"""How many runs wait, since when, and how many workers could do them."""

from datetime import timedelta

from sqlalchemy import func, update

from foundation import ids
from foundation.runs.census import census
from foundation.runs.desk import Wanted
from foundation.runs.models import Run, WorkerRow


async def test_what_is_due_is_counted_by_queue_and_an_empty_queue_stays_named(office, kit):
    for _ in range(2):
        await office.start("short")
    later = await office.start("short", wanted=Wanted())
    async with office.database.transaction() as db:
        old = func.now() - timedelta(minutes=20)
        await db.execute(update(Run).values(delivered_at=old))
        await db.execute(
            update(Run).where(Run.id == later).values(not_before=func.now() + timedelta(hours=1))
        )
        for silent, queues in ((timedelta(0), ["gpu"]), (timedelta(hours=1), ["gone"])):
            db.add(
                WorkerRow(
                    id=ids.uuid7(), host="here", pid=1, version="1", kinds=[], queues=queues,
                    slots=1, heartbeat_at=func.now() - silent,
                )
            )  # fmt: skip
        await kit.audited(db)
    async with office.database.reading() as db:
        counted = await census(db)

    depth, seconds = counted.queues["default"]
    assert depth == 2
    assert 1_190 < seconds < 1_500
    assert counted.queues["gpu"] == (0, 0.0)
    assert "gone" not in counted.queues
    assert counted.executors == 1
