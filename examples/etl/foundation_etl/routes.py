"""The routes of ``/api/etl``: one line of policy, one line of work."""

from uuid import UUID

from foundation.sdk import Context, IfMatch, Page, Router
from foundation_etl.permissions import LOAD, READ, WRITE
from foundation_etl.schemas import NewSource, Rows, RowView, SourceChange, Sources, SourceView
from foundation_etl.service import load, sources

etl = Router("etl")


@etl.get("/", needs=READ)
async def list_sources(ctx: Context, query: Sources) -> Page[SourceView]:
    """List sources by name."""
    return await sources.page(ctx, query)


@etl.post("/", needs=WRITE, status=201)
async def add_source(ctx: Context, body: NewSource) -> SourceView:
    """Add a source."""
    return await sources.add(ctx, body)


@etl.get("/{id}", needs=READ)
async def get_source(ctx: Context, id: UUID) -> SourceView:
    """Return one source."""
    return sources.view(await sources.existing(ctx, id))


@etl.patch("/{id}", needs=WRITE)
async def change_source(
    ctx: Context, id: UUID, body: SourceChange, expected: IfMatch
) -> SourceView:
    """Change name, content or credential."""
    return await sources.change(ctx, id, wanted=body, expected=expected)


@etl.delete("/{id}", needs=WRITE)
async def delete_source(ctx: Context, id: UUID) -> None:
    """Delete a source and its rows."""
    await sources.delete(ctx, id)


@etl.post("/{id}/load", needs=LOAD, retry_safe=False)
async def load_source(ctx: Context, id: UUID) -> SourceView:
    """Read a source now and replace its rows."""
    return await load.load(ctx, id)


@etl.get("/{id}/rows", needs=READ)
async def list_rows(ctx: Context, id: UUID, query: Rows) -> Page[RowView]:
    """List the rows of a source in their order."""
    return await load.rows(ctx, id, query)
