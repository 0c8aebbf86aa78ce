"""Ends what somebody asked for who may not have it any more."""

from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.db.engine import Database
from foundation.runs import moves
from foundation.runs.job import Jobs
from foundation.runs.models import Run
from foundation.runs.moves import Record

May = Callable[[AsyncSession, UUID, str], Awaitable[bool]]
"""Tells whether this person still holds the right of the job of this kind."""


async def revoke(
    database: Database, record: Record, *, runs: Collection[UUID], jobs: Jobs, may: May | None
) -> list[UUID]:
    """Cancel those of *runs* that last only while allowed and are not any more; returns them."""
    kept = {kind for kind, known in jobs.items() if known.work.while_allowed}
    if not kept or not runs or may is None:
        return []
    ended = list[UUID]()
    async with database.transaction() as db:
        found = await db.scalars(
            select(Run)
            .where(Run.id.in_(runs), Run.kind.in_(kept), Run.state == "running")
            .with_for_update(skip_locked=True)
        )
        for run in found.all():
            if run.requested_by is not None and not await may(db, run.requested_by, run.kind):
                await moves.begin_to_cancel(db, record, run=run, reason="cancel")
                ended.append(run.id)
    return ended
