"""What the pages about people list; all that decides about them is core's own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.expression import ScalarSelect

from foundation.auth.models import ApiToken, CustomRole, Invitation, Session, User, UserRole
from foundation.db.page import keyset


async def page(
    db: AsyncSession,
    *,
    q: str | None,
    kind: str | None = None,
    mfa: bool | None = None,
    limit: int,
    cursor: str | None,
) -> tuple[list[User], str | None]:
    """Return a page of users, the newest first; *q* is a part of a name or an e-mail.

    *mfa* keeps people by how their last sign-in was proved.
    """
    query = select(User)
    if q:
        query = query.where(
            or_(User.name.icontains(q, autoescape=True), User.email.icontains(q, autoescape=True))
        )
    if kind is not None:
        query = query.where(User.kind == kind)
    if mfa is not None:
        strong = func.coalesce(_last_mfa(User.id), False)
        query = query.where(User.kind == "user", strong if mfa else ~strong)
    by = (User.created_at, User.id)
    return await keyset(db, query, by=by, descending=True, limit=limit, cursor=cursor)


def _last_mfa(user_id: InstrumentedAttribute[UUID]) -> ScalarSelect[bool | None]:
    return (
        select(Session.mfa)
        .where(Session.user_id == user_id)
        .order_by(Session.created_at.desc(), Session.public_id.desc())
        .limit(1)
        .scalar_subquery()
    )


async def strengths(db: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Return for each of *user_ids* whether their last sign-in proved more than one factor."""
    asked = select(User.id, _last_mfa(User.id)).where(User.id.in_(user_ids))
    return {id: mfa for id, mfa in await db.execute(asked) if mfa is not None}


async def count_people(db: AsyncSession) -> int:
    """Return how many people, service accounts apart, may come in."""
    there = select(func.count()).where(User.kind == "user", User.enabled)
    return (await db.execute(there)).scalar_one()


async def local_roles(db: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Return the roles that each of *user_ids* was given here."""
    found = await db.execute(
        select(UserRole.user_id, UserRole.role).where(
            UserRole.user_id.in_(user_ids), UserRole.source == "local"
        )
    )
    roles: dict[UUID, set[str]] = {}
    for user_id, role in found:
        roles.setdefault(user_id, set()).add(role)
    return roles


async def charges(db: AsyncSession, user_id: UUID) -> int:
    """Return how many enabled service accounts a user answers for."""
    mine = select(func.count()).where(User.owner_id == user_id, User.enabled)
    return (await db.execute(mine)).scalar_one()


async def sessions_of(db: AsyncSession, user_id: UUID) -> list[Session]:
    """Return the sessions of a user that have not ended, the newest first."""
    found = await db.execute(
        select(Session)
        .where(Session.user_id == user_id, Session.ended_at.is_(None))
        .order_by(Session.created_at.desc())
    )
    return list(found.scalars())


async def tokens_of(db: AsyncSession, user_id: UUID) -> list[ApiToken]:
    """Return the newest two hundred tokens of a user, the void ones too."""
    found = await db.execute(
        select(ApiToken)
        .where(ApiToken.user_id == user_id)
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
        .limit(200)
    )
    return list(found.scalars())


async def recent_invitations(db: AsyncSession) -> list[Invitation]:
    """Return the newest two hundred invitations."""
    newest = select(Invitation).order_by(Invitation.created_at.desc(), Invitation.id.desc())
    return list((await db.execute(newest.limit(200))).scalars())


async def custom_roles(db: AsyncSession) -> list[CustomRole]:
    """Return all roles of one's own, by name."""
    return list((await db.execute(select(CustomRole).order_by(CustomRole.name))).scalars())


async def custom_role(db: AsyncSession, name: str) -> CustomRole | None:
    """Return one role of one's own, or None."""
    found = await db.execute(select(CustomRole).where(CustomRole.name == name))
    return found.scalar_one_or_none()


async def members(db: AsyncSession) -> dict[str, int]:
    """Return how many have each role."""
    counted = select(UserRole.role, func.count(func.distinct(UserRole.user_id)).label("members"))
    found = await db.execute(counted.group_by(UserRole.role))
    return {row.role: row.members for row in found}


async def holders(db: AsyncSession, role: str) -> list[UUID]:
    """Return everybody who has *role*."""
    found = await db.execute(select(UserRole.user_id).distinct().where(UserRole.role == role))
    return list(found.scalars())
