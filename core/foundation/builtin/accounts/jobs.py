"""What accounts does by itself: it warns before API tokens end, and forgets what is over."""

from pydantic import BaseModel, ConfigDict

from foundation.audit.events import Target
from foundation.auth.expiry import warn
from foundation.auth.forgetting import BATCH, forget_counts, forget_sessions
from foundation.builtin.accounts import events
from foundation.builtin.accounts.permissions import WRITE
from foundation.plugins.contributions import Job
from foundation.runs.handling import RunContext
from foundation.runs.job import Cron


class Nothing(BaseModel):
    """No parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")


async def warn_of_tokens(ctx: RunContext, params: Nothing) -> dict[str, int]:  # noqa: ARG001  # a job's shape
    """Tell the trail of each token that comes nearer to its end; a second attempt tells none."""
    async with ctx.transaction() as db:
        warned = await warn(db)
        for one in warned:
            target = Target("token", str(one.id), one.name)
            until = one.expires_at.isoformat()
            ctx.record(
                db, events.TOKEN_EXPIRING(target, owner=one.owner, days=one.days, until=until)
            )
    return {"tokens": len(warned)}


async def forget(ctx: RunContext, params: Nothing) -> dict[str, int]:  # noqa: ARG001  # a job's shape
    """Delete what has long been over in small batches, each with its event; count the sessions."""
    sessions, last = 0, BATCH
    while last == BATCH:
        async with ctx.transaction() as db:
            last = await forget_sessions(db)
            if last:
                ctx.record(db, events.SESSIONS_FORGOTTEN(sessions=last))
        sessions += last
    async with ctx.transaction() as db:
        await forget_counts(db)
    ctx.log(f"{sessions} sessions forgotten")
    return {"sessions": sessions}


WARN_OF_TOKENS = Job(
    "accounts.warn_of_tokens",
    title="Warn of API tokens that end",
    params=Nothing,
    run=warn_of_tokens,
    needs=WRITE,
    attempts=3,
    on_crash="retry",
    timeout_s=300,
    schedule=Cron("17 */6 * * *"),
)

FORGET = Job(
    "accounts.forget",
    title="Forget sessions that are long over",
    params=Nothing,
    run=forget,
    needs=WRITE,
    attempts=3,
    on_crash="retry",
    timeout_s=600,
    schedule=Cron("43 2 * * *"),
)
