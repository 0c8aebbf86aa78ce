"""Whether somebody who is not here at the moment still holds the right of a job."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth import repository
from foundation.auth.permissions import Permission
from foundation.auth.roles import permissions_of
from foundation.plugins.contributions import Job
from foundation.plugins.registry import Registry
from foundation.runs.entitled import May


def still_may(registry: Registry) -> May:
    """Return what asks the database for a person's rights as they are now."""

    async def may(db: AsyncSession, user_id: UUID, kind: str) -> bool:
        known = registry.jobs.get(kind)
        user = await repository.find_user(db, user_id)
        if known is None or user is None or not user.enabled:
            return False
        needs = known.work.needs if isinstance(known.work, Job) else None
        if not isinstance(needs, Permission):
            return True
        roles = (await repository.roles_of(db, [user_id])).get(user_id, [])
        grants = await repository.grants_of(db, user_id)
        return needs.name in permissions_of(roles, registry.permissions, grants=grants)

    return may
