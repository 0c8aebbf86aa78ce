"""What accounts does by itself: it warns before API tokens end."""

from pydantic import BaseModel, ConfigDict

from foundation.audit.events import Target
from foundation.auth.expiry import warn
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
