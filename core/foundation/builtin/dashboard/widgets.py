"""The dashboard's own widgets: whether anything is wrong, and how much there is of everything."""

from collections.abc import Mapping, Sequence

from foundation.auth.permissions import SignedIn
from foundation.http.context import Context
from foundation.plugins.contributions import Widget
from foundation.plugins.registry import Registry
from foundation.plugins.running import running
from foundation.plugins.sections import READ_PLUGINS, Section, sections_for
from foundation.plugins.shapes import Figure, Figures, ItemList, ListItem
from foundation.ports import Part, readiness, tally
from foundation.telemetry.acting import acting

PLUGINS = "/settings/plugins"
WORKING = frozenset({"builtin", "module", "resource"})
MOST = 12


async def health(ctx: Context) -> ItemList:
    """Return what is wrong with the parts of the service and with plugins, the worst first.

    The reasons are for people who may read plugins; that something is wrong is for everybody.
    """
    knows = READ_PLUGINS in ctx.principal.permissions
    parts = ctx.get(readiness).parts()
    bad = sorted((part for part in parts if not part.ok), key=lambda part: not part.required)
    titles = {plugin.id: plugin.title for plugin in ctx.get(running).registry.plugins}
    lines = [_part(part, titles, knows=knows) for part in bad]
    if knows:
        lines += [
            ListItem(
                title=plugin.title or plugin.id,
                detail=plugin.reason[:200] or str(plugin.state),
                tone="bad",
                to=PLUGINS,
            )
            for plugin in ctx.get(running).registry.faults
        ]
    well = "Everything works: all parts are well."
    return ItemList(items=tuple(lines[:MOST]), empty=well)


def _part(part: Part, titles: Mapping[str, str], *, knows: bool) -> ListItem:
    plugin, _, check = part.name.partition(".")  # what a plugin asks to have looked at
    title = titles.get(plugin, part.name) if check else part.name.capitalize()
    said = part.detail if knows and part.detail else "It does not work as it should."
    tone = "bad" if part.required else "warn"
    return ListItem(title=title, detail=said[:200], tone=tone, to=PLUGINS if knows else None)


async def sections(ctx: Context) -> Figures | None:
    """Return a figure for each working section whose plugin offers to count."""
    registry = ctx.get(running).registry
    figures = [
        figure
        for section in sections_for(registry, ctx.principal)
        if (figure := await _figure(ctx, registry, section)) is not None
    ]
    if READ_PLUGINS in ctx.principal.permissions:
        there = len(registry.plugins) + len(registry.gone)  # as the list shows them, faults too
        figures.append(Figure(label="Plugins", value=there, to=PLUGINS))
    return Figures(items=tuple(figures[:MOST])) if figures else None


async def _figure(ctx: Context, registry: Registry, section: Section) -> Figure | None:
    offered = registry.offers.get(tally(section.id))
    if offered is None or section.ui["kind"] not in WORKING:
        return None
    provider, offer = offered
    with acting(provider):
        counted: int = await offer.factory(ctx.acting_as(provider)).count()
    return Figure(label=section.title, value=counted, to=f"/s/{section.id}")


ALL: Sequence[Widget] = (
    Widget(
        key="health",
        title="Health",
        look=health,
        needs=SignedIn("whether the service works is for everybody who uses it"),
        order=0,
    ),
    Widget(
        key="sections",
        title="At a glance",
        look=sections,
        needs=SignedIn("it counts what the person may see"),
        order=30,
        size="l",
    ),
)
