"""Coming back from the provider: a session or a reason, told to the browser and to the trail."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Target
from foundation.auth.limits import Rate
from foundation.auth.principal import ANONYMOUS
from foundation.auth.refusal import Refused
from foundation.auth.repository import deployment_id
from foundation.auth.service import LOGIN, Arrived, Browser
from foundation.auth.sessions import COOKIE
from foundation.auth.transaction import Transaction
from foundation.builtin.accounts import events
from foundation.builtin.accounts.service import signout
from foundation.db.faults import is_lost, to_error
from foundation.errors import TooMany, Unavailable
from foundation.http.context import Context
from foundation.http.reply import Reply, SetCookie, see_other
from foundation.ports import identity, limiter
from foundation.telemetry.metrics import count_signin

WEEK_S = 7 * 24 * 3600
FAILED = Rate("failed-sign-in", 10, timedelta(minutes=1), by="address")


async def come_back(ctx: Context) -> Reply:
    """Finish what was begun; a failure goes to the sign-in page with its reason.

    The database is asked after the provider has answered, so no transaction waits for the
    network; and asked whether it is there before anything is written.
    """
    whose = ctx.get(identity)
    transaction: Transaction | None = None
    try:
        await ctx.get(limiter).look(FAILED, principal=ANONYMOUS, address=ctx.caller.address)
    except TooMany:
        return see_other(f"{LOGIN}?e=limited")
    try:
        transaction, parameters = whose.signin.claim(ctx.caller.query, ctx.caller.cookies)
        back = await whose.signin.back(transaction, parameters)
        await _ask(ctx.db)
    except Refused as refused:
        return await _refused(ctx, refused, transaction)
    except (SQLAlchemyError, Unavailable) as fault:
        return await _without_database(ctx.db, fault)
    try:
        browser = Browser(ctx.caller.cookies, ctx.caller.address, ctx.caller.user_agent)
        arrived = await whose.arrive(ctx.db, back, browser=browser, principal=ctx.principal)
    except Refused as refused:
        return await _refused(ctx, refused, transaction)
    _tell_arrival(ctx, arrived, transaction)
    cookies = (SetCookie(COOKIE, arrived.token, WEEK_S), SetCookie(transaction.cookie, "", 0))
    return see_other(transaction.next, cookies=cookies)


async def _ask(db: AsyncSession) -> None:
    """Ask the database for anything; once more when only the pool's old connection was dead.

    The code is spent and this route is not repeated, so a restart of the database would cost
    whoever comes back first their sign-in.
    """
    try:
        await deployment_id(db)
    except DBAPIError as fault:
        if not is_lost(fault):
            raise
        await db.rollback()
        await deployment_id(db)


async def _without_database(db: AsyncSession, fault: Exception) -> Reply:
    """Say that nobody can sign in now; the trail is as far away as the rest of the database."""
    if not isinstance(fault, Unavailable) and not isinstance(to_error(fault), Unavailable):
        raise fault
    await db.rollback()  # nothing was written, and what is broken cannot be committed
    count_signin("unavailable")
    return see_other(f"{LOGIN}?e=unavailable")


async def _refused(ctx: Context, refused: Refused, transaction: Transaction | None) -> Reply:
    with suppress(TooMany):  # it counts for the next one
        await ctx.get(limiter).take(FAILED, principal=ANONYMOUS, address=ctx.caller.address)
    step_up = transaction is not None and transaction.purpose == "step_up"
    kind = events.STEPUP_FAILED if step_up else events.SIGNIN_FAILED
    count_signin(refused.reason)
    ctx.record(
        kind(
            outcome="failure",
            reason=refused.reason,
            address=ctx.caller.address,
            browser=ctx.caller.user_agent,
            note=refused.note,
        )
    )
    spent = (SetCookie(transaction.cookie, "", 0),) if transaction else ()
    return see_other(f"{LOGIN}?e={refused.reason}", cookies=spent)


def _tell_arrival(ctx: Context, arrived: Arrived, transaction: Transaction) -> None:
    """Record the sign-in as the person's own act, and the sessions it ended."""
    own = replace(ctx, principal=arrived.principal)
    user = arrived.admitted.user
    target = Target("user", str(user.id), user.name or user.email)
    address, browser = ctx.caller.address, ctx.caller.user_agent
    count_signin("ok")
    if transaction.purpose == "step_up":
        own.record(events.STEPPED_UP(target, address=address, browser=browser))
        return  # the session it replaces goes on under a new name
    own.record(
        events.SIGNED_IN(
            target,
            address=address,
            browser=browser,
            is_new=arrived.admitted.is_new,
            granted=arrived.admitted.granted,
        )
    )
    _tell_rights(own, arrived, target)
    for ended in arrived.ended:
        signout.tell_ended(own, ended)


def _tell_rights(own: Context, arrived: Arrived, target: Target) -> None:
    """Record what an invitation and the provider's groups made of the person."""
    admitted = arrived.admitted
    if admitted.invitation is not None:
        invitation = Target("invitation", str(admitted.invitation.id), admitted.invitation.email)
        own.record(events.ACCEPTED(invitation))
    if admitted.groups.changed:
        before, after = admitted.before, admitted.roles
        own.record(events.ROLE_CHANGED(target, reason="groups", before=before, after=after))
    if admitted.groups.warning:
        address, browser = own.caller.address, own.caller.user_agent
        own.record(
            events.GROUPS_UNDECIDED(
                target,
                outcome="failure",
                address=address,
                browser=browser,
                note=admitted.groups.warning,
            )
        )
