"""Beginning a sign-in or a step-up: the browser is told where to go, and keeps a sealed note."""

from typing import Literal

from foundation.auth.transaction import LIFE
from foundation.builtin.accounts.schemas import Redirect
from foundation.http.context import Context
from foundation.http.reply import Reply, SetCookie
from foundation.ports import identity


async def begin(
    ctx: Context, *, purpose: Literal["sign_in", "step_up"], next: str, invite: str = ""
) -> Reply:
    """Send the browser to the provider."""
    going = await ctx.get(identity).go(
        purpose=purpose, next=next, cookies=ctx.caller.cookies, invite=invite
    )
    minutes = int(LIFE.total_seconds())
    cookies = [SetCookie(going.cookie, going.value, minutes)]
    cookies += [SetCookie(name, "", 0) for name in going.drop]
    return Reply(Redirect(redirect=going.url), cookies=tuple(cookies))
