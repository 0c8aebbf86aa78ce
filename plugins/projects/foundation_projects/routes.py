"""The routes of ``/api/projects``: one line of policy, one line of work.

The door asks whether somebody takes part in projects at all; `service.access` then asks for this
project: whoever may not see it is told that there is none.
"""

from uuid import UUID

from foundation.sdk import Context, IfMatch, Page, PageQuery, Router
from foundation_projects.permissions import ENTER, TAKE_PART, WRITE
from foundation_projects.schemas import (
    AttachedCredential,
    Attachment,
    Candidate,
    Candidates,
    Facets,
    HistoryEvent,
    MemberChange,
    MemberView,
    NewMember,
    NewOwner,
    NewProject,
    ProjectChange,
    Projects,
    ProjectView,
    Purge,
    PurgePlan,
)
from foundation_projects.service import attachments, lifecycle, members
from foundation_projects.service import history as past
from foundation_projects.service import purge as end

projects = Router("projects")


@projects.get("/", needs=ENTER)
async def list_projects(ctx: Context, query: Projects) -> Page[ProjectView]:
    """List the projects one may see."""
    return await lifecycle.page(ctx, query)


@projects.post("/", needs=WRITE, status=201)
async def create_project(ctx: Context, body: NewProject) -> ProjectView:
    """Begin a project; whoever does owns it."""
    return await lifecycle.create(ctx, body)


@projects.get("/facets", needs=ENTER)
async def get_facets(ctx: Context) -> Facets:
    """Return the tags and owners that the list can be narrowed by."""
    return await lifecycle.facets(ctx)


@projects.get("/{id}", needs=ENTER)
async def get_project(ctx: Context, id: UUID) -> ProjectView:
    """Return one project."""
    return await lifecycle.one(ctx, id)


@projects.patch("/{id}", needs=TAKE_PART)
async def change_project(
    ctx: Context, id: UUID, body: ProjectChange, expected: IfMatch
) -> ProjectView:
    """Change name, description or tags; for editors."""
    return await lifecycle.change(ctx, id, wanted=body, expected=expected)


@projects.post("/{id}/archive", needs=TAKE_PART)
async def archive_project(ctx: Context, id: UUID, expected: IfMatch) -> ProjectView:
    """Put a project away; for owners."""
    return await lifecycle.archive(ctx, id, expected)


@projects.post("/{id}/restore", needs=TAKE_PART)
async def restore_project(ctx: Context, id: UUID, expected: IfMatch) -> ProjectView:
    """Take a project back; for owners."""
    return await lifecycle.restore(ctx, id, expected)


@projects.get("/{id}/purge", needs=TAKE_PART)
async def plan_purge(ctx: Context, id: UUID) -> PurgePlan:
    """Tell what a purge would do, and what is in its way; for owners."""
    return await end.plan(ctx, id)


@projects.post("/{id}/purge", needs=TAKE_PART, sensitive=True, status=204)
async def purge_project(ctx: Context, id: UUID, body: Purge, expected: IfMatch) -> None:
    """Delete an archived project for good; for owners who type its slug."""
    await end.purge(ctx, id, wanted=body, expected=expected)


@projects.put("/{id}/owner", needs=TAKE_PART)
async def hand_over_project(
    ctx: Context, id: UUID, body: NewOwner, expected: IfMatch
) -> ProjectView:
    """Let somebody else answer for a project; for owners."""
    return await members.hand_over(ctx, id, body.user_id, expected)


@projects.get("/{id}/members", needs=ENTER)
async def list_members(ctx: Context, id: UUID) -> Page[MemberView]:
    """List the members of a project."""
    return await members.listed(ctx, id)


@projects.post("/{id}/members", needs=TAKE_PART, status=201)
async def add_member(ctx: Context, id: UUID, body: NewMember) -> MemberView:
    """Make somebody a member; for owners."""
    return await members.add(ctx, id, body)


@projects.get("/{id}/candidates", needs=TAKE_PART)
async def list_candidates(ctx: Context, id: UUID, query: Candidates) -> Page[Candidate]:
    """List people who may become members; for owners."""
    return await members.candidates(ctx, id, query.q)


@projects.patch("/{id}/members/{member_id}", needs=TAKE_PART)
async def change_member(
    ctx: Context, id: UUID, member_id: UUID, body: MemberChange, expected: IfMatch
) -> MemberView:
    """Change what a member may do; for owners."""
    return await members.change(ctx, id, member_id, role=body.role, expected=expected)


@projects.delete("/{id}/members/{member_id}", needs=TAKE_PART)
async def remove_member(ctx: Context, id: UUID, member_id: UUID, expected: IfMatch) -> None:
    """Take a member out; for owners, and for oneself."""
    await members.remove(ctx, id, member_id, expected)


@projects.get("/{id}/credentials", needs=ENTER)
async def list_attached(ctx: Context, id: UUID) -> Page[AttachedCredential]:
    """List the credentials of a project."""
    return await attachments.attached(ctx, id)


@projects.post("/{id}/credentials", needs=TAKE_PART, status=201)
async def attach_credential(ctx: Context, id: UUID, body: Attachment) -> AttachedCredential:
    """Attach a credential to a project; for editors."""
    return await attachments.attach(ctx, id, credential_id=body.credential_id)


@projects.delete("/{id}/credentials/{credential_id}", needs=TAKE_PART)
async def detach_credential(ctx: Context, id: UUID, credential_id: UUID) -> None:
    """Detach a credential from a project; for editors."""
    await attachments.detach(ctx, id, credential_id=credential_id)


@projects.get("/{id}/history", needs=ENTER)
async def get_history(ctx: Context, id: UUID, query: PageQuery) -> Page[HistoryEvent]:
    """List what happened to a project, newest first; for its members."""
    return await past.history(ctx, id, query)
