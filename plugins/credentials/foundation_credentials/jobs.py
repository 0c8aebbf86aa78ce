"""The job of this section: what has to happen although nobody asks for it."""

from pydantic import BaseModel
from sqlalchemy import func, select

from foundation.sdk import Cron, Event, Job, RunContext
from foundation_credentials.permissions import WRITE
from foundation_credentials.service.due import remind
from foundation_credentials.service.shred import shred


class Nothing(BaseModel):
    """There is nothing to choose."""


async def upkeep(ctx: RunContext, _params: Nothing) -> dict[str, int]:
    """Destroy what was deleted long enough ago, and remind of what expires or wants rotating."""
    async with ctx.transaction() as db:

        def record(event: Event) -> None:
            ctx.record(db, event)

        now = (await db.execute(select(func.now()))).scalar_one()
        destroyed = await shred(db, now=now, record=record)
        return {"destroyed": destroyed, "reminded": await remind(db, now=now, record=record)}


UPKEEP = Job(
    "credentials.upkeep",
    title="Look after credentials",
    params=Nothing,
    run=upkeep,
    needs=WRITE,
    attempts=3,
    on_crash="retry",
    timeout_s=300,
    schedule=Cron("17 * * * *"),
)
