"""Delivery and withdrawal ride in the caller's transaction."""

from datetime import UTC, datetime

from sqlalchemy import select, text

from foundation.runs.delivery import deliver, withdraw
from foundation.runs.models import Run

JOBS = text("""
    SELECT queue_name, task_name, priority, args, scheduled_at
    FROM procrastinate.procrastinate_jobs ORDER BY id
""")


async def test_a_delivery_names_run_attempt_queue_priority_and_time(office):
    id = await office.start("short")
    at = datetime(2030, 1, 1, tzinfo=UTC)
    async with office.database.transaction() as db:
        run = await db.scalar(select(Run).where(Run.id == id))
        before = run.delivery_ref
        await deliver(db, run, at=at)
        await withdraw(db, before)
        await withdraw(db, None)

    async with office.database.reading() as db:
        (job,) = (await db.execute(JOBS)).all()
    assert tuple(job) == ("default", "foundation.execute", 0, {"run": str(id), "attempt": 0}, at)
