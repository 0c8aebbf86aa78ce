"""Becoming the first admin, by the code that somebody on the host made."""

from foundation.audit.events import Target
from foundation.auth import bootstrap, repository
from foundation.auth.permissions import Role
from foundation.builtin.accounts import events
from foundation.builtin.accounts.schemas import Code, Granted
from foundation.errors import Forbidden
from foundation.http.context import Context
from foundation.ports import identity


class BootstrapRefused(Forbidden):
    """403, whatever was wrong: the code, its age, its use, or that there is an admin."""

    code, title = "bootstrap_refused", "This code does not make you the first admin"


async def redeem(ctx: Context, body: Code) -> Granted:
    """Make whoever asks the first admin; raises `BootstrapRefused`, which the trail is told."""
    who = ctx.principal
    if who.id is None or who.session is None:
        raise BootstrapRefused
    user = await repository.find_user(ctx.db, who.id)
    if user is None or not await bootstrap.redeem(ctx.db, who.id, body.code):
        raise BootstrapRefused
    repository.mark_changed(user)
    await ctx.get(identity).sessions.reread(ctx.db, who.id)
    ctx.record(events.BOOTSTRAPPED(Target("user", str(who.id), who.name or who.email)))
    return Granted(role=Role.ADMIN)
