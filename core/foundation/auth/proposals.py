"""Rights that plugins propose for the built-in roles: they hold once an admin confirmed them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import PluginRight, RightsSettled
from foundation.auth.permissions import Permission, Role
from foundation.auth.roles import RANK


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """One right that a plugin would give a built-in role, and so every higher one."""

    permission: str
    role: Role

    def __str__(self) -> str:
        """Return it as the trail tells it."""
        return f"{self.permission} to {self.role}"


def proposals_of(permissions: Iterable[Permission]) -> list[Proposal]:
    """Return what *permissions* propose, in order; an admin holds all without."""
    lowest = {right.name: min(right.roles, key=RANK.index) for right in permissions if right.roles}
    return sorted(Proposal(name, role) for name, role in lowest.items() if role is not Role.ADMIN)


def unproposed(permissions: Iterable[Permission]) -> tuple[Permission, ...]:
    """Return *permissions* as they hold before anybody has confirmed anything."""
    return tuple(replace(right, roles=frozenset()) for right in permissions)


async def settle(db: AsyncSession, proposals: Sequence[Proposal]) -> bool:
    """Confirm *proposals* if this deployment was never asked: it was set up with those plugins.

    Whatever comes later waits for an admin. True for the one process that did it.
    """
    settled = await db.execute(
        insert(RightsSettled).values(one=True).on_conflict_do_nothing().returning(RightsSettled.one)
    )
    if settled.scalar_one_or_none() is None:
        return False
    await decide(db, dict.fromkeys(proposals, True), by=None)
    return True


async def decide(db: AsyncSession, decisions: Mapping[Proposal, bool], *, by: UUID | None) -> None:
    """Note for each proposal whether it holds; a later decision replaces an earlier one."""
    if not decisions:
        return
    row = insert(PluginRight).values(
        [
            {"permission": one.permission, "role": one.role, "granted": granted, "decided_by": by}
            for one, granted in sorted(decisions.items())
        ]
    )
    fresh = {name: row.excluded[name] for name in ("granted", "decided_by")}
    await db.execute(
        row.on_conflict_do_update(
            index_elements=[PluginRight.permission, PluginRight.role],
            set_=fresh | {"decided_at": func.now()},
        )
    )


async def decided(db: AsyncSession) -> dict[Proposal, bool]:
    """Return every decision."""
    found = await db.execute(select(PluginRight.permission, PluginRight.role, PluginRight.granted))
    return {Proposal(name, Role(role)): granted for name, role, granted in found}
