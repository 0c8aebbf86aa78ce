"""The work behind ``/api/runs``: who may start, stop and repeat what, and how it is shown."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from foundation.builtin.runs import repository, scope
from foundation.builtin.runs.permissions import OPERATE
from foundation.builtin.runs.schemas import (
    ArtefactContent,
    ArtefactView,
    AttemptView,
    Jobs,
    JobView,
    LogPage,
    LogQuery,
    NewRun,
    Progress,
    RunDetail,
    RunQuery,
    RunView,
)
from foundation.errors import NotFound
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.plugins.contributions import Job
from foundation.plugins.forms import form_schema
from foundation.ports import runs
from foundation.runs.desk import Wanted
from foundation.runs.job import Known
from foundation.runs.journal import unpack
from foundation.runs.models import Run


async def list_runs(ctx: Context, query: RunQuery) -> Page[RunView]:
    """Return a page of runs."""
    seen = await scope.projects_seen(ctx)
    since = ctx.clock.now() - timedelta(days=query.days) if query.days else None
    rows, following = await repository.page_of_runs(ctx.db, query, since=since, projects=seen)
    return Page(items=[view(run, progress) for run, progress in rows], next=following)


async def detail(ctx: Context, id: UUID) -> RunDetail:
    """Return one run with all that belongs to it."""
    run = await scope.seen(ctx, id)
    tries = await repository.attempts(ctx.db, id)
    left = await repository.artefacts(ctx.db, id)
    known = ctx.get(runs).jobs.get(run.kind)
    shown = view(run, tries[-1].progress if tries else None)
    return RunDetail(
        **shown.model_dump(),
        params=run.params,
        result=run.result,
        timeout_s=run.timeout_s,
        may_operate=await _may_operate(ctx, run, known),
        attempts=[AttemptView.model_validate(one) for one in tries],
        artefacts=[ArtefactView.model_validate(one) for one in left],
    )


async def _may_operate(ctx: Context, run: Run, known: Known | None) -> bool:
    """Tell whether they may stop or repeat it, as the routes that do so will."""
    if not (ctx.principal.may(OPERATE) and may_start(ctx, known)):
        return False
    return await scope.may_edit(ctx, run.project_id)


def list_jobs(ctx: Context) -> Jobs:
    """Return every job, and whether whoever asks may start it."""
    known = sorted(ctx.get(runs).jobs.values(), key=lambda one: one.work.title)
    return Jobs(
        items=[
            JobView(
                kind=one.work.kind,
                title=one.work.title,
                plugin=one.plugin,
                version=one.work.version,
                may_start=ctx.principal.may(OPERATE) and may_start(ctx, one),
                form=form_schema(one.work.params) if one.work.params.model_fields else None,
            )
            for one in known
        ]
    )


async def start(ctx: Context, body: NewRun) -> RunView:
    """Start a run; whoever asks holds the right of its job."""
    desk = ctx.get(runs)
    require(ctx, desk.known(body.kind))
    await scope.require_project(ctx, body.project_id)
    wanted = Wanted(
        key=body.key,
        not_before=body.not_before,
        project_id=body.project_id,
        priority=body.priority,
    )
    return view(await desk.start(body.kind, body.params, wanted=wanted), None)


async def cancel(ctx: Context, id: UUID) -> RunView:
    """Ask for the end of a run."""
    desk = ctx.get(runs)
    run = await scope.operated(ctx, id)
    known = desk.jobs.get(run.kind)
    if known is not None:  # a run of a plugin that is gone can be stopped by any operator
        require(ctx, known)
    return view(await desk.cancel(id), None)


async def again(ctx: Context, id: UUID, params: Mapping[str, Any] | None) -> RunView:
    """Start a new run like an ended one."""
    desk = ctx.get(runs)
    run = await scope.operated(ctx, id)
    require(ctx, desk.known(run.kind))
    await scope.require_project(ctx, run.project_id)
    return view(await desk.again(id, params), None)


async def log(ctx: Context, id: UUID, query: LogQuery) -> LogPage:
    """Return the next lines of a log."""
    run = await scope.seen(ctx, id)
    attempt = query.attempt or max(run.attempt, 1)
    if query.last is not None:
        shown = await repository.last_chunks(ctx.db, id, attempt=attempt, count=query.last)
        more = False
    else:
        found = await repository.chunks(
            ctx.db, id, attempt=attempt, after=query.after, limit=query.limit + 1
        )
        shown, more = found[: query.limit], len(found) > query.limit
    places = [query.after, *(chunk.n for chunk in shown)]
    return LogPage(
        attempt=attempt,
        lines=[line for chunk in shown for line in unpack(chunk)],
        next=places[-1],
        more=more,
        dropped=any(later - earlier > 1 for earlier, later in pairwise(places)),
    )


async def artefact(ctx: Context, run_id: UUID, id: UUID) -> ArtefactContent:
    """Return a file with its content; this needs the right of the job, as starting one does."""
    await scope.seen(ctx, run_id)
    desk = ctx.get(runs)
    known = desk.jobs.get((await desk.get(run_id)).kind)
    if known is not None:
        require(ctx, known)
    found = await repository.artefact(ctx.db, run_id, id)
    if found is None:
        raise NotFound("no such file")
    return ArtefactContent(
        id=found.id,
        attempt=found.attempt,
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        created_at=found.created_at,
        sha256=found.sha256.hex(),
        content=base64.b64encode(found.data).decode(),
    )


def require(ctx: Context, known: Known) -> None:
    """Raise `Forbidden` unless whoever asks holds the right of the job."""
    if isinstance(known.work, Job):
        ctx.principal.require(known.work.needs)


def may_start(ctx: Context, known: Known | None) -> bool:
    """Tell whether whoever asks holds the right of the job."""
    return known is not None and isinstance(known.work, Job) and ctx.principal.may(known.work.needs)


def view(run: Run, progress: dict[str, Any] | None) -> RunView:  # JSON
    """Return *run* as the API shows it."""
    shown: RunView = RunView.model_validate(run)
    if progress is None:
        return shown
    return shown.model_copy(update={"progress": Progress.model_validate(progress)})
