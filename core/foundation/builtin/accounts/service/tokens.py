"""API tokens: made with scopes and an end, shown once, listed without their value, revoked."""

from uuid import UUID

from sqlalchemy import func, select

from foundation import ids
from foundation.audit.events import Target
from foundation.auth import repository as core
from foundation.auth.expiry import needless
from foundation.auth.models import ApiToken, User
from foundation.auth.tokens import (
    LONGEST_LIFE,
    SHOWN,
    USUAL_LIFE,
    hash_of_token,
    new_token,
    revoke_tokens,
)
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas_access import FreshToken, NewToken, RightItem, TokenItem
from foundation.errors import FieldProblem, Invalid, NotFound
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.ports import catalogue, identity


async def rights(ctx: Context) -> Page[RightItem]:
    """Return what whoever asks may do, explained."""
    held = ctx.principal.permissions
    every = ctx.get(catalogue).permissions
    items = [RightItem.model_validate(right) for right in every if right.name in held]
    return Page[RightItem](items=items)


async def listed(ctx: Context, user_id: UUID) -> Page[TokenItem]:
    """Return the tokens of a user, the newest first; raises `NotFound`."""
    await _user(ctx, user_id)
    rows = await repository.tokens_of(ctx.db, user_id)
    return Page[TokenItem](items=[TokenItem.model_validate(_fields(ctx, row)) for row in rows])


async def make(ctx: Context, user_id: UUID, body: NewToken) -> FreshToken:
    """Make a token of a user, which may do part of what they may do now; raises `Invalid`."""
    user = await _user(ctx, user_id)
    now = (await ctx.db.execute(select(func.now()))).scalar_one()
    expires_at = body.expires_at or now + USUAL_LIFE
    if not now < expires_at <= now + LONGEST_LIFE:
        raise _wrong("/expires_at", "It ends within the next 366 days")
    await _check_scopes(ctx, user, body.scopes)
    token = new_token("service" if user.kind == "service" else "user")
    row = ApiToken(
        id=ids.uuid7(),
        token_hash=hash_of_token(token),
        prefix=token[:SHOWN],
        user_id=user.id,
        name=body.name,
        scopes=sorted(set(body.scopes)),
        networks=list(body.networks),
        created_by=ctx.principal.id,
        created_at=now,
        expires_at=expires_at,
        warned_days=needless(expires_at - now),
    )
    ctx.db.add(row)
    await ctx.db.flush()
    target = Target("token", str(row.id), row.name)
    gives, until = tuple(row.scopes), expires_at.isoformat()
    ctx.record(events.TOKEN_CREATED(target, name=row.name, gives=gives, until=until))
    return FreshToken.model_validate(_fields(ctx, row) | {"token": token})


async def make_for_service(ctx: Context, user_id: UUID, body: NewToken) -> FreshToken:
    """Make a token of a service account; raises `NotFound` for a person, who makes their own."""
    if (await _user(ctx, user_id)).kind != "service":
        raise NotFound("there is no such service account")
    return await make(ctx, user_id, body)


async def revoke(ctx: Context, user_id: UUID, token_id: UUID) -> None:
    """Void a token of a user; raises `NotFound` for another's and for a void one."""
    which = ApiToken.user_id == user_id, ApiToken.id == token_id
    revoked = await revoke_tokens(ctx.db, *which)
    if not revoked:
        raise NotFound("there is no such token")
    for id, name in revoked:
        ctx.record(events.TOKEN_REVOKED(Target("token", str(id), name)))


async def _check_scopes(ctx: Context, user: User, scopes: list[str]) -> None:
    """Raise `Invalid` for each scope that no token can have, or that its owner has not."""
    plain = {right.name for right in ctx.get(catalogue).permissions if not right.sensitive}
    roles = (await core.roles_of(ctx.db, [user.id])).get(user.id, [])
    grants = await core.grants_of(ctx.db, user.id)
    held = ctx.get(identity).holds(roles, grants=grants)
    if user.id != ctx.principal.id:
        held &= ctx.principal.permissions
    wrong = [at for at, scope in enumerate(scopes) if scope not in held & plain]
    if wrong:
        text = "No token can have this, or its owner may not do it"
        raise Invalid(errors=tuple(FieldProblem(f"/scopes/{at}", text, "scope") for at in wrong))


async def _user(ctx: Context, user_id: UUID) -> User:
    user = await core.find_user(ctx.db, user_id)
    if user is None:
        raise NotFound("there is no such user")
    return user


def _wrong(pointer: str, text: str) -> Invalid:
    return Invalid(errors=(FieldProblem(pointer, text, "invalid"),))


def _fields(ctx: Context, row: ApiToken) -> dict[str, object]:
    state = "active" if row.expires_at > ctx.clock.now() else "expired"
    used = str(row.last_used_ip) if row.last_used_ip is not None else None
    names = ("id", "name", "prefix", "scopes", "networks", "created_at", "expires_at")
    return {name: getattr(row, name) for name in names} | {
        "last_used_at": row.last_used_at,
        "last_used_address": used,
        "state": "revoked" if row.revoked_at is not None else state,
    }
