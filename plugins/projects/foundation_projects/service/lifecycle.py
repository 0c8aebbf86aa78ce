"""Lifecycle: how projects are looked at, begun, changed, archived and restored."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import TypeAdapter

from foundation.ports import Holder, ProjectRole, credential_directory, people
from foundation.sdk import Conflict, Context, IfMatch, Page, Target, check_version
from foundation_projects import events, repository
from foundation_projects.models import Member, Project
from foundation_projects.schemas import (
    Facets,
    NewProject,
    OwnerCount,
    PersonView,
    ProjectChange,
    Projects,
    ProjectView,
    TagCount,
)
from foundation_projects.service import access
from foundation_projects.service.access import ACTIVE, ARCHIVED, Standing

_VIEWS = TypeAdapter(list[ProjectView])  # all of a list in one go: it makes very many


class SlugTaken(Conflict):
    """Another project has this slug."""

    code, title = "slug_taken", "This slug is taken"


class ProjectActive(Conflict):
    """Only an archived project is restored or purged."""

    code, title = "project_active", "This project is not archived"


async def page(ctx: Context, query: Projects) -> Page[ProjectView]:
    """Return one page of the projects that whoever asks may see."""
    rows, following = await repository.page(ctx.db, query, access.sight(ctx))
    seen = [Standing(row, role, ctx.principal.permissions) for row, role in rows]
    return Page(items=await views(ctx, seen), next=following)


async def facets(ctx: Context) -> Facets:
    """Return the tags and owners of the projects that whoever asks may see."""
    eyes = access.sight(ctx)
    tags = await repository.tags(ctx.db, eyes)
    owners = await repository.owners(ctx.db, eyes)
    known = await ctx.get(people).named(owners)
    listed = [OwnerCount(id=id, name=known[id].title, projects=n) for id, n in owners.items()]
    return Facets(
        tags=[TagCount(tag=tag, projects=n) for tag, n in tags],
        owners=sorted(listed, key=lambda one: one.name),
    )


async def one(ctx: Context, project_id: UUID) -> ProjectView:
    """Return one project; raises `NotFound`."""
    return await view(ctx, await access.standing(ctx, project_id))


async def create(ctx: Context, new: NewProject) -> ProjectView:
    """Begin a project that belongs to the caller; raises `SlugTaken`."""
    if await repository.find_by_slug(ctx.db, new.slug):
        raise SlugTaken("a project has this slug", slug=new.slug)
    row = Project(
        slug=new.slug,
        name=new.name,
        description=new.description,
        status=ACTIVE,
        tags=sorted(set(new.tags)),
        owner_id=ctx.principal.id if ctx.principal.kind == "user" else None,
    )
    ctx.db.add(row)
    await ctx.db.flush()  # the event and the member need the id
    if row.owner_id is not None:
        ctx.db.add(Member(project_id=row.id, user_id=row.owner_id, role="owner"))
    ctx.record(events.CREATED(target(row), project_id=row.id, slug=row.slug))
    role: ProjectRole | None = "owner" if row.owner_id else None
    return await view(ctx, Standing(row, role, ctx.principal.permissions))


async def change(
    ctx: Context, project_id: UUID, *, wanted: ProjectChange, expected: IfMatch
) -> ProjectView:
    """Change what is given; raises `NotFound`, `PreconditionFailed`, `ProjectArchived`."""
    stands = await access.active(ctx, project_id, "edit")
    row = stands.row
    check_version(row.version, expected, await view(ctx, stands))
    given = wanted.model_dump(exclude_none=True)
    if "tags" in given:
        given["tags"] = sorted(set(given["tags"]))
    changed = tuple(name for name, value in given.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, given[name])
    if not changed:
        return await view(ctx, stands)
    ctx.record(events.UPDATED(target(row), project_id=row.id, changed=changed))
    directory = ctx.find(credential_directory)
    if "name" in changed and directory is not None:
        await directory.rename(holder(row))
    await ctx.db.flush()  # the view shows the new version
    return await view(ctx, stands)


async def archive(ctx: Context, project_id: UUID, expected: IfMatch) -> ProjectView:
    """Put a project away; raises `NotFound`, `PreconditionFailed`, `ProjectArchived`."""
    stands = await access.active(ctx, project_id, "archive")
    row = stands.row
    check_version(row.version, expected, await view(ctx, stands))
    row.status = ARCHIVED
    ctx.record(events.ARCHIVED(target(row), project_id=row.id))
    await ctx.db.flush()  # the view shows the new version
    return await view(ctx, stands)


async def restore(ctx: Context, project_id: UUID, expected: IfMatch) -> ProjectView:
    """Take a project back; raises `NotFound`, `PreconditionFailed`, `ProjectActive`."""
    stands = await access.standing(ctx, project_id, "archive")
    row = stands.row
    check_version(row.version, expected, await view(ctx, stands))
    require_archived(row)
    row.status = ACTIVE
    ctx.record(events.RESTORED(target(row), project_id=row.id))
    await ctx.db.flush()  # the view shows the new version
    return await view(ctx, stands)


def require_archived(row: Project) -> None:
    """Raise `ProjectActive` unless the project is put away."""
    if row.status != ARCHIVED:
        raise ProjectActive("this project is not archived")


async def view(ctx: Context, stands: Standing) -> ProjectView:
    """Return a project as it may be seen."""
    (seen,) = await views(ctx, [stands])
    return seen


async def views(ctx: Context, many: Sequence[Standing]) -> list[ProjectView]:
    """Return projects as they may be seen, each with its owner's name."""
    ids = {stands.row.owner_id for stands in many if stands.row.owner_id}
    known = await ctx.get(people).named(ids)
    owners = {id: PersonView(id=id, name=one.title, email=one.email) for id, one in known.items()}
    return _VIEWS.validate_python([_fields(stands, owners) for stands in many])


def _fields(stands: Standing, owners: Mapping[UUID, PersonView]) -> dict[str, object]:
    row = stands.row
    return {
        "id": row.id,
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "slug": row.slug,
        "name": row.name,
        "description": row.description,
        "status": row.status,
        "tags": row.tags,
        "owner_id": row.owner_id,
        "owner": owners.get(row.owner_id) if row.owner_id else None,
        "role": stands.role,
        "may": stands.acts,
    }


def target(row: Project) -> Target:
    """Return a project as the audit trail names it."""
    return Target("project", str(row.id), row.name)


def holder(row: Project) -> Holder:
    """Return a project as credentials know it."""
    return Holder(plugin="projects", ref=row.id, title=row.name)
