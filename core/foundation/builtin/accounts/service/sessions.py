"""Sessions as people see them: which browsers are signed in, and ending them."""

from datetime import timedelta
from uuid import UUID

from foundation.audit.events import Target
from foundation.auth import repository as core
from foundation.auth.lifetimes import Moments, ends_at
from foundation.auth.models import Session
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas_access import Ended, SessionItem
from foundation.builtin.accounts.service.signout import tell_ended
from foundation.errors import NotFound, Unauthenticated
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.ports import identity


def own_id(ctx: Context) -> UUID:
    """Return the id of whoever asks; raises `Unauthenticated` for nobody."""
    if ctx.principal.id is None:
        raise Unauthenticated
    return ctx.principal.id


async def listed(ctx: Context, user_id: UUID) -> Page[SessionItem]:
    """Return the living sessions of a user, the newest first; raises `NotFound`."""
    if await core.find_user(ctx.db, user_id) is None:
        raise NotFound("there is no such user")
    roles = (await core.roles_of(ctx.db, [user_id])).get(user_id, [])
    now, current = ctx.clock.now(), ctx.principal.session
    items = []
    for row in await repository.sessions_of(ctx.db, user_id):
        idle = timedelta(seconds=row.idle_seconds)
        moments = Moments(row.auth_time, row.expires_at, row.last_seen_at, idle)
        end = ends_at(moments, roles=roles)
        if end <= now:
            continue
        items.append(
            SessionItem(
                public_id=row.public_id,
                is_current=current is not None and current.public_id == row.public_id,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                ends_at=end,
                auth_time=row.auth_time,
                address=str(row.ip_last),
                browser=row.ua,
                acr=row.acr,
                amr=list(row.amr),
                mfa=row.mfa,
            )
        )
    return Page[SessionItem](items=items)


async def end_one(ctx: Context, user_id: UUID, public_id: UUID) -> None:
    """End one session of a user; raises `NotFound` for another's and for one that has ended."""
    own = user_id == ctx.principal.id
    ended = await ctx.get(identity).sessions.end_where(
        ctx.db,
        Session.user_id == user_id,
        Session.public_id == public_id,
        reason="ended" if own else "by_admin",
        by=ctx.principal.id,
    )
    if not ended:
        raise NotFound("there is no such session")
    tell_ended(ctx, ended[0])


async def end_others(ctx: Context) -> Ended:
    """End all sessions of whoever asks but the one they ask with."""
    user_id, current = own_id(ctx), ctx.principal.session
    assert current is not None  # the route is for fresh sessions only
    ended = await ctx.get(identity).sessions.end_where(
        ctx.db,
        Session.user_id == user_id,
        Session.public_id != current.public_id,
        reason="others",
        by=user_id,
    )
    for one in ended:
        tell_ended(ctx, one)
    return Ended(ended=len(ended))


async def end_all(ctx: Context, user_id: UUID) -> Ended:
    """End every session of a user; raises `NotFound`."""
    user = await core.find_user(ctx.db, user_id)
    if user is None:
        raise NotFound("there is no such user")
    ended = await ctx.get(identity).sessions.end_all(
        ctx.db, user_id, reason="by_admin", by=ctx.principal.id
    )
    for one in ended:
        ctx.record(events.SESSION_ENDED(Target("session", str(one.public_id)), reason=one.reason))
    return Ended(ended=len(ended))


async def end_everybody(ctx: Context) -> Ended:
    """End every session of everybody but the one that asks; one event says how many."""
    current = ctx.principal.session
    assert current is not None  # the route is for fresh sessions only
    ended = await ctx.get(identity).sessions.end_where(
        ctx.db, Session.public_id != current.public_id, reason="by_admin", by=ctx.principal.id
    )
    if ended:
        ctx.record(events.EVERYBODY_OUT(sessions=len(ended)))
    return Ended(ended=len(ended))
