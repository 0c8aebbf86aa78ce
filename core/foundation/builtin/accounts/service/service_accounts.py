"""Service accounts: users without a sign-in, each with a person who answers for it."""

from uuid import UUID

from foundation import ids
from foundation.audit.events import Target
from foundation.auth import repository as core
from foundation.auth.models import User
from foundation.builtin.accounts import events
from foundation.builtin.accounts.schemas import UserView
from foundation.builtin.accounts.schemas_access import NewService, ServiceChange
from foundation.builtin.accounts.service import people
from foundation.errors import FieldProblem, Invalid, NotFound
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.router import IfMatch
from foundation.ports import identity

ISSUER = "foundation:service"
"""No provider has this issuer, so nobody signs in as a service account."""


async def create(ctx: Context, body: NewService) -> UserView:
    """Make a service account; raises as `Identity.may_give`, and `Invalid` for a bad owner."""
    await ctx.get(identity).may_give(ctx.db, body.role, by=ctx.principal)
    owner = await _owner(ctx, body.owner_id or ctx.principal.id)
    user = User(
        id=(id := ids.uuid7()),
        kind="service",
        issuer=ISSUER,
        subject=str(id),
        name=body.name,
        email="",
        owner_id=owner.id,
    )
    ctx.db.add(user)
    await ctx.db.flush()
    if body.role is not None:
        await core.replace_local_role(ctx.db, user.id, role=body.role, by=ctx.principal.id)
        ctx.record(events.ROLE_CHANGED(_target(user), before=(), after=(body.role,)))
    ctx.record(events.SERVICE_CREATED(_target(user), owner=str(owner.id)))
    return await people.one(ctx, user.id)


async def one(ctx: Context, id: UUID) -> UserView:
    """Return one service account; raises `NotFound`, for a person too."""
    await _found(ctx, id)
    return await people.one(ctx, id)


async def change(ctx: Context, id: UUID, body: ServiceChange, expected: IfMatch) -> UserView:
    """Rename a service account, or give it to somebody else; raises `NotFound` for a person."""
    user = await _found(ctx, id)
    check_version(user.version, expected, await people.one(ctx, id))
    if body.owner_id is not None:
        user.owner_id = (await _owner(ctx, body.owner_id)).id
    user.name = body.name or user.name
    await ctx.db.flush()
    ctx.record(events.SERVICE_UPDATED(_target(user), owner=str(user.owner_id)))
    return await people.one(ctx, id)


async def _found(ctx: Context, id: UUID) -> User:
    user = await core.find_user(ctx.db, id)
    if user is None or user.kind != "service":
        raise NotFound("there is no such service account")
    return user


async def _owner(ctx: Context, id: UUID | None) -> User:
    owner = await core.find_user(ctx.db, id) if id is not None else None
    if owner is None or owner.kind != "user" or not owner.enabled:
        bad = FieldProblem("/owner_id", "Name a person who may come in", "owner")
        raise Invalid(errors=(bad,))
    return owner


def _target(user: User) -> Target:
    return Target("user", str(user.id), user.name)
