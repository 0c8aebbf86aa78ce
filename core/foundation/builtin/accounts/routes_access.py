"""The routes of one's own sessions and tokens, other people's, roles, invitations, services."""

from uuid import UUID

from foundation.auth.permissions import SignedIn
from foundation.builtin.accounts.permissions import READ, ROLES, WRITE
from foundation.builtin.accounts.schemas import UserView
from foundation.builtin.accounts.schemas_access import (
    Decisions,
    Ended,
    FreshInvitation,
    FreshToken,
    InvitationItem,
    Matrix,
    NewInvitation,
    NewRole,
    NewService,
    NewToken,
    NoticeItem,
    ProposalItem,
    RightItem,
    RoleChange,
    RoleItem,
    RolePreview,
    RoleTrial,
    ServiceChange,
    SessionItem,
    TokenItem,
)
from foundation.builtin.accounts.service import (
    invitations,
    notices,
    proposals,
    roles,
    service_accounts,
    sessions,
    tokens,
)
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.http.router import IfMatch, Router

SMALL = 16_384
OWN = SignedIn("everybody looks after their own sessions and tokens")

me = Router("me")
users = Router("users")
role = Router("roles")
invitation = Router("invitations")
service = Router("service-accounts")


@me.get("/permissions", needs=OWN)
async def my_permissions(ctx: Context) -> Page[RightItem]:
    """List what whoever asks may do, explained."""
    return await tokens.rights(ctx)


@me.get("/notices", needs=OWN)
async def my_notices(ctx: Context) -> Page[NoticeItem]:
    """List what whoever asks ought to know of their own tokens and sessions."""
    return await notices.listed(ctx)


@me.get("/sessions", needs=OWN)
async def my_sessions(ctx: Context) -> Page[SessionItem]:
    """List the browsers in which whoever asks is signed in."""
    return await sessions.listed(ctx, sessions.own_id(ctx))


@me.delete("/sessions/{public_id}", needs=OWN, sensitive=True)
async def end_my_session(ctx: Context, public_id: UUID) -> None:
    """End one of one's own sessions."""
    await sessions.end_one(ctx, sessions.own_id(ctx), public_id)


@me.post("/sessions/end-others", needs=OWN, sensitive=True)
async def end_my_other_sessions(ctx: Context) -> Ended:
    """End all of one's own sessions but this one."""
    return await sessions.end_others(ctx)


@me.get("/tokens", needs=OWN)
async def my_tokens(ctx: Context) -> Page[TokenItem]:
    """List one's own API tokens."""
    return await tokens.listed(ctx, sessions.own_id(ctx))


@me.post("/tokens", needs=OWN, sensitive=True, status=201, max_body=SMALL, told_once=True)
async def make_my_token(ctx: Context, body: NewToken) -> FreshToken:
    """Make an API token; its value is in this answer and nowhere else."""
    return await tokens.make(ctx, sessions.own_id(ctx), body)


@me.delete("/tokens/{id}", needs=OWN)
async def revoke_my_token(ctx: Context, id: UUID) -> None:
    """Void one of one's own API tokens."""
    await tokens.revoke(ctx, sessions.own_id(ctx), id)


@users.get("/{id}/sessions", needs=READ)
async def user_sessions(ctx: Context, id: UUID) -> Page[SessionItem]:
    """List the sessions of somebody."""
    return await sessions.listed(ctx, id)


@users.delete("/{id}/sessions/{public_id}", needs=WRITE)
async def end_user_session(ctx: Context, id: UUID, public_id: UUID) -> None:
    """End one session of somebody."""
    await sessions.end_one(ctx, id, public_id)


@users.post("/{id}/sessions/end-all", needs=WRITE)
async def end_user_sessions(ctx: Context, id: UUID) -> Ended:
    """End every session of somebody."""
    return await sessions.end_all(ctx, id)


@users.post("/end-all-sessions", needs=WRITE)
async def end_every_session(ctx: Context) -> Ended:
    """Sign everybody out but whoever asks."""
    return await sessions.end_everybody(ctx)


@users.get("/{id}/tokens", needs=READ)
async def user_tokens(ctx: Context, id: UUID) -> Page[TokenItem]:
    """List the API tokens of somebody."""
    return await tokens.listed(ctx, id)


@users.post("/{id}/tokens", needs=WRITE, status=201, max_body=SMALL, told_once=True)
async def make_service_token(ctx: Context, id: UUID, body: NewToken) -> FreshToken:
    """Make an API token of a service account."""
    return await tokens.make_for_service(ctx, id, body)


@users.delete("/{id}/tokens/{token_id}", needs=WRITE)
async def revoke_user_token(ctx: Context, id: UUID, token_id: UUID) -> None:
    """Void an API token of somebody."""
    await tokens.revoke(ctx, id, token_id)


@role.get("/", needs=READ)
async def list_roles(ctx: Context) -> Page[RoleItem]:
    """List every role."""
    return await roles.listed(ctx)


@role.get("/matrix", needs=READ)
async def role_matrix(ctx: Context) -> Matrix:
    """Return which role holds which permission."""
    return await roles.matrix(ctx)


@role.post("/preview", needs=ROLES, writes=False, max_body=SMALL)
async def preview_role(ctx: Context, body: RoleTrial) -> RolePreview:
    """Show what a role would give; nothing is changed."""
    return await roles.preview(ctx, body)


@role.post("/", needs=ROLES, status=201, max_body=SMALL)
async def create_role(ctx: Context, body: NewRole) -> RoleItem:
    """Make a role of declared permissions."""
    return await roles.create(ctx, body)


@role.get("/proposals", needs=READ)
async def list_proposals(ctx: Context) -> Page[ProposalItem]:
    """List what plugins propose for the built-in roles."""
    return await proposals.listed(ctx)


@role.post("/proposals", needs=ROLES, max_body=128 * 1024)
async def decide_proposals(ctx: Context, body: Decisions) -> Page[ProposalItem]:
    """Confirm or refuse what plugins propose; a decision can be changed."""
    return await proposals.decide(ctx, body)


@role.get("/{name}", needs=READ)
async def get_role(ctx: Context, name: str) -> RoleItem:
    """Return one role."""
    return await roles.one(ctx, name)


@role.patch("/{name}", needs=ROLES, max_body=SMALL)
async def change_role(ctx: Context, name: str, body: RoleChange, expected: IfMatch) -> RoleItem:
    """Change a role of one's own."""
    return await roles.change(ctx, name, body, expected)


@role.delete("/{name}", needs=ROLES)
async def delete_role(ctx: Context, name: str) -> None:
    """Delete a role that nobody has."""
    await roles.remove(ctx, name)


@invitation.get("/", needs=READ)
async def list_invitations(ctx: Context) -> Page[InvitationItem]:
    """List the invitations, the newest first."""
    return await invitations.listed(ctx)


@invitation.post("/", needs=WRITE, status=201, max_body=SMALL, told_once=True)
async def create_invitation(ctx: Context, body: NewInvitation) -> FreshInvitation:
    """Invite somebody; the link is in this answer and nowhere else."""
    return await invitations.create(ctx, body)


@invitation.delete("/{id}", needs=WRITE)
async def revoke_invitation(ctx: Context, id: UUID) -> None:
    """Take an open invitation back."""
    await invitations.revoke(ctx, id)


@service.post("/", needs=WRITE, status=201, max_body=SMALL)
async def create_service(ctx: Context, body: NewService) -> UserView:
    """Make a service account."""
    return await service_accounts.create(ctx, body)


@service.get("/{id}", needs=READ)
async def get_service(ctx: Context, id: UUID) -> UserView:
    """Return one service account."""
    return await service_accounts.one(ctx, id)


@service.patch("/{id}", needs=WRITE, max_body=SMALL)
async def change_service(
    ctx: Context, id: UUID, body: ServiceChange, expected: IfMatch
) -> UserView:
    """Rename a service account, or give it another owner."""
    return await service_accounts.change(ctx, id, body, expected)
