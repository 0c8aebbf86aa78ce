"""Who is signed in, and how they leave."""

from foundation.audit.events import Target
from foundation.auth import bootstrap
from foundation.auth.permissions import Role
from foundation.auth.repository import SessionEnded
from foundation.auth.sessions import COOKIE
from foundation.builtin.accounts import events
from foundation.builtin.accounts.schemas import Me, Redirect, SessionView
from foundation.errors import Unauthenticated
from foundation.http.context import Context
from foundation.http.reply import Reply, SetCookie
from foundation.ports import identity

KEPT_DATA = '"cache", "storage"'
"""What a browser drops on signing out (Clear-Site-Data); cookies are dropped one by one."""


async def leave(ctx: Context) -> Reply:
    """End the session first, whatever the provider says; then name the way out there."""
    whose = ctx.get(identity)
    ended = await whose.leave(ctx.db, ctx.caller.cookies)
    if ended is not None:
        tell_ended(ctx, ended)
    url = await whose.goodbye_url(ctx.caller.cookies, ended)
    return Reply(
        Redirect(redirect=url),
        headers={"Clear-Site-Data": KEPT_DATA},
        cookies=(SetCookie(COOKIE, "", 0),),
    )


async def me(ctx: Context) -> Me:
    """Return whoever asks."""
    who = ctx.principal
    if who.id is None:
        raise Unauthenticated
    # Where there is an admin, nobody becomes the first: who is one need not be asked for.
    may_be_first = who.session is not None and Role.ADMIN not in who.roles
    return Me(
        id=who.id,
        name=who.name,
        email=who.email,
        roles=sorted(who.roles),
        can=sorted(who.permissions),
        kind="service" if who.kind == "service" else "user",
        bootstrap=may_be_first and await bootstrap.is_open(ctx.db),
        session=SessionView.model_validate(who.session) if who.session else None,
    )


def tell_ended(ctx: Context, ended: SessionEnded) -> None:
    """Record that a session ended, and why."""
    target = Target("session", str(ended.public_id))
    ctx.record(events.SESSION_ENDED(target, reason=ended.reason))
