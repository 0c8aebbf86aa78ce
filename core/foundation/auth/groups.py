"""Roles by the provider's groups: three answers, and only what the provider gave is taken back.

The claim is absent or cannot be understood: nothing changes, and somebody is told. It is there
and gives a role: the person has it. It is there and gives none: what it once gave is taken back,
but never the last admin.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth import repository
from foundation.auth.models import UserRole
from foundation.auth.permissions import Role
from foundation.auth.rights import role_exists

MOST_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Synced:
    """What the groups changed; *warning* says why something was left as it was."""

    changed: bool = False
    warning: str = ""


def read_groups(documents: Iterable[Mapping[str, object]], *, claim: str) -> tuple[str, ...] | None:
    """Return the groups that the first of *documents* with *claim* names.

    None when no document has it, and for anything that is not up to 200 texts; one text is one
    group.
    """
    value = next((found[claim] for found in documents if claim in found), None)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or len(listed) > MOST_GROUPS:
        return None
    if not all(isinstance(group, str) for group in listed):
        return None
    return tuple(listed)


async def sync_roles(
    db: AsyncSession, user_id: UUID, groups: tuple[str, ...] | None, *, rules: Iterable[str]
) -> Synced:
    """Make the roles that a user has by groups what *groups* say; local roles stay.

    *rules* are ``<group>=<role>`` each.
    """
    if groups is None:
        return Synced(warning="the groups claim is absent or cannot be understood")
    wanted, warning = await _wanted(db, groups, rules)
    await repository.lock_admins(db)
    mine = UserRole.user_id == user_id, UserRole.source == "idp"
    present = set((await db.execute(select(UserRole.role).where(*mine))).scalars())
    lost = present - wanted
    if Role.ADMIN in lost and await _is_last_admin(db, user_id):
        lost -= {Role.ADMIN}
        warning = "the last admin is in no admin group, and stays admin"
    gained = wanted - present
    if lost:
        await db.execute(delete(UserRole).where(*mine, UserRole.role.in_(lost)))
    if gained:
        rows = [{"user_id": user_id, "role": role, "source": "idp"} for role in sorted(gained)]
        await db.execute(insert(UserRole), rows)
    return Synced(bool(lost or gained), warning)


async def _wanted(
    db: AsyncSession, groups: tuple[str, ...], rules: Iterable[str]
) -> tuple[set[str], str]:
    wanted, warning = set[str](), ""
    for rule in rules:
        group, _, role = rule.rpartition("=")
        if group not in groups:
            continue
        if await role_exists(db, role):
            wanted.add(str(role))
        else:
            warning = "a group stands for a role that does not exist"
    return wanted, warning


async def _is_last_admin(db: AsyncSession, user_id: UUID) -> bool:
    """Tell whether without the role by groups nobody would be admin."""
    local = select(UserRole.role).where(
        UserRole.user_id == user_id, UserRole.source == "local", UserRole.role == Role.ADMIN
    )
    if (await db.execute(local)).first() is not None:
        return False
    return await repository.other_admins(db, than=user_id) == 0
