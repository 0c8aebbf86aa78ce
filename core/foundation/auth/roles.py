"""What a role may do: the permissions that plugins propose for it, and all for an admin."""

from collections.abc import Iterable, Sequence

from foundation.auth.permissions import Permission, Role

RANK: tuple[Role, ...] = (Role.VIEWER, Role.OPERATOR, Role.ADMIN)
"""From least to most; each role holds what the ones before it hold."""


def permissions_of(
    roles: Iterable[str], permissions: Sequence[Permission], *, grants: Iterable[str] = ()
) -> frozenset[str]:
    """Return the names of all *permissions* that somebody with *roles* has.

    *grants* are the names that their custom roles hold; one that nobody declares gives nothing.
    What a permission implies comes with it.
    """
    highest = max((RANK.index(Role(role)) for role in roles if role in RANK), default=-1)
    if highest >= 0 and RANK[highest] is Role.ADMIN:
        return frozenset(permission.name for permission in permissions)
    held = frozenset(RANK[: highest + 1])
    by_name = {permission.name: permission for permission in permissions}
    names: set[str] = set()
    waiting = [permission.name for permission in permissions if permission.roles & held]
    waiting += grants
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in names:
            names.add(name)
            waiting.extend(by_name[name].implies)
    return frozenset(names)


def highest_of(roles: Iterable[str]) -> Role | None:
    """Return the highest of *roles*, or None when none of them is known."""
    known = [role for role in RANK if role in set(roles)]
    return known[-1] if known else None
