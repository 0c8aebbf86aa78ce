"""What happens to rights when a deployment starts for the first time."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder
from foundation.auth.proposals import Proposal, settle
from foundation.builtin.accounts import events

SYSTEM = Actor("system", name="Foundation")


async def settle_rights(
    db: AsyncSession, proposals: Sequence[Proposal], recorder: Recorder
) -> None:
    """Let what the plugins of the first start propose hold, and say so in the trail."""
    if not await settle(db, proposals) or not proposals:
        return
    told = events.RIGHTS_DECIDED(reason="set_up", granted=tuple(map(str, proposals)))
    recorder.record(db, told, Source(SYSTEM, "accounts", str(ids.uuid7())))
