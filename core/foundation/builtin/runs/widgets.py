"""The widgets of runs: what failed lately, what is under way, and the first run."""

from datetime import timedelta

from foundation.builtin.runs import repository, scope
from foundation.builtin.runs.permissions import OPERATE, READ
from foundation.http.context import Context
from foundation.plugins.contributions import Widget
from foundation.plugins.shapes import Checklist, Figure, Figures, ItemList, ListItem, Step
from foundation.ports import runs

LATELY = timedelta(days=7)
SHOWN = 5
LIST = "/s/runs"


async def failed(ctx: Context) -> ItemList:
    """Return the newest runs that failed or were lost in the last days."""
    found = await repository.ended_badly(
        ctx.db,
        since=ctx.clock.now() - LATELY,
        limit=SHOWN,
        projects=await scope.projects_seen(ctx),
    )
    lines = tuple(
        ListItem(
            title=run.title,
            to=f"{LIST}/{run.id}",
            detail=str((run.error or {}).get("message") or run.state)[:200],
            tone="bad",
            at=run.finished_at,
        )
        for run in found
    )
    return ItemList(items=lines, empty="No run has failed in the last 7 days.")


async def now(ctx: Context) -> Figures | None:
    """Return how many runs have not ended; nothing where no plugin has a job."""
    if not ctx.get(runs).jobs:
        return None
    projects = await scope.projects_seen(ctx)
    count = await repository.count_open(ctx.db, projects=projects)
    return Figures(items=(Figure(label="Not ended", value=count, to=f"{LIST}?open=true"),))


async def first_steps(ctx: Context) -> Checklist | None:
    """Return whether anything ever ran; nothing where no plugin has a job."""
    if not ctx.get(runs).jobs:
        return None
    step = Step(
        title="Start a run",
        detail="Work of a plugin that goes on after its request: watch it, stop it, repeat it.",
        done=await repository.any_run(ctx.db),
        to=f"{LIST}/start",
    )
    return Checklist(steps=(step,))


ALL = (
    Widget(
        key="failed",
        title="Failed runs",
        look=failed,
        needs=READ,
        order=15,
        to=f"{LIST}?failed=true&days={LATELY.days}",
    ),
    Widget(key="now", title="Runs", look=now, needs=READ, order=25, to=LIST),
    Widget(key="first_steps", title="Runs", look=first_steps, needs=OPERATE, order=93),
)
