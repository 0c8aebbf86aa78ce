"""Purge: the end of an archived project, shown first, then done after its slug was typed."""

from uuid import UUID

from foundation.ports import CredentialRef, credential_directory, project_runs
from foundation.sdk import (
    Conflict,
    Context,
    FieldProblem,
    IfMatch,
    Invalid,
    check_version,
)
from foundation_projects import events, repository
from foundation_projects.models import Project
from foundation_projects.schemas import AttachedCredential, Purge, PurgePlan
from foundation_projects.service import access, lifecycle


class ProjectBusy(Conflict):
    """A purge would cut something off that is still going on."""

    code, title = "project_busy", "This project cannot be purged now"


async def plan(ctx: Context, project_id: UUID) -> PurgePlan:
    """Tell what a purge would do, and what is in its way; raises `NotFound`, `Forbidden`."""
    row = (await access.standing(ctx, project_id, "purge")).row
    return await _plan(ctx, row)


async def purge(ctx: Context, project_id: UUID, *, wanted: Purge, expected: IfMatch) -> None:
    """Delete a project, its memberships and schedules, and let its credentials go.

    Raises `NotFound`, `Forbidden`, `ProjectActive`, `PreconditionFailed`, `ProjectBusy`, and
    `Invalid` for another slug than the project's.
    """
    stands = await access.standing(ctx, project_id, "purge")
    row = stands.row
    await repository.find_to_change(ctx.db, project_id)
    check_version(row.version, expected, await lifecycle.view(ctx, stands))
    lifecycle.require_archived(row)
    if wanted.slug != row.slug:
        wrong = FieldProblem("/slug", "This is not the project's slug.", "other_slug")
        raise Invalid("Type the slug of the project.", errors=[wrong])
    seen = await _plan(ctx, row)
    if seen.blocked:
        raise ProjectBusy("its runs have to end first", blocked=seen.blocked)
    directory = ctx.find(credential_directory)
    for credential in seen.credentials if directory else ():
        await directory.release(credential.id, lifecycle.holder(row))  # type: ignore[union-attr]  # asked above
    runs = ctx.find(project_runs)
    if runs is not None:
        await runs.end_schedules(row.id)
    told = events.PURGED(
        lifecycle.target(row),
        project_id=row.id,
        slug=row.slug,
        members=seen.members,
        credentials=tuple(str(credential.id) for credential in seen.credentials),
    )
    ctx.record(told)
    await ctx.db.delete(row)


async def _plan(ctx: Context, row: Project) -> PurgePlan:
    directory, runs = ctx.find(credential_directory), ctx.find(project_runs)
    held = await directory.held_by("projects", row.id) if directory else []
    open_runs = await runs.count_open(row.id) if runs else None
    in_the_way = {
        "active": row.status != access.ARCHIVED,
        "runs": bool(open_runs),
        # What a plugin that is away notes of this project could not be taken back.
        "credentials_away": directory is None,
    }
    return PurgePlan(
        slug=row.slug,
        version=row.version,
        members=len(await repository.members(ctx.db, row.id)),
        credentials=[_view(credential) for credential in held],
        open_runs=open_runs,
        schedules=await runs.count_schedules(row.id) if runs else 0,
        blocked=[why for why, is_so in in_the_way.items() if is_so],
    )


def _view(held: CredentialRef) -> AttachedCredential:
    return AttachedCredential(id=held.id, slug=held.slug, name=held.name, kind=held.kind)
