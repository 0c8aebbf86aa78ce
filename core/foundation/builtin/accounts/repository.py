"""The list of users; all other SQL of people is core's own."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import User
from foundation.db.page import keyset


async def page(
    db: AsyncSession, *, q: str | None, limit: int, cursor: str | None
) -> tuple[list[User], str | None]:
    """Return a page of users, the newest first; *q* is a part of a name or an e-mail."""
    query = select(User)
    if q:
        query = query.where(
            or_(User.name.icontains(q, autoescape=True), User.email.icontains(q, autoescape=True))
        )
    by = (User.created_at, User.id)
    return await keyset(db, query, by=by, descending=True, limit=limit, cursor=cursor)
