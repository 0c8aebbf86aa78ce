"""Warnings before an API token ends: 30, 14, 7 and 1 days ahead, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import ApiToken, User

DAYS = (1, 7, 14, 30)
FIRST_WARNING = timedelta(days=DAYS[-1])


@dataclass(frozen=True, slots=True)
class Warned:
    """A token of which a warning is due: it ends within so many *days*."""

    id: UUID
    name: str
    owner: str
    days: int
    expires_at: datetime


def needless(life: timedelta) -> int | None:
    """Return the latest warning that a token made with this *life* does without, or None.

    One that is made for five days is not warned of at once.
    """
    return next((days for days in DAYS if life <= timedelta(days=days)), None)


async def warn(db: AsyncSession) -> list[Warned]:
    """Return the tokens that are due for a warning, and note that they were given it."""
    left = ApiToken.expires_at - func.now()
    days = case(*((left <= timedelta(days=days), days) for days in DAYS))
    due = (
        select(ApiToken.id, ApiToken.name, User.name.label("owner"), days, ApiToken.expires_at)
        .join(User, User.id == ApiToken.user_id)
        .where(
            ApiToken.revoked_at.is_(None),
            left > timedelta(0),
            left <= FIRST_WARNING,
            func.coalesce(ApiToken.warned_days, DAYS[-1] + 1) > days,
        )
        .order_by(ApiToken.expires_at)
        .with_for_update(of=ApiToken)
    )
    warned = [Warned(*row) for row in await db.execute(due)]
    for one in warned:
        await db.execute(
            update(ApiToken)
            .where(ApiToken.id == one.id)
            .values(warned_days=one.days)
            .execution_options(synchronize_session=False)
        )
    return warned
