"""The job: load a source in a run, with the credential that its parameters name."""

from sqlalchemy import func, select

from foundation.sdk import Job, RunContext
from foundation_etl.models import Source
from foundation_etl.permissions import LOAD
from foundation_etl.schemas import LoadParams
from foundation_etl.service.load import replace
from foundation_etl.service.read import CannotRead, read_csv, read_postgres


async def load(ctx: RunContext, params: LoadParams) -> dict[str, int]:
    """Read the source and replace its rows; what cannot be read leaves them as they were."""
    async with ctx.database.reading() as db:
        source = await db.get(Source, params.source_id)
    if source is None:
        raise CannotRead("there is no such source")
    if source.kind == "csv" or source.credential_id is None:
        records = read_csv(source.content)
    elif source.credential_id != params.credential_id:
        raise CannotRead("the source has another credential than the run names")
    else:
        used = await ctx.credential(source.credential_id, purpose=source.name)
        ctx.log(f"asking {used.ref.name}")
        records = await read_postgres(used, source.content)
    ctx.progress(0, len(records), unit="rows")
    # All or nothing, and only while this attempt holds the run: cut anywhere, each row is once.
    async with ctx.transaction() as db:
        row = (await db.scalars(select(Source).where(Source.id == source.id))).one()
        now = (await db.scalars(select(func.now()))).one()
        ctx.record(db, await replace(db, row, records, now=now))
    ctx.progress(len(records), len(records), unit="rows")
    return {"rows": len(records)}


LOAD_SOURCE = Job(
    "etl.load",
    title="Load a source",
    params=LoadParams,
    run=load,
    needs=LOAD,
    attempts=3,
    on_crash="retry",
    timeout_s=600,
)
