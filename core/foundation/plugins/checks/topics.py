"""Checks of what may be followed live: a topic is its plugin's own, and says who may follow it."""

from collections.abc import Iterable, Sequence

from foundation.auth.permissions import Permission
from foundation.live.topics import NAME, Topic
from foundation.plugins.resource import Resource


def topic_problems(
    plugin: str,
    topics: Sequence[Topic],
    resources: Iterable[Resource],
    *,
    permissions: frozenset[str] | set[str],
) -> list[str]:
    """Return what is wrong with a plugin's topics, and with those its resources name."""
    problems = [
        problem
        for name in (*(one.name for one in topics), *(one.live for one in resources if one.live))
        if (problem := _name_problem(plugin, name))
    ]
    return problems + [
        f"topic {one.name} needs {one.needs.name!r}, which this plugin does not declare"
        for one in topics
        if isinstance(one.needs, Permission) and one.needs.name not in permissions
    ]


def _name_problem(plugin: str, name: str) -> str:
    if not NAME.fullmatch(name):
        return f"topic {name!r} is no name such as {plugin}.row"
    if name.partition(".")[0] != plugin:
        return f"topic {name} must begin with {plugin}., as its audit events do"
    return ""
