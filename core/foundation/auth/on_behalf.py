"""On behalf: the rights that somebody holds now, for work that is done while they are away."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth import repository
from foundation.auth.permissions import Permission
from foundation.auth.principal import SYSTEM, Principal
from foundation.auth.roles import permissions_of


async def principal_of(
    db: AsyncSession, user_id: UUID | None, *, permissions: Sequence[Permission]
) -> Principal | None:
    """Return whoever asked, with the rights of this moment; None for somebody who was let go.

    Without an id it is the machine itself, by a schedule that nobody owns.
    """
    if user_id is None:
        return SYSTEM
    user = await repository.find_user(db, user_id)
    if user is None or not user.enabled:
        return None
    roles = (await repository.roles_of(db, [user_id])).get(user_id, [])
    grants = await repository.grants_of(db, user_id)
    return Principal(
        kind="service" if user.kind == "service" else "user",
        id=user.id,
        name=user.name,
        email=user.email,
        roles=frozenset(roles),
        permissions=permissions_of(roles, permissions, grants=grants),
    )
