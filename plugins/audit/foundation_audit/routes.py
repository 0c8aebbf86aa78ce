"""The routes of ``/api/audit``: the trail as core keeps it, to be read."""

from uuid import UUID

from foundation.ports import EXPORTED, TrailFilter, evidence, handout, trail
from foundation.sdk import Context, Page, Router
from foundation_audit.permissions import EXPORT, READ
from foundation_audit.schemas import (
    Events,
    EventView,
    ProofView,
    StandingView,
    Taken,
    Types,
    TypeView,
    Wanted,
)

audit = Router("audit")


@audit.get("/", needs=READ)
async def list_events(ctx: Context, query: Events) -> Page[EventView]:
    """List events, newest first or oldest first."""
    asked = TrailFilter(**query.model_dump(exclude={"limit", "cursor", "order"}))
    entries, following = await ctx.get(trail).page(
        asked, limit=query.limit, cursor=query.cursor, oldest_first=query.order == "oldest"
    )
    return Page(items=[EventView.model_validate(entry) for entry in entries], next=following)


@audit.get("/types", needs=READ)
async def list_types(ctx: Context) -> Types:
    """List every type of event."""
    types = await ctx.get(trail).types()
    return Types(items=[TypeView.model_validate(each) for each in types])


@audit.get("/checkpoint", needs=READ)
async def get_checkpoint(ctx: Context) -> StandingView:
    """Tell how far the trail is proved, with its newest signed head."""
    return StandingView.model_validate(await ctx.get(evidence).standing())


@audit.get("/events/{id}/proof", needs=READ)
async def get_proof(ctx: Context, id: UUID) -> ProofView:
    """Return the proof that one event is in the signed trail; 409 while it is not sealed."""
    return ProofView.model_validate(await ctx.get(evidence).proof(id))


@audit.post("/export", needs=EXPORT, status=200)
async def export_events(ctx: Context, body: Wanted) -> Taken:
    """Take out what the filters find, at most 5,000 events; who took what is an event."""
    asked = TrailFilter(**body.filters.model_dump())
    handed = await ctx.get(handout).write(asked, body.form)
    told = body.filters.model_dump(mode="json", exclude_none=True)
    filters = {name: str(value) for name, value in told.items()}
    ctx.record(EXPORTED(form=body.form, filters=filters))
    ending = {"csv": "csv", "ndjson": "ndjson", "ocsf": "ocsf.ndjson"}[body.form]
    return Taken(
        name=f"audit-{ctx.clock.now():%Y-%m-%d-%H%M}.{ending}",
        media_type=handed.media_type,
        content=handed.content,
        events=handed.events,
        complete=handed.complete,
    )


@audit.get("/{id}", needs=READ)
async def get_event(ctx: Context, id: UUID) -> EventView:
    """Return one event."""
    return EventView.model_validate(await ctx.get(trail).event(id))
