"""Invitations: who is asked in, with which role, by a link that is shown once."""

from datetime import timedelta
from uuid import UUID

from foundation.audit.events import Target
from foundation.auth.invitations import invite, revoke_invitation, state_of
from foundation.auth.models import Invitation
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas_access import (
    FreshInvitation,
    InvitationItem,
    NewInvitation,
)
from foundation.errors import NotFound
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.ports import identity


async def listed(ctx: Context) -> Page[InvitationItem]:
    """Return the invitations, the newest first."""
    rows = await repository.recent_invitations(ctx.db)
    return Page[InvitationItem](
        items=[InvitationItem.model_validate(_fields(ctx, row)) for row in rows]
    )


async def create(ctx: Context, body: NewInvitation) -> FreshInvitation:
    """Invite somebody; raises as `Identity.may_give`."""
    whose = ctx.get(identity)
    await whose.may_give(ctx.db, body.role, by=ctx.principal)
    invited = await invite(
        ctx.db,
        email=body.email,
        role=body.role,
        life=timedelta(days=body.days),
        by=ctx.principal.id,
    )
    row = invited.invitation
    gives = (row.role,) if row.role else ()
    until = row.expires_at.isoformat()
    ctx.record(events.INVITED(_target(row), name=row.email, gives=gives, until=until))
    link = whose.invitation_link(invited.token)
    return FreshInvitation.model_validate(_fields(ctx, row) | {"link": link})


async def revoke(ctx: Context, id: UUID) -> None:
    """Take an invitation back; raises `NotFound` for one that is not open."""
    row = await revoke_invitation(ctx.db, id)
    if row is None:
        raise NotFound("there is no such open invitation")
    ctx.record(events.UNINVITED(_target(row)))


def _target(row: Invitation) -> Target:
    return Target("invitation", str(row.id), row.email)


def _fields(ctx: Context, row: Invitation) -> dict[str, object]:
    names = ("id", "email", "role", "created_by", "created_at", "expires_at", "accepted_by")
    state = state_of(row, now=ctx.clock.now())
    return {name: getattr(row, name) for name in names} | {"state": state}
