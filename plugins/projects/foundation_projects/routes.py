"""The routes of ``/api/projects``: one line of policy, one line of work."""

from uuid import UUID

from foundation.sdk import Context, IfMatch, Page, Router
from foundation_projects.permissions import ATTACH, READ, WRITE
from foundation_projects.schemas import (
    AttachedCredential,
    Attachment,
    NewProject,
    ProjectChange,
    Projects,
    ProjectView,
)
from foundation_projects.service import attachments, lifecycle

projects = Router("projects")


@projects.get("/", needs=READ)
async def list_projects(ctx: Context, query: Projects) -> Page[ProjectView]:
    """List projects."""
    return await lifecycle.page(ctx, query)


@projects.post("/", needs=WRITE, status=201)
async def create_project(ctx: Context, body: NewProject) -> ProjectView:
    """Begin a project."""
    return await lifecycle.create(ctx, body)


@projects.get("/{id}", needs=READ)
async def get_project(ctx: Context, id: UUID) -> ProjectView:
    """Return one project."""
    return await lifecycle.one(ctx, id)


@projects.patch("/{id}", needs=WRITE)
async def change_project(
    ctx: Context, id: UUID, body: ProjectChange, expected: IfMatch
) -> ProjectView:
    """Change name or description."""
    return await lifecycle.change(ctx, id, wanted=body, expected=expected)


@projects.post("/{id}/archive", needs=WRITE)
async def archive_project(ctx: Context, id: UUID) -> ProjectView:
    """Put a project away."""
    return await lifecycle.archive(ctx, id)


@projects.post("/{id}/restore", needs=WRITE)
async def restore_project(ctx: Context, id: UUID) -> ProjectView:
    """Take a project back."""
    return await lifecycle.restore(ctx, id)


@projects.get("/{id}/credentials", needs=READ)
async def list_attached(ctx: Context, id: UUID) -> Page[AttachedCredential]:
    """List the credentials of a project."""
    return await attachments.attached(ctx, id)


@projects.post("/{id}/credentials", needs=ATTACH, status=201)
async def attach_credential(ctx: Context, id: UUID, body: Attachment) -> AttachedCredential:
    """Attach a credential to a project."""
    return await attachments.attach(ctx, id, credential_id=body.credential_id)


@projects.delete("/{id}/credentials/{credential_id}", needs=ATTACH)
async def detach_credential(ctx: Context, id: UUID, credential_id: UUID) -> None:
    """Detach a credential from a project."""
    await attachments.detach(ctx, id, credential_id=credential_id)
