"""What the dashboard shows: figures of the sections a person sees, the parts, their own events."""

from foundation.builtin.dashboard.schemas import DashboardView, Event, Part, Tile
from foundation.http.context import Context
from foundation.plugins.registry import Registry
from foundation.plugins.running import running
from foundation.plugins.sections import READ_PLUGINS, Section, sections_for
from foundation.ports import TrailFilter, readiness, tally, trail

READ_TRAIL = "audit:event:read"
"""The permission of the Audit plugin; while that is away nobody holds it, and nothing is shown."""

RECENT = 10
WORKING = frozenset({"builtin", "module", "resource"})


async def look(ctx: Context) -> DashboardView:
    """Return the dashboard of whoever asks."""
    registry = ctx.get(running).registry
    return DashboardView(
        tiles=[*await _tallies(ctx, registry), *_plugin_tile(ctx, registry)],
        health=_parts(ctx),
        events=await _events(ctx),
    )


async def _tallies(ctx: Context, registry: Registry) -> list[Tile]:
    """Return a figure for each working section whose plugin offers to count."""
    tiles = []
    for section in sections_for(registry, ctx.principal):
        count = await _count(ctx, registry, section)
        if count is not None:
            to = f"/s/{section.id}"
            tiles.append(Tile(key=section.id, title=section.title, value=count, to=to))
    return tiles


async def _count(ctx: Context, registry: Registry, section: Section) -> int | None:
    offered = registry.offers.get(tally(section.id))
    if offered is None or section.ui["kind"] not in WORKING:
        return None
    provider, offer = offered
    counted: int = await offer.factory(ctx.acting_as(provider)).count()
    return counted


def _plugin_tile(ctx: Context, registry: Registry) -> list[Tile]:
    if READ_PLUGINS not in ctx.principal.permissions:
        return []
    broken = [plugin.title or plugin.id for plugin in registry.faults]
    return [
        Tile(
            key="plugins",
            title="Plugins",
            value=len(registry.started),
            to="/settings/plugins",
            tone="bad" if broken else "good",
            detail=f"not running: {', '.join(broken)}" if broken else None,
        )
    ]


def _parts(ctx: Context) -> list[Part]:
    with_detail = READ_PLUGINS in ctx.principal.permissions
    return [
        Part(
            name=part.name,
            ok=part.ok,
            required=part.required,
            detail=(part.detail or None) if with_detail else None,
        )
        for part in ctx.get(readiness).parts()
    ]


async def _events(ctx: Context) -> list[Event] | None:
    if READ_TRAIL not in ctx.principal.permissions or ctx.principal.id is None:
        return None
    mine = TrailFilter(actor=str(ctx.principal.id))
    entries, _ = await ctx.get(trail).page(mine, limit=RECENT)
    return [Event.model_validate(entry) for entry in entries]
