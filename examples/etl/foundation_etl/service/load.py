"""Load: read a source and replace its rows, all in one transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.ports import credential_vault
from foundation.sdk import Context, Event, Page, Unavailable, keyset
from foundation_etl import events
from foundation_etl.models import Row, Source
from foundation_etl.schemas import Rows, RowView, SourceView
from foundation_etl.service import sources
from foundation_etl.service.read import Records, read_csv, read_postgres

PURPOSE = "load the source {name}"


async def load(ctx: Context, source_id: UUID) -> SourceView:
    """Read the source and replace its rows; raises `NotFound`, `CannotRead`, `Unavailable`.

    When it cannot be read, the rows of the last time stay as they were.
    """
    row = await sources.existing(ctx, source_id)
    records = await _read(ctx, row)
    ctx.record(await replace(ctx.db, row, records, now=ctx.clock.now()))
    await ctx.db.flush()  # the view shows the new version
    return sources.view(row)


async def replace(db: AsyncSession, row: Source, records: Records, *, now: datetime) -> Event:
    """Put *records* in place of the rows of a source; return the event that tells it."""
    before = row.row_count
    await db.execute(delete(Row).where(Row.source_id == row.id))
    db.add_all(
        Row(source_id=row.id, number=number, data=data)
        for number, data in enumerate(records, start=1)
    )
    row.row_count, row.loaded_at = len(records), now
    return events.LOADED(sources.target(row), before=before, rows=len(records))


async def rows(ctx: Context, source_id: UUID, query: Rows) -> Page[RowView]:
    """Return one page of a source's rows, in their order; raises `NotFound`."""
    await sources.existing(ctx, source_id)
    found = select(Row).where(Row.source_id == source_id)
    items, following = await keyset(
        ctx.db, found, by=(Row.number,), descending=False, limit=query.limit, cursor=query.cursor
    )
    return Page(items=[RowView.model_validate(row) for row in items], next=following)


async def _read(ctx: Context, row: Source) -> Records:
    if row.kind == "csv" or row.credential_id is None:
        return read_csv(row.content)
    vault = ctx.find(credential_vault)
    if vault is None:
        raise Unavailable("no plugin keeps credentials here, so no query can be run")
    async with vault.use(row.credential_id, purpose=PURPOSE.format(name=row.name)) as used:
        return await read_postgres(used, row.content)
