"""Scope: a run or schedule of a project is for those who may see that project.

Who they are the plugin that has projects tells, through a port. While it is away nobody can tell,
and a project's runs show only to those who may stop any run.
"""

from dataclasses import dataclass
from uuid import UUID

from foundation.builtin.runs import repository
from foundation.builtin.runs.permissions import OPERATE
from foundation.errors import Forbidden, NotFound
from foundation.http.context import Context
from foundation.ports import project_access, runs
from foundation.runs import events
from foundation.runs.models import Run
from foundation.runs.schedules import about


async def projects_seen(ctx: Context) -> frozenset[UUID] | None:
    """Return the projects whose runs whoever asks may see; None is every one."""
    access = ctx.find(project_access)
    if access is not None:
        return await access.visible()
    return None if ctx.principal.may(OPERATE) else frozenset()


async def seen(ctx: Context, run_id: UUID) -> Run:
    """Return a run; raises `NotFound`, the same for one of a project that is not theirs."""
    run = await ctx.get(runs).get(run_id)
    if run.project_id is not None:
        visible = await projects_seen(ctx)
        if visible is not None and run.project_id not in visible:
            raise NotFound("no such run")
    return run


@dataclass(frozen=True, slots=True)
class RunsSeen:
    """Whether a run is for whoever asks; satisfies `foundation.ports.RunSight`."""

    ctx: Context

    async def sees(self, run_id: UUID) -> bool:
        """Tell whether they may see it; what is not there nobody sees."""
        try:
            await seen(self.ctx, run_id)
        except NotFound:
            return False
        return True


async def operated(ctx: Context, run_id: UUID) -> Run:
    """Return a run that is to be stopped or repeated.

    Raises `NotFound` as `seen` does, and `Forbidden` for a mere viewer of its project.
    """
    run = await seen(ctx, run_id)
    await require_editor(ctx, run.project_id)
    return run


async def require_editor(ctx: Context, project_id: UUID | None) -> None:
    """Raise `Forbidden` for a mere viewer of the project; one that is archived does not matter.

    Of a project that was purged, or while nobody knows projects, the right over every run
    decides alone.
    """
    if not await may_edit(ctx, project_id):
        raise Forbidden("this needs the role editor in the project", role="editor")


async def may_edit(ctx: Context, project_id: UUID | None) -> bool:
    """Tell whether whoever asks is more than a viewer of the project, if there is one."""
    access = ctx.find(project_access)
    if project_id is None or access is None:
        return True
    try:
        return (await access.look(project_id)).role != "viewer"
    except NotFound:
        return True


async def require_project(ctx: Context, project_id: UUID | None) -> None:
    """Let nobody below an editor begin a run in a project, now or by a schedule.

    Raises `NotFound`, `Forbidden`, `Conflict` for an archived one, and `Unavailable` while
    nobody knows projects.
    """
    if project_id is not None:
        await ctx.get(project_access).require(project_id)


@dataclass(frozen=True, slots=True)
class RunsOfProjects:
    """The runs and schedules of a project; satisfies `foundation.ports.ProjectRuns`."""

    ctx: Context

    async def count_open(self, project_id: UUID) -> int:
        """Return how many runs of the project have not ended."""
        return await repository.count_open(self.ctx.db, project_id=project_id)

    async def count_schedules(self, project_id: UUID) -> int:
        """Return how many schedules the project has."""
        return len(await repository.schedules(self.ctx.db, project_id=project_id))

    async def end_schedules(self, project_id: UUID) -> None:
        """Delete the schedules of a project that ends, each with its event."""
        for row in await repository.schedules(self.ctx.db, project_id=project_id):
            self.ctx.record(about(events.SCHEDULE_DELETED, row))
            await self.ctx.db.delete(row)
