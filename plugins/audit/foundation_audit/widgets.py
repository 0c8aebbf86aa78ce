"""The widgets of the trail: how much happened on each day, and what one did oneself."""

from datetime import UTC, datetime, timedelta

from foundation.ports import TrailFilter, activity, trail
from foundation.sdk import (
    Chart,
    ChartPoint,
    Context,
    ItemList,
    ListItem,
    Series,
    Widget,
)
from foundation_audit.permissions import READ

DAYS = 10
RECENT = 6
LIST = "/s/audit"


async def by_day(ctx: Context) -> Chart:
    """Return how much happened on each of the last days."""
    days = await ctx.get(activity).by_day(now=ctx.clock.now(), days=DAYS)
    points = []
    for one in days:
        begin = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC)
        since, until = (f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in (begin, begin + timedelta(days=1)))
        points.append(
            ChartPoint(label=one.day.isoformat(), to=f"{LIST}?since={since}&until={until}")
        )
    return Chart(
        unit="events",
        points=tuple(points),
        series=(
            Series(name="Done", values=tuple(one.well for one in days), tone="info"),
            Series(name="Failed or denied", values=tuple(one.badly for one in days), tone="bad"),
        ),
    )


async def own(ctx: Context) -> ItemList:
    """Return what whoever asks did last."""
    mine = TrailFilter(actor=str(ctx.principal.id))
    entries, _ = await ctx.get(trail).page(mine, limit=RECENT)
    lines = tuple(
        ListItem(
            title=entry.title,
            to=f"{LIST}/{entry.id}",
            detail=entry.target.title if entry.target else "",
            at=entry.occurred_at,
        )
        for entry in entries
    )
    return ItemList(items=lines, empty="You have not done anything yet.")


ALL = (
    Widget(
        key="activity",
        title="Activity",
        look=by_day,
        needs=READ,
        order=40,
        to=LIST,
        shared=True,
    ),
    Widget(key="own", title="What you did last", look=own, needs=READ, order=50),
)
