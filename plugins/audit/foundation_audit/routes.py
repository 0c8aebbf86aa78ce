"""The routes of ``/api/audit``: the trail as core keeps it, to be read."""

import base64
from uuid import UUID

from foundation.ports import EXPORTED, TrailFilter, evidence, handout, runs, trail
from foundation.sdk import Context, Page, Router
from foundation_audit import service
from foundation_audit.permissions import EXPORT, READ
from foundation_audit.schemas import (
    ENDINGS,
    ConsistencyQuery,
    ConsistencyView,
    Counted,
    CountView,
    Events,
    EventView,
    NewFilter,
    ProofView,
    RunStarted,
    SavedFilters,
    SavedFilterView,
    StandingView,
    Taken,
    TileView,
    Types,
    TypeView,
    Wanted,
)

audit = Router("audit")

MOST_COUNTED = 1_000


@audit.get("/", needs=READ)
async def list_events(ctx: Context, query: Events) -> Page[EventView]:
    """List events, newest first or oldest first."""
    asked = TrailFilter(**query.model_dump(exclude={"limit", "cursor", "order"}))
    entries, following = await ctx.get(trail).page(
        asked, limit=query.limit, cursor=query.cursor, oldest_first=query.order == "oldest"
    )
    return Page(items=[EventView.model_validate(entry) for entry in entries], next=following)


@audit.get("/count", needs=READ)
async def count_events(ctx: Context, query: Counted) -> CountView:
    """Count events, up to a thousand: more than that is only told to be more."""
    found = await ctx.get(trail).count(TrailFilter(**query.model_dump()), most=MOST_COUNTED)
    return CountView(count=min(found, MOST_COUNTED), more=found > MOST_COUNTED)


@audit.get("/types", needs=READ)
async def list_types(ctx: Context) -> Types:
    """List every type of event."""
    types = await ctx.get(trail).types()
    return Types(items=[TypeView.model_validate(each) for each in types])


@audit.get("/filters", needs=READ)
async def list_filters(ctx: Context) -> SavedFilters:
    """List the filters that one keeps."""
    return await service.listed(ctx)


@audit.post("/filters", needs=READ, status=201)
async def save_filters(ctx: Context, body: NewFilter) -> SavedFilterView:
    """Keep filters under a name, for oneself, in place of those that had it."""
    return await service.save(ctx, body)


@audit.delete("/filters/{id}", needs=READ)
async def forget_filters(ctx: Context, id: UUID) -> None:
    """Keep them no more."""
    await service.forget(ctx, id)


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
    return Taken(
        name=f"audit-{ctx.clock.now():%Y-%m-%d-%H%M}.{ENDINGS[body.form]}",
        media_type=handed.media_type,
        content=handed.content,
        events=handed.events,
        complete=handed.complete,
    )


@audit.post("/exports", needs=EXPORT, status=201)
async def start_export(ctx: Context, body: Wanted) -> RunStarted:
    """Start a run that takes out what the filters find, while its starter has the right."""
    told = body.filters.model_dump(mode="json", exclude_none=True)
    filters = {name: str(value) for name, value in told.items()}
    run = await ctx.get(runs).start("audit.export", {"form": body.form, **filters})
    return RunStarted(run_id=run.id)


@audit.get("/consistency", needs=READ)
async def get_consistency(ctx: Context, query: ConsistencyQuery) -> ConsistencyView:
    """Return the proof that the tree of one size begins with that of a smaller one."""
    found = await ctx.get(evidence).consistency(query.old, query.new, epoch=query.epoch)
    proof = [step.hex() for step in found.proof]
    return ConsistencyView(epoch=found.epoch, old=query.old, new=query.new, proof=proof)


@audit.get("/tile/{epoch}/{level}/{index}", needs=READ)
async def get_tile(ctx: Context, epoch: int, level: int, index: int) -> TileView:
    """Return one tile of the tree; it holds hashes alone."""
    hashes = await ctx.get(evidence).tile(epoch, level, index)
    text = base64.b64encode(hashes).decode()
    return TileView(epoch=epoch, level=level, index=index, width=len(hashes) // 32, hashes=text)


@audit.get("/{id}", needs=READ)
async def get_event(ctx: Context, id: UUID) -> EventView:
    """Return one event."""
    return EventView.model_validate(await ctx.get(trail).event(id))
