"""All SQL of the projects section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, func, null, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from foundation.ports import ProjectRole
from foundation.sdk import Paged
from foundation_projects.models import Member, Project
from foundation_projects.schemas import Projects

Found = tuple[Project, ProjectRole | None]
"""A project, and what somebody is in it."""

Asked = Any  # a SELECT of any columns: there is no one type for all of them

PROJECTS, MEMBERS = Project.__table__, Member.__table__
ME = bindparam("me", type_=Uuid)
NARROWED: Mapping[str, ColumnElement[bool]] = {
    "q": or_(
        *(PROJECTS.c[name].icontains(bindparam("q"), escape="/") for name in ("name", "slug"))
    ),
    "status": PROJECTS.c.status == bindparam("status"),
    "tag": PROJECTS.c.tags.contains(bindparam("tag", type_=JSONB)),
    "owner": PROJECTS.c.owner_id == bindparam("owner", type_=Uuid),
}
"""What each field of the query narrows the list to."""


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
    narrowed = {name: value for name in NARROWED if (value := getattr(query, name))}
    listed = _listed(query.sort, tuple(narrowed), is_all=sight.is_all)
    if "q" in narrowed:
        narrowed["q"] = _literally(narrowed["q"])
    if "tag" in narrowed:
        narrowed["tag"] = [narrowed["tag"]]
    given = {"me": sight.user_id, **narrowed}
    rows, following = await listed.page(db, limit=query.limit, cursor=query.cursor, given=given)
    # A row has all that a project has, but for what keeps track of changes: here are none.
    return [(cast("Project", row), row.role) for row in rows], following


@lru_cache(maxsize=256)  # of orders and ways to narrow the list, not of what people look for
def _listed(sort: str, narrowed: tuple[str, ...], *, is_all: bool) -> Paged:
    """Return the list of projects that the fields *narrowed* narrow."""
    mine = and_(MEMBERS.c.project_id == PROJECTS.c.id, MEMBERS.c.user_id == ME)
    found = select(*PROJECTS.c, MEMBERS.c.role).outerjoin_from(PROJECTS, MEMBERS, mine)
    found = found.where(*(NARROWED[name] for name in narrowed))
    if not is_all:
        own = MEMBERS.alias()  # the list joins members by itself
        found = found.where(PROJECTS.c.id.in_(select(own.c.project_id).where(own.c.user_id == ME)))
    first = PROJECTS.c.created_at if sort.endswith("created_at") else PROJECTS.c.name
    return Paged(found, by=(first, PROJECTS.c.id), descending=sort.startswith("-"))


def _literally(text: str) -> str:
    """Return *text* as LIKE finds it and nothing else."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


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
