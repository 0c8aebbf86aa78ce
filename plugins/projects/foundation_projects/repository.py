"""All SQL of the projects section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from foundation.ports import ProjectRole
from foundation.sdk import keyset
from foundation_projects.models import Member, Project
from foundation_projects.schemas import Projects

Found = tuple[Project, ProjectRole | None]
"""A project, and what somebody is in it."""

Asked = Any  # a SELECT of any columns: there is no one type for all of them


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes a list is for: *user_id* sees their own projects, and every one if *is_all*."""

    user_id: UUID | None
    is_all: bool


async def find(db: AsyncSession, project_id: UUID, user_id: UUID | None) -> Found | None:
    """Return a project and what *user_id* is in it, or None, in one question either way."""
    row = (await db.execute(_with_role(user_id).where(Project.id == project_id))).first()
    return (row[0], row[1]) if row else None


async def find_to_change(db: AsyncSession, project_id: UUID) -> None:
    """Wait until nobody else changes who is what in a project, to the end of this transaction."""
    await db.execute(select(Project.id).where(Project.id == project_id).with_for_update())


async def find_by_slug(db: AsyncSession, slug: str) -> Project | None:
    """Return the project with this slug, or None."""
    return await db.scalar(select(Project).where(Project.slug == slug))


async def page(db: AsyncSession, query: Projects, sight: Sight) -> tuple[list[Found], str | None]:
    """Return one page in the order asked for, and the cursor of the next."""
    found = _within(_with_role(sight.user_id), sight)
    if query.q:
        found = found.where(
            or_(
                Project.name.icontains(query.q, autoescape=True),
                Project.slug.icontains(query.q, autoescape=True),
            )
        )
    if query.status:
        found = found.where(Project.status == query.status)
    if query.tag:
        found = found.where(Project.tags.contains([query.tag]))
    if query.owner:
        found = found.where(Project.owner_id == query.owner)
    first = Project.created_at if query.sort.endswith("created_at") else Project.name
    rows, following = await keyset(
        db,
        found,
        by=(first, Project.id),
        descending=query.sort.startswith("-"),
        limit=query.limit,
        cursor=query.cursor,
    )
    return [(row[0], row[1]) for row in rows], following


async def count(db: AsyncSession, sight: Sight, *, status: str = "active") -> int:
    """Return how many projects of this status somebody sees."""
    asked = select(func.count()).select_from(Project).where(Project.status == status)
    return await db.scalar(_within(asked, sight)) or 0


async def ids(db: AsyncSession, user_id: UUID | None) -> frozenset[UUID]:
    """Return the projects somebody is a member of."""
    return frozenset(await db.scalars(select(Member.project_id).where(Member.user_id == user_id)))


async def tags(db: AsyncSession, sight: Sight) -> Sequence[tuple[str, int]]:
    """Return the tags of the projects somebody sees, by name, and how many have each."""
    each = _within(select(func.jsonb_array_elements_text(Project.tags).label("tag")), sight)
    tag = each.subquery().c.tag
    rows = await db.execute(select(tag, func.count()).group_by(tag).order_by(tag).limit(200))
    return [(row[0], row[1]) for row in rows]


async def owners(db: AsyncSession, sight: Sight) -> dict[UUID, int]:
    """Return who answers for the projects somebody sees, and for how many."""
    asked = select(Project.owner_id, func.count()).where(Project.owner_id.is_not(None))
    rows = await db.execute(_within(asked, sight).group_by(Project.owner_id).limit(200))
    return {row[0]: row[1] for row in rows}


async def members(db: AsyncSession, project_id: UUID) -> Sequence[Member]:
    """Return the members of a project, the first to come first."""
    found = select(Member).where(Member.project_id == project_id)
    return (await db.scalars(found.order_by(Member.created_at, Member.id))).all()


async def find_member(db: AsyncSession, project_id: UUID, member_id: UUID) -> Member | None:
    """Return one member of a project by the id of the membership, or None."""
    found = select(Member).where(Member.project_id == project_id, Member.id == member_id)
    return await db.scalar(found)


async def find_member_of(db: AsyncSession, project_id: UUID, user_id: UUID) -> Member | None:
    """Return what somebody is in a project, or None."""
    found = select(Member).where(Member.project_id == project_id, Member.user_id == user_id)
    return await db.scalar(found)


def _with_role(user_id: UUID | None) -> Asked:
    if user_id is None:
        return select(Project, null().label("role"))
    mine = and_(Member.project_id == Project.id, Member.user_id == user_id)
    return select(Project, Member.role).outerjoin(Member, mine)


def _within(asked: Asked, sight: Sight) -> Asked:
    if sight.is_all:
        return asked
    own = aliased(Member)  # the list may join members by itself
    mine = select(own.project_id).where(own.user_id == sight.user_id)
    return asked.where(Project.id.in_(mine))
