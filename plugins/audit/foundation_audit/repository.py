"""All SQL of the saved filters."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation_audit.models import SavedFilter


async def of_person(db: AsyncSession, user_id: UUID) -> Sequence[SavedFilter]:
    """Return what somebody keeps, by name."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user_id)
    return (await db.scalars(mine.order_by(SavedFilter.name))).all()


async def find(db: AsyncSession, user_id: UUID, id: UUID) -> SavedFilter | None:
    """Return one of what somebody keeps, or None: nobody else's is found."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.id == id)
    return await db.scalar(mine)
