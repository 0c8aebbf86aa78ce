"""Users: who is there, which role they have, and whether they may come in."""

from collections.abc import Collection, Sequence
from uuid import UUID

from foundation.audit.events import Target
from foundation.auth import repository as core
from foundation.auth.models import ApiToken, User
from foundation.auth.roles import highest_of
from foundation.auth.tokens import revoke_tokens
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas import UserChange, UserQuery, UserView
from foundation.errors import Conflict, NotFound
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.models import Page
from foundation.http.router import IfMatch
from foundation.ports import identity


class OwnsServiceAccounts(Conflict):
    """409: nobody would answer for their service accounts any more."""

    code, title = "owns_service_accounts", "They own service accounts"


class StillEnabled(Conflict):
    """409: only who is disabled already is forgotten."""

    code, title = "still_enabled", "This user may still come in"


async def page(ctx: Context, query: UserQuery) -> Page[UserView]:
    """Return a page of users, the newest first."""
    users, following = await repository.page(
        ctx.db,
        q=query.q,
        kind=query.kind,
        mfa=None if query.mfa is None else query.mfa == "yes",
        limit=query.limit,
        cursor=query.cursor,
    )
    who = [user.id for user in users]
    roles, local = await core.roles_of(ctx.db, who), await repository.local_roles(ctx.db, who)
    strong = await repository.strengths(ctx.db, who)
    items = [
        view_of(user, roles.get(user.id, []), local=local.get(user.id, ()), mfa=strong.get(user.id))
        for user in users
    ]
    return Page[UserView](items=items, next=following)


async def one(ctx: Context, id: UUID) -> UserView:
    """Return one user; raises `NotFound`."""
    user, roles = await _found(ctx, id)
    return await _view(ctx, user, roles)


async def change(ctx: Context, id: UUID, body: UserChange, expected: IfMatch) -> UserView:
    """Give a role or take it, let in or out; raises as `Identity.give_role` and `set_enabled`."""
    user, roles = await _found(ctx, id)
    check_version(user.version, expected, await _view(ctx, user, roles))
    if "role" in body.model_fields_set:
        await _give_role(ctx, user, roles, role=body.role)
    if body.enabled is not None and body.enabled != user.enabled:
        await _set_enabled(ctx, user, enabled=body.enabled)
    await ctx.db.flush()  # the answer shows the new version
    return await one(ctx, id)


async def remove(ctx: Context, id: UUID) -> None:
    """Forget a disabled user; raises `StillEnabled`, and as `change` does."""
    user, _ = await _found(ctx, id)
    if user.enabled:
        raise StillEnabled("disable them first; that can be taken back")
    await _require_no_charges(ctx, user)
    await ctx.get(identity).set_enabled(ctx.db, user, enabled=False, by=ctx.principal)
    ctx.record(events.DELETED(_target(user)))
    await ctx.db.delete(user)


async def _give_role(ctx: Context, user: User, before: Sequence[str], *, role: str | None) -> None:
    if shown_role(before) == role:
        return
    await ctx.get(identity).give_role(ctx.db, user, role=role, by=ctx.principal)
    core.mark_changed(user)
    after = (await core.roles_of(ctx.db, [user.id])).get(user.id, [])
    ctx.record(events.ROLE_CHANGED(_target(user), before=tuple(before), after=tuple(after)))


async def _set_enabled(ctx: Context, user: User, *, enabled: bool) -> None:
    if not enabled:
        await _require_no_charges(ctx, user)
    ended = await ctx.get(identity).set_enabled(ctx.db, user, enabled=enabled, by=ctx.principal)
    if enabled:
        ctx.record(events.ENABLED(_target(user)))
        return
    ctx.record(events.DISABLED(_target(user), sessions=len(ended)))
    for id, name in await revoke_tokens(ctx.db, ApiToken.user_id == user.id):
        ctx.record(events.TOKEN_REVOKED(Target("token", str(id), name), reason="disabled"))


async def _view(ctx: Context, user: User, roles: Sequence[str]) -> UserView:
    local = await repository.local_roles(ctx.db, [user.id])
    strong = await repository.strengths(ctx.db, [user.id])
    return view_of(user, roles, local=local.get(user.id, ()), mfa=strong.get(user.id))


async def _found(ctx: Context, id: UUID) -> tuple[User, list[str]]:
    user = await core.find_user(ctx.db, id)
    if user is None:
        raise NotFound("there is no such user")
    return user, (await core.roles_of(ctx.db, [id])).get(id, [])


async def _require_no_charges(ctx: Context, user: User) -> None:
    """Raise `OwnsServiceAccounts` while somebody else would have to answer for them first."""
    if await repository.charges(ctx.db, user.id):
        raise OwnsServiceAccounts("give their service accounts another owner first")


def shown_role(roles: Sequence[str]) -> str | None:
    """Return the one role that is shown: the highest built-in one, else one of their own."""
    return highest_of(roles) or next(iter(roles), None)


def _target(user: User) -> Target:
    return Target("user", str(user.id), user.name or user.email)


def view_of(
    user: User, roles: Sequence[str], *, local: Collection[str], mfa: bool | None
) -> UserView:
    """Return *user* with their roles; *local* are those that were given here."""
    role = shown_role(roles)
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
            "role": role,
            "role_source": None if role is None else "local" if role in local else "idp",
            "issuer": user.issuer,
            "owner_id": user.owner_id,
            "roles": list(roles),
            "last_seen_at": user.last_seen_at,
            "mfa": mfa,
        }
    )
