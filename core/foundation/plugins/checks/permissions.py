"""Checks of the hook ``permissions``: names, roles and what is implied."""

import re
from collections.abc import Sequence

from foundation.auth.permissions import Permission, Role


def permission_problems(id: str, permissions: Sequence[Permission]) -> list[str]:
    """Return what is wrong with the permissions of plugin *id*."""
    form = re.compile(rf"^{id}:[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$")
    names = [permission.name for permission in permissions]
    problems = [
        f"permission {name!r} is declared twice"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for permission in permissions:
        name = permission.name
        if not form.match(name):
            problems.append(f"permission {name!r} is not named {id}:thing:verb")
        if not permission.title:
            problems.append(f"permission {name!r} has no title")
        problems += [
            f"permission {name!r} is for an unknown role {role!r}"
            for role in sorted(permission.roles - set(Role))
        ]
        problems += [
            f"permission {name!r} implies {implied!r}, which is not this plugin's"
            for implied in permission.implies
            if implied not in names
        ]
    return problems
