"""Users: who is there, which role they have, and whether they may come in."""

from collections.abc import Sequence
from uuid import UUID

from foundation.audit.events import Target
from foundation.auth import repository as core
from foundation.auth.models import User
from foundation.auth.permissions import Role
from foundation.auth.roles import highest_of
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas import UserChange, UserQuery, UserView
from foundation.errors import NotFound
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.models import Page
from foundation.http.router import IfMatch
from foundation.ports import identity


async def page(ctx: Context, query: UserQuery) -> Page[UserView]:
    """Return a page of users, the newest first."""
    users, following = await repository.page(
        ctx.db, q=query.q, limit=query.limit, cursor=query.cursor
    )
    roles = await core.roles_of(ctx.db, [user.id for user in users])
    return Page[UserView](
        items=[_view(user, roles.get(user.id, [])) for user in users], next=following
    )


async def one(ctx: Context, id: UUID) -> UserView:
    """Return one user; raises `NotFound`."""
    user, roles = await _found(ctx, id)
    return _view(user, roles)


async def change(ctx: Context, id: UUID, body: UserChange, expected: IfMatch) -> UserView:
    """Give a role or take it, let in or out; raises as `Identity.give_role` and `set_enabled`."""
    user, roles = await _found(ctx, id)
    check_version(user.version, expected, _view(user, roles))
    if "role" in body.model_fields_set:
        await _give_role(ctx, user, roles, role=Role(body.role) if body.role else None)
    if body.enabled is not None and body.enabled != user.enabled:
        await _set_enabled(ctx, user, enabled=body.enabled)
    await ctx.db.flush()  # the answer shows the new version
    return await one(ctx, id)


async def _give_role(ctx: Context, user: User, before: Sequence[str], *, role: Role | None) -> None:
    if highest_of(before) is role:
        return
    await ctx.get(identity).give_role(ctx.db, user, role=role, by=ctx.principal)
    core.mark_changed(user)
    after = (await core.roles_of(ctx.db, [user.id])).get(user.id, [])
    ctx.record(events.ROLE_CHANGED(_target(user), before=tuple(before), after=tuple(after)))


async def _set_enabled(ctx: Context, user: User, *, enabled: bool) -> None:
    ended = await ctx.get(identity).set_enabled(ctx.db, user, enabled=enabled, by=ctx.principal)
    if enabled:
        ctx.record(events.ENABLED(_target(user)))
        return
    ctx.record(events.DISABLED(_target(user), sessions=len(ended)))


async def _found(ctx: Context, id: UUID) -> tuple[User, list[str]]:
    user = await core.find_user(ctx.db, id)
    if user is None:
        raise NotFound("there is no such user")
    return user, (await core.roles_of(ctx.db, [id])).get(id, [])


def _target(user: User) -> Target:
    return Target("user", str(user.id), user.name or user.email)


def _view(user: User, roles: Sequence[str]) -> UserView:
    highest = highest_of(roles)
    return UserView.model_validate(
        {
            "id": user.id,
            "version": user.version,
            "created_at": user.created_at,
            "updated_at": user.updated_at,
            "name": user.name,
            "email": user.email,
            "kind": user.kind,
            "enabled": user.enabled,
            "role": highest.value if highest else None,
            "roles": list(roles),
            "last_seen_at": user.last_seen_at,
        }
    )
