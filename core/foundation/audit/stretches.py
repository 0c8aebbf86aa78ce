"""The trail cut into stretches of so many events, so that no statement has to look at it all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow
from foundation.audit.reader import TrailFilter

AT_ONCE = 50_000
"""Events in a stretch, whatever the filter finds of them: some tens of milliseconds to read."""

JUST_AFTER = timedelta(microseconds=1)

Stretches = Sequence[TrailFilter]


async def stretches(
    db: AsyncSession, filter: TrailFilter, *, at_once: int = AT_ONCE
) -> list[TrailFilter]:
    """Return *filter* for each stretch of the trail, newest first, up to the newest event of now.

    Together they are the whole: what happens meanwhile is in none, and nothing is in two.
    """
    newest = select(func.max(AuditRow.occurred_at))
    if filter.until is not None:
        newest = newest.where(AuditRow.occurred_at < filter.until)
    last: datetime | None = await db.scalar(newest)
    found = list[TrailFilter]()
    until = last + JUST_AFTER if last is not None else None
    while until is not None and (filter.since is None or until > filter.since):
        since: datetime | None = await db.scalar(_far(until, at_once))
        begins = max((each for each in (since, filter.since) if each is not None), default=None)
        found.append(replace(filter, since=begins, until=until))
        until = since
    return found


def _far(until: datetime, at_once: int) -> Select[datetime]:
    """Ask for the moment that lies so many events before *until*; none when there are fewer."""
    before = select(AuditRow.occurred_at).where(AuditRow.occurred_at < until)
    return before.order_by(AuditRow.occurred_at.desc()).offset(at_once).limit(1)
