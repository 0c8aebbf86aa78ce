"""Schedules as people make them: fields and project checked, each change with its event."""

from typing import Any
from uuid import UUID

from foundation.audit.events import EventType
from foundation.builtin.runs import repository, scope, service
from foundation.builtin.runs.permissions import SCHEDULE
from foundation.builtin.runs.schemas import (
    NewSchedule,
    ScheduleChange,
    ScheduleQuery,
    Schedules,
    ScheduleView,
)
from foundation.errors import FieldProblem, Invalid, NotFound
from foundation.http.context import Context
from foundation.ports import runs
from foundation.runs import events
from foundation.runs.calendar import BadSchedule, check, next_time
from foundation.runs.desk import checked_params
from foundation.runs.models import Schedule
from foundation.runs.schedules import about


async def list_all(ctx: Context, query: ScheduleQuery) -> Schedules:
    """Return the schedules that whoever asks may see."""
    seen = await scope.projects_seen(ctx)
    rows = await repository.schedules(ctx.db, project_id=query.project_id, projects=seen)
    edits = {id: await scope.may_edit(ctx, id) for id in {row.project_id for row in rows}}
    return Schedules(items=[_view(ctx, row, is_theirs=edits[row.project_id]) for row in rows])


async def create(ctx: Context, body: NewSchedule) -> ScheduleView:
    """Schedule a job; its runs are those of whoever makes the schedule."""
    known = ctx.get(runs).known(body.kind)
    service.require(ctx, known)
    await scope.require_project(ctx, body.project_id)
    _check(body.cron, body.zone)
    who = ctx.principal
    row = Schedule(
        kind=body.kind,
        project_id=body.project_id,
        params=checked_params(known.work, body.params),
        cron=body.cron,
        zone=body.zone,
        overlap=body.overlap,
        catch_up=body.catch_up,
        enabled=True,
        next_at=next_time(body.cron, body.zone, after=ctx.clock.now()),
        owner_id=who.id,
        owner_name=who.name or who.email,
    )
    ctx.db.add(row)
    await ctx.db.flush()  # the event needs the id
    _record(ctx, events.SCHEDULE_CREATED, row)
    await ctx.db.refresh(row)
    return _view(ctx, row)


async def change(ctx: Context, id: UUID, body: ScheduleChange) -> ScheduleView:
    """Change a schedule; it then belongs to whoever changed it."""
    row = await _existing(ctx, id)
    await scope.require_project(ctx, row.project_id)
    given: dict[str, Any] = body.model_dump(exclude_none=True)
    if "params" in given:
        given["params"] = checked_params(ctx.get(runs).known(row.kind).work, given["params"])
    for name, value in given.items():
        setattr(row, name, value)
    _check(row.cron, row.zone)
    row.next_at = next_time(row.cron, row.zone, after=ctx.clock.now())
    row.owner_id, row.owner_name = ctx.principal.id, ctx.principal.name or ctx.principal.email
    row.problem = None  # a person has looked
    _record(ctx, events.SCHEDULE_CHANGED, row)
    return _view(ctx, row)


async def delete(ctx: Context, id: UUID) -> None:
    """Delete a schedule; what its plugin proposes comes back with the next start of a worker."""
    row = await _existing(ctx, id)
    await scope.require_editor(ctx, row.project_id)
    _record(ctx, events.SCHEDULE_DELETED, row)
    await ctx.db.delete(row)


async def _existing(ctx: Context, id: UUID) -> Schedule:
    row = await repository.schedule(ctx.db, id)
    seen = await scope.projects_seen(ctx)
    if row is None or (row.project_id and seen is not None and row.project_id not in seen):
        raise NotFound("no such schedule")
    known = ctx.get(runs).jobs.get(row.kind)
    if known is not None:
        service.require(ctx, known)
    return row


def _view(ctx: Context, row: Schedule, *, is_theirs: bool = True) -> ScheduleView:
    known = ctx.get(runs).jobs.get(row.kind)
    may = ctx.principal.may(SCHEDULE) and service.may_start(ctx, known) and is_theirs
    view: ScheduleView = ScheduleView.model_validate(row)
    return view.model_copy(update={"may_change": may})


def _check(cron: str, zone: str) -> None:
    try:
        check(cron, zone)
    except BadSchedule as bad:
        field = "/zone" if "zone" in str(bad) else "/cron"
        raise Invalid(
            "The schedule cannot be read.", errors=[FieldProblem(field, str(bad))]
        ) from bad


def _record(ctx: Context, type_: EventType, row: Schedule) -> None:
    ctx.record(about(type_, row))
