"""The routes of ``/api/audit``: the trail as core keeps it, to be read."""

from uuid import UUID

from foundation.ports import TrailFilter, trail
from foundation.sdk import Context, Page, Router
from foundation_audit.permissions import READ
from foundation_audit.schemas import Events, EventView, Types, TypeView

audit = Router("audit")


@audit.get("/", needs=READ)
async def list_events(ctx: Context, query: Events) -> Page[EventView]:
    """List events, newest first."""
    asked = TrailFilter(**query.model_dump(exclude={"limit", "cursor"}))
    entries, following = await ctx.get(trail).page(asked, limit=query.limit, cursor=query.cursor)
    return Page(items=[EventView.model_validate(entry) for entry in entries], next=following)


@audit.get("/types", needs=READ)
async def list_types(ctx: Context) -> Types:
    """List every type of event."""
    types = await ctx.get(trail).types()
    return Types(items=[TypeView.model_validate(each) for each in types])


@audit.get("/{id}", needs=READ)
async def get_event(ctx: Context, id: UUID) -> EventView:
    """Return one event."""
    return EventView.model_validate(await ctx.get(trail).event(id))
