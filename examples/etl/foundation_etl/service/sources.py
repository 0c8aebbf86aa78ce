"""Sources: add, change, delete, and how they are seen."""

from uuid import UUID

from sqlalchemy import select

from foundation.sdk import (
    Context,
    FieldProblem,
    IfMatch,
    Invalid,
    NotFound,
    Page,
    Target,
    check_version,
    keyset,
)
from foundation_etl import events
from foundation_etl.models import Source
from foundation_etl.schemas import NewSource, SourceChange, Sources, SourceView


async def page(ctx: Context, query: Sources) -> Page[SourceView]:
    """Return one page of sources, by name."""
    found = select(Source)
    if query.q:
        found = found.where(Source.name.icontains(query.q, autoescape=True))
    if query.kind:
        found = found.where(Source.kind == query.kind)
    by = (Source.name, Source.id)
    items, following = await keyset(
        ctx.db, found, by=by, descending=False, limit=query.limit, cursor=query.cursor
    )
    return Page(items=[view(row) for row in items], next=following)


async def add(ctx: Context, wanted: NewSource) -> SourceView:
    """Add a source; raises `Invalid` for a query without a credential."""
    if wanted.kind == "postgres" and wanted.credential_id is None:
        problem = FieldProblem("/credential_id", "A query needs a credential", "missing")
        raise Invalid(errors=(problem,))
    owner = ctx.principal.id if ctx.principal.kind == "user" else None
    row = Source(**wanted.model_dump(), row_count=0, owner_id=owner)
    ctx.db.add(row)
    await ctx.db.flush()  # the event needs the id
    ctx.record(events.ADDED(target(row)))
    return view(row)


async def change(
    ctx: Context, source_id: UUID, *, wanted: SourceChange, expected: IfMatch
) -> SourceView:
    """Change what is given; raises `NotFound`, `PreconditionFailed`."""
    row = await existing(ctx, source_id)
    check_version(row.version, expected, view(row))
    given = wanted.model_dump(exclude_none=True)
    changed = tuple(name for name, value in given.items() if getattr(row, name) != value)
    if changed:
        for name in changed:
            setattr(row, name, given[name])
        ctx.record(events.CHANGED(target(row), changed=changed))
        await ctx.db.flush()  # the view shows the new version
    return view(row)


async def delete(ctx: Context, source_id: UUID) -> None:
    """Delete a source, and by the database its rows; raises `NotFound`."""
    row = await existing(ctx, source_id)
    ctx.record(events.DELETED(target(row)))
    await ctx.db.delete(row)


async def existing(ctx: Context, source_id: UUID) -> Source:
    """Return the row of a source; raises `NotFound`."""
    row = await ctx.db.get(Source, source_id)
    if row is None:
        raise NotFound("no such source")
    return row


def view(row: Source) -> SourceView:
    """Return a source as it may be seen."""
    return SourceView.model_validate(row)


def target(row: Source) -> Target:
    """Return a source as the audit trail names it."""
    return Target("source", str(row.id), row.name)
