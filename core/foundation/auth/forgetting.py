"""What is over is forgotten in time: rows of sessions, and counts whose window has passed."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import RateCount, Session

KEPT = timedelta(days=30)
"""How long a row stays after the latest moment at which its session could have been alive.

Until then a cookie that is left over is told as that of an ended session, with its person, and
people are told of a session that one too many ended. The trail keeps its own words of both.
"""

BATCH = 500
"""Rows in one transaction, so that nobody waits for it."""


async def forget_sessions(db: AsyncSession, *, most: int = BATCH) -> int:
    """Delete up to *most* sessions that have long been over, the oldest first; return how many."""
    over = (
        select(Session.token_hash)
        .where(Session.expires_at < func.now() - KEPT)
        .order_by(Session.expires_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    keys = list(await db.scalars(over))
    if keys:  # a statement that finds nothing is a change, too, that wants its event
        gone = delete(Session).where(Session.token_hash.in_(keys))
        await db.execute(gone.execution_options(synchronize_session=False))
    return len(keys)


async def forget_counts(db: AsyncSession) -> None:
    """Delete the counts whose window has passed: they count from nothing again."""
    passed = delete(RateCount).where(RateCount.until < func.now())
    await db.execute(passed.execution_options(synchronize_session=False))
