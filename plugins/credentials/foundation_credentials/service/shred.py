"""Shred: destroy the values of credentials that were deleted long enough ago."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.sdk import Event
from foundation_credentials import events, repository
from foundation_credentials.service import look


async def shred(db: AsyncSession, *, now: datetime, record: Callable[[Event], None]) -> int:
    """Destroy those whose time is over, and return how many; an hourly job does it.

    Their data keys are deleted: no row can be opened again, whatever the ring has.
    """
    destroyed = 0
    while rows := await repository.due_for_shredding(db, now=now):
        for row in rows:
            names = {field for _, field in await repository.sealed_names(db, row)}
            await repository.destroy_values(db, row)
            row.plain, row.notes = {}, ""
            row.shredded_at = now
            record(
                events.SHREDDED(
                    look.target(row), slug=row.slug, kind=row.kind, fields=tuple(sorted(names))
                )
            )
        await db.flush()  # the next look finds others
        destroyed += len(rows)
    return destroyed
