"""Attachments: which credentials a project may use, through the port another plugin offers."""

from uuid import UUID

from foundation.ports import CredentialRef, credential_directory
from foundation.sdk import Context, Event, EventType, Page
from foundation_projects import events
from foundation_projects.models import Project
from foundation_projects.schemas import AttachedCredential
from foundation_projects.service import access, lifecycle


async def attached(ctx: Context, project_id: UUID) -> Page[AttachedCredential]:
    """Return the credentials of a project, by name; none while no plugin offers them."""
    row = (await access.standing(ctx, project_id)).row
    directory = ctx.find(credential_directory)
    held = await directory.held_by("projects", row.id) if directory else []
    return Page(items=[_view(credential) for credential in held])


async def attach(ctx: Context, project_id: UUID, *, credential_id: UUID) -> AttachedCredential:
    """Attach a credential.

    Raises `NotFound` for either, `Forbidden`, `ProjectArchived`, `Conflict` when it is attached
    already, and `Unavailable` while no plugin offers credentials.
    """
    row = (await access.active(ctx, project_id, "attach")).row
    held = await ctx.get(credential_directory).hold(credential_id, lifecycle.holder(row))
    ctx.record(_told(events.ATTACHED, row, held))
    return _view(held)


async def detach(ctx: Context, project_id: UUID, *, credential_id: UUID) -> None:
    """Detach a credential, from an archived project too: it may be in the way of its deletion.

    Raises `NotFound`, and `Unavailable` while no plugin offers credentials.
    """
    row = (await access.standing(ctx, project_id, "attach")).row
    held = await ctx.get(credential_directory).release(credential_id, lifecycle.holder(row))
    ctx.record(_told(events.DETACHED, row, held))


def _told(type: EventType, row: Project, held: CredentialRef) -> Event:
    return type(
        lifecycle.target(row),
        project_id=row.id,
        credential_id=str(held.id),
        credential_slug=held.slug,
    )


def _view(held: CredentialRef) -> AttachedCredential:
    return AttachedCredential(id=held.id, slug=held.slug, name=held.name, kind=held.kind)
