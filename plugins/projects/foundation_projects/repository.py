"""All SQL of the projects section."""

from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.sdk import keyset
from foundation_projects.models import Project
from foundation_projects.schemas import Projects


async def find(db: AsyncSession, project_id: UUID) -> Project | None:
    """Return a project, or None."""
    return await db.get(Project, project_id)


async def find_by_slug(db: AsyncSession, slug: str) -> Project | None:
    """Return the project with this slug, or None."""
    return await db.scalar(select(Project).where(Project.slug == slug))


async def page(db: AsyncSession, query: Projects) -> tuple[list[Project], str | None]:
    """Return one page in the order asked for, and the cursor of the next."""
    found = select(Project)
    if query.q:
        found = found.where(
            or_(
                Project.name.icontains(query.q, autoescape=True),
                Project.slug.icontains(query.q, autoescape=True),
            )
        )
    if query.status:
        found = found.where(Project.status == query.status)
    first = Project.created_at if query.sort.endswith("created_at") else Project.name
    return await keyset(
        db,
        found,
        by=(first, Project.id),
        descending=query.sort.startswith("-"),
        limit=query.limit,
        cursor=query.cursor,
    )


async def count(db: AsyncSession) -> int:
    """Return how many projects are active."""
    active = select(func.count()).select_from(Project).where(Project.status == "active")
    return await db.scalar(active) or 0
