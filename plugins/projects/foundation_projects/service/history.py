"""History: what happened to a project and to what belongs to it, as its members may read it."""

from uuid import UUID

from foundation.ports import Entry, TrailFilter, trail
from foundation.sdk import Context, Page, PageQuery
from foundation_projects.schemas import HistoryActor, HistoryEvent
from foundation_projects.service import access


async def history(ctx: Context, project_id: UUID, query: PageQuery) -> Page[HistoryEvent]:
    """Return a page of events, newest first, without their details; raises `NotFound`."""
    await access.standing(ctx, project_id, "history")
    entries, following = await ctx.get(trail).page(
        TrailFilter(project=project_id), limit=query.limit, cursor=query.cursor
    )
    return Page(items=[_view(entry, str(project_id)) for entry in entries], next=following)


def _view(entry: Entry, here: str) -> HistoryEvent:
    target = entry.target
    return HistoryEvent(
        id=entry.id,
        occurred_at=entry.occurred_at,
        type=entry.type,
        title=entry.title,
        plugin=entry.plugin,
        actor=HistoryActor(id=entry.actor.id, name=entry.actor.name),
        target=target.title if target and target.id != here else None,
        outcome=entry.outcome,
        reason=entry.reason,
    )
