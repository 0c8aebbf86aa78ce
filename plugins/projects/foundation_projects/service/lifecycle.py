"""Lifecycle: how projects are looked at, begun, changed, archived and restored."""

from uuid import UUID

from foundation.ports import Holder, credential_directory
from foundation.sdk import (
    Conflict,
    Context,
    IfMatch,
    NotFound,
    Page,
    Target,
    check_version,
)
from foundation_projects import events, repository
from foundation_projects.models import Project
from foundation_projects.schemas import NewProject, ProjectChange, Projects, ProjectView

ACTIVE = "active"
ARCHIVED = "archived"


class SlugTaken(Conflict):
    """Another project has this slug."""

    code, title = "slug_taken", "This slug is taken"


class ProjectArchived(Conflict):
    """An archived project changes no more until it is restored."""

    code, title = "project_archived", "This project is archived"


class ProjectActive(Conflict):
    """Only an archived project is restored."""

    code, title = "project_active", "This project is not archived"


async def page(ctx: Context, query: Projects) -> Page[ProjectView]:
    """Return one page of projects."""
    rows, following = await repository.page(ctx.db, query)
    return Page(items=[view(row) for row in rows], next=following)


async def one(ctx: Context, project_id: UUID) -> ProjectView:
    """Return one project; raises `NotFound`."""
    return view(await existing(ctx, project_id))


async def create(ctx: Context, new: NewProject) -> ProjectView:
    """Begin a project that belongs to the caller; raises `SlugTaken`."""
    if await repository.find_by_slug(ctx.db, new.slug):
        raise SlugTaken("a project has this slug", slug=new.slug)
    row = Project(
        slug=new.slug,
        name=new.name,
        description=new.description,
        status=ACTIVE,
        owner_id=ctx.principal.id if ctx.principal.kind == "user" else None,
    )
    ctx.db.add(row)
    await ctx.db.flush()  # the event needs the id
    ctx.record(events.CREATED(target(row), project_id=row.id, slug=row.slug))
    return view(row)


async def change(
    ctx: Context, project_id: UUID, *, wanted: ProjectChange, expected: IfMatch
) -> ProjectView:
    """Change what is given; raises `NotFound`, `PreconditionFailed`, `ProjectArchived`."""
    row = await active(ctx, project_id)
    check_version(row.version, expected, view(row))
    given = wanted.model_dump(exclude_none=True)
    changed = tuple(name for name, value in given.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, given[name])
    if not changed:
        return view(row)
    ctx.record(events.UPDATED(target(row), project_id=row.id, changed=changed))
    directory = ctx.find(credential_directory)
    if "name" in changed and directory is not None:
        await directory.rename(holder(row))
    await ctx.db.flush()  # the view shows the new version
    return view(row)


async def archive(ctx: Context, project_id: UUID) -> ProjectView:
    """Put a project away; raises `NotFound`, `ProjectArchived`."""
    row = await active(ctx, project_id)
    row.status = ARCHIVED
    ctx.record(events.ARCHIVED(target(row), project_id=row.id))
    await ctx.db.flush()  # the view shows the new version
    return view(row)


async def restore(ctx: Context, project_id: UUID) -> ProjectView:
    """Take a project back; raises `NotFound`, `ProjectActive`."""
    row = await existing(ctx, project_id)
    if row.status != ARCHIVED:
        raise ProjectActive("this project is not archived")
    row.status = ACTIVE
    ctx.record(events.RESTORED(target(row), project_id=row.id))
    await ctx.db.flush()  # the view shows the new version
    return view(row)


async def existing(ctx: Context, project_id: UUID) -> Project:
    """Return the row of a project; raises `NotFound`."""
    row = await repository.find(ctx.db, project_id)
    if row is None:
        raise NotFound("no such project")
    return row


async def active(ctx: Context, project_id: UUID) -> Project:
    """Return the row of a project that may change; raises `NotFound`, `ProjectArchived`."""
    row = await existing(ctx, project_id)
    if row.status == ARCHIVED:
        raise ProjectArchived("restore the project first")
    return row


def view(row: Project) -> ProjectView:
    """Return a project as it may be seen."""
    return ProjectView.model_validate(row)


def target(row: Project) -> Target:
    """Return a project as the audit trail names it."""
    return Target("project", str(row.id), row.name)


def holder(row: Project) -> Holder:
    """Return a project as credentials know it."""
    return Holder(plugin="projects", ref=row.id, title=row.name)
