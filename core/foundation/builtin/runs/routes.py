"""The routes of ``/api/runs``: one line of policy, one line of work."""

from uuid import UUID

from foundation.builtin.runs import scheduling, service, statistics
from foundation.builtin.runs.permissions import OPERATE, READ, SCHEDULE
from foundation.builtin.runs.schemas import (
    Again,
    ArtefactContent,
    Jobs,
    LogPage,
    LogQuery,
    NewRun,
    NewSchedule,
    RunDetail,
    RunQuery,
    RunView,
    ScheduleChange,
    ScheduleQuery,
    Schedules,
    ScheduleView,
    Statistics,
    StatisticsQuery,
)
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.http.router import Router

runs = Router("runs")


@runs.get("/", needs=READ)
async def list_runs(ctx: Context, query: RunQuery) -> Page[RunView]:
    """List runs, newest first."""
    return await service.list_runs(ctx, query)


@runs.post("/", needs=OPERATE, status=201)
async def start_run(ctx: Context, body: NewRun) -> RunView:
    """Start a run of a job; this needs the job's own right, too."""
    return await service.start(ctx, body)


@runs.get("/jobs", needs=READ)
async def list_jobs(ctx: Context) -> Jobs:
    """List the jobs of the started plugins, each with the form of its parameters."""
    return service.list_jobs(ctx)


@runs.get("/schedules", needs=READ)
async def list_schedules(ctx: Context, query: ScheduleQuery) -> Schedules:
    """List the schedules, the next to come first; those of a project for who may see it."""
    return await scheduling.list_all(ctx, query)


@runs.post("/schedules", needs=SCHEDULE, status=201)
async def create_schedule(ctx: Context, body: NewSchedule) -> ScheduleView:
    """Schedule a job, perhaps for a project: its runs are then that project's."""
    return await scheduling.create(ctx, body)


@runs.patch("/schedules/{id}", needs=SCHEDULE)
async def change_schedule(ctx: Context, id: UUID, body: ScheduleChange) -> ScheduleView:
    """Change a schedule, or switch it off and on."""
    return await scheduling.change(ctx, id, body)


@runs.delete("/schedules/{id}", needs=SCHEDULE)
async def delete_schedule(ctx: Context, id: UUID) -> None:
    """Delete a schedule."""
    await scheduling.delete(ctx, id)


@runs.get("/statistics", needs=READ)
async def get_statistics(ctx: Context, query: StatisticsQuery) -> Statistics:
    """Return how runs ended and how long they took, day by day."""
    return await statistics.by_day(ctx, query)


@runs.get("/{id}", needs=READ)
async def get_run(ctx: Context, id: UUID) -> RunDetail:
    """Return one run with its attempts and what it left behind."""
    return await service.detail(ctx, id)


@runs.post("/{id}/cancel", needs=OPERATE)
async def cancel_run(ctx: Context, id: UUID) -> RunView:
    """Stop a run: at once where nobody works on it, else as soon as its handler has ended."""
    return await service.cancel(ctx, id)


@runs.post("/{id}/again", needs=OPERATE, status=201)
async def repeat_run(ctx: Context, id: UUID, body: Again) -> RunView:
    """Start a new run like one that has ended, with its parameters or with others."""
    return await service.again(ctx, id, body.params)


@runs.get("/{id}/log", needs=READ)
async def read_log(ctx: Context, id: UUID, query: LogQuery) -> LogPage:
    """Return the next lines of a run's log."""
    return await service.log(ctx, id, query)


@runs.get("/{id}/artefacts/{artefact_id}", needs=READ)
async def get_artefact(ctx: Context, id: UUID, artefact_id: UUID) -> ArtefactContent:
    """Return a file that a run left behind."""
    return await service.artefact(ctx, id, artefact_id)
