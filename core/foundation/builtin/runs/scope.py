"""Scope: a run that belongs to a project is for those who may see that project.

Who they are the plugin that has projects tells, through a port. While it is away nobody can tell,
and a project's runs show only to those who may stop any run.
"""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from foundation.builtin.runs import repository
from foundation.builtin.runs.permissions import OPERATE
from foundation.errors import Forbidden, NotFound
from foundation.http.context import Context
from foundation.ports import project_access, runs
from foundation.runs.models import Run


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
    access = ctx.find(project_access)
    if run.project_id is None or access is None:
        return run
    # A project that was purged leaves its runs; then the right over every run decides alone.
    with suppress(NotFound):
        if (await access.look(run.project_id)).role == "viewer":
            raise Forbidden("this needs the role editor in the project of the run", role="editor")
    return run


async def require_project(ctx: Context, project_id: UUID | None) -> None:
    """Let nobody below an editor begin a run in a project.

    Raises `NotFound`, `Forbidden`, `Conflict` for an archived one, and `Unavailable` while
    nobody knows projects.
    """
    if project_id is not None:
        await ctx.get(project_access).require(project_id)


@dataclass(frozen=True, slots=True)
class RunsOfProjects:
    """Counts the runs of a project; satisfies `foundation.ports.ProjectRuns`."""

    ctx: Context

    async def count_open(self, project_id: UUID) -> int:
        """Return how many runs of the project have not ended."""
        return await repository.count_open(self.ctx.db, project_id=project_id)
