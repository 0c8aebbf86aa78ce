"""Due: what expires or wants rotating, told once for each of a few days before its day."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.sdk import Context, Event, Health, show_secrets_due
from foundation_credentials import events, repository
from foundation_credentials.models import Credential, Notice
from foundation_credentials.service import look

DAYS = (30, 14, 7, 1, 0)
"""How many days before its day somebody is reminded; 0 is the day itself and any after it."""

STATES = ("expired", "rotate", "expiring", "rotate_soon")
OVERDUE = frozenset({"expired", "rotate"})


async def remind(db: AsyncSession, *, now: datetime, record: Callable[[Event], None]) -> int:
    """Tell in the trail what is near its day; return how many reminders that were.

    Each is told once. Whoever is late hears the nearest one only.
    """
    told = 0
    for row in await repository.due(db, now=now):
        for what, day in _days(row):
            days = _nearest(day, now)
            if days is None:
                continue
            if await db.get(Notice, (row.id, what, day, days)) is not None:
                continue
            db.add(Notice(cred_id=row.id, what=what, due_at=day, days=days))
            record(events.DUE(look.target(row), what=what, days=days))
            told += 1
    return told


async def health(ctx: Context) -> Health:
    """Say what is overdue, for the dashboard; and show how many are due as figures."""
    now = ctx.clock.now()
    found = Counter[str | None](look.due(row, now) for row in await repository.due(ctx.db, now=now))
    for state in STATES:
        show_secrets_due(state, found[state])
    words = [f"{found[state]} {WORDS[state]}" for state in STATES if found[state]]
    return Health(not any(found[state] for state in OVERDUE), "; ".join(words))


WORDS = {
    "expired": "expired",
    "rotate": "to be rotated",
    "expiring": "near their last day",
    "rotate_soon": "soon to be rotated",
}


def _days(row: Credential) -> Iterator[tuple[str, datetime]]:
    if row.expires_at is not None:
        yield "expires", row.expires_at
    rotate = look.rotate_by(row)
    if rotate is not None:
        yield "rotate", rotate


def _nearest(day: datetime, now: datetime) -> int | None:
    """Return the smallest of `DAYS` that *day* is not farther away than, or None."""
    left = (day - now).total_seconds() / 86_400
    return next((days for days in reversed(DAYS) if left <= days), None)
