"""The job: pulls rows in batches; a batch and the mark to go on from are one transaction."""

import asyncio
from collections.abc import Iterable

from sqlalchemy.dialects.postgresql import insert

from foundation.sdk import Cron, Job, Key, RunContext, uuid7
from foundation_feed import events
from foundation_feed.models import Row
from foundation_feed.permissions import PULL
from foundation_feed.schemas import PullParams


async def pull(ctx: RunContext, params: PullParams) -> dict[str, int]:
    """Pull what is missing, from the last mark on; a second attempt repeats nothing."""
    mark = await ctx.marked("rows") or {"done": 0}
    for start in range(mark["done"], params.rows, params.batch):
        end = min(start + params.batch, params.rows)
        async with ctx.transaction() as db:
            for number, text in _source(range(start, end)):
                row = {"id": uuid7(), "number": number, "text": text, "version": 1}
                await db.execute(insert(Row).values(**row).on_conflict_do_nothing())
            ctx.record(db, events.PULLED(count=end - start))
            await ctx.mark("rows", {"done": end}, db=db)
        ctx.log(f"rows {start} to {end - 1}")
        ctx.progress(end, params.rows, unit="rows")
        await asyncio.sleep(params.pause_ms / 1000)
    return {"rows": params.rows}


def _source(numbers: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Stand in for a source outside: give each row by its number."""
    return ((number, f"row {number}") for number in numbers)


PULL_ROWS = Job(
    "feed.pull",
    title="Pull rows",
    params=PullParams,
    run=pull,
    needs=PULL,
    attempts=5,
    on_crash="retry",
    timeout_s=1800,
    concurrency=Key("pull"),
    schedule=Cron("30 2 * * *", zone="Europe/Berlin"),
)
