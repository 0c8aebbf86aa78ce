"""The provider's own way to sign somebody out, behind the browser's back."""

from dataclasses import replace

from foundation.audit.events import Target
from foundation.auth.backchannel import sign_out
from foundation.auth.principal import ANONYMOUS
from foundation.auth.refusal import Refused
from foundation.builtin.accounts import events
from foundation.builtin.accounts.schemas import LogoutToken
from foundation.http.context import Context
from foundation.http.reply import Reply
from foundation.ports import identity

NO_STORE = {"Cache-Control": "no-store"}


async def obey(ctx: Context, body: LogoutToken) -> Reply:
    """End the sessions that the token names; 400, and an event, for a token that is not good.

    200 also when nobody matches: the provider is not told who is signed in here.
    """
    ctx = replace(ctx, principal=ANONYMOUS)  # a cookie that came along is nobody's act
    whose = ctx.get(identity)
    try:
        notice = await whose.read_logout(body.logout_token)
    except Refused as refused:
        ctx.record(
            events.LOGOUT_REFUSED(
                outcome="failure",
                reason=refused.reason,
                address=ctx.caller.address,
                browser=ctx.caller.user_agent,
                note=refused.note,
            )
        )
        return Reply(status=400, headers=NO_STORE)
    for ended in await sign_out(ctx.db, whose.sessions, notice):
        target = Target("session", str(ended.public_id))
        ctx.record(events.SESSION_ENDED(target, reason=ended.reason))
    return Reply(status=200, headers=NO_STORE)
