"""Saved filters: each person keeps their own, and nobody sees another's."""

from uuid import UUID

from foundation.sdk import Conflict, Context, NotFound, Target
from foundation_audit import events, repository
from foundation_audit.models import SavedFilter
from foundation_audit.schemas import NewFilter, SavedFilters, SavedFilterView

MOST = 20


class TooManyFilters(Conflict):
    """Nobody keeps more than they can find again."""

    code, title = "too_many_filters", "Too many saved filters"


async def listed(ctx: Context) -> SavedFilters:
    """Return what whoever asks keeps, by name."""
    rows = await repository.of_person(ctx.db, _own_id(ctx))
    return SavedFilters(items=[SavedFilterView.model_validate(row) for row in rows])


async def save(ctx: Context, new: NewFilter) -> SavedFilterView:
    """Keep filters under a name, in place of those that had it; raises `TooManyFilters`."""
    kept = {row.name: row for row in await repository.of_person(ctx.db, _own_id(ctx))}
    row = kept.get(new.name)
    if row is None and len(kept) >= MOST:
        raise TooManyFilters(f"{MOST} are the most; forget one first", most=MOST)
    query = {str(name): value for name, value in new.query.items()}
    if row is None:
        row = SavedFilter(user_id=_own_id(ctx), name=new.name, query=query)
        ctx.db.add(row)
    row.query = query
    await ctx.db.flush()  # the event needs the id, the view the version
    ctx.record(events.SAVED(_target(row), query=query))
    return SavedFilterView.model_validate(row)


async def forget(ctx: Context, id: UUID) -> None:
    """Keep one no more; raises `NotFound`."""
    row = await repository.find(ctx.db, _own_id(ctx), id)
    if row is None:
        raise NotFound("no such saved filters")
    ctx.record(events.FORGOTTEN(_target(row)))
    await ctx.db.delete(row)


def _own_id(ctx: Context) -> UUID:
    assert ctx.principal.id is not None  # whoever has a right is somebody
    return ctx.principal.id


def _target(row: SavedFilter) -> Target:
    return Target("filter", str(row.id), row.name)
