"""Checks of the hook ``routers``: a route is closed, typed and in its own place, or refused."""

import inspect
import re
import typing
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.plan import RouteRefused, compile_route
from foundation.http.router import Route, Router
from foundation.plugins.claims import Claims

PREFIX = re.compile(r"^[a-z][a-z0-9-]{0,38}(\.json)?$")
_LITERAL = re.compile(r"^[a-z0-9][a-z0-9._-]*$")
_PARAMETER = re.compile(r"^\{([a-z][a-z0-9_]*)\}$")


def route_problems(
    id: str,
    routers: Sequence[Router],
    *,
    permissions: Collection[str],
    claims: Claims,
    builtin: bool = False,
) -> list[str]:
    """Return what is wrong with the routes of plugin *id*; *permissions* are its declared names."""
    problems = []
    for prefix in dict.fromkeys(router.prefix for router in routers):
        if not PREFIX.match(prefix):
            problems.append(f"prefix {prefix!r} does not match {PREFIX.pattern}")
            continue
        holder = claims.prefix_holder(prefix, asker=id, builtin=builtin)
        if holder:
            problems.append(f"prefix {prefix!r} is taken: {holder}")
    for router in routers:
        for route in router.routes:
            found = [
                *_needs_problems(route, permissions),
                *_stream_problems(route, builtin=builtin),
                *_path_problems(route),
                *_handler_problems(route),
            ]
            found = found or _mount_problems(route, plugin=id, prefix=router.prefix)
            problems += [f"{spelled(router, route)}: {problem}" for problem in found]
    return problems + _doubles(routers)


def spelled(router: Router, route: Route) -> str:
    """Return a route as people write it: ``POST /api/orders/{id}``."""
    return f"{route.method} /api/{router.prefix}{route.path.rstrip('/')}"


def path_parameters(path: str) -> list[str]:
    """Return the names of the parameters in a path."""
    return [found.group(1) for part in path.split("/") if (found := _PARAMETER.match(part))]


def _needs_problems(route: Route, permissions: Collection[str]) -> list[str]:
    needs: object = route.needs  # a plugin may have silenced its type checker
    if isinstance(needs, Permission):
        if needs.name in permissions:
            return []
        return [f"needs {needs.name!r}, which this plugin does not declare; nobody could have it"]
    if isinstance(needs, SignedIn | Public):
        return [] if needs.reason else ["needs no permission and gives no reason for it"]
    return ["has no needs=; name a permission, SignedIn(reason) or Public(reason)"]


def _stream_problems(route: Route, *, builtin: bool) -> list[str]:
    if route.streams and not builtin:
        return ["a browser has one stream, core's: name a topic instead"]
    return []


def _path_problems(route: Route) -> list[str]:
    if route.path == "/":
        return []
    if not route.path.startswith("/") or route.path.endswith("/"):
        return ["the path starts with a slash and does not end with one"]
    return [
        f"{part!r} is neither lower-case text nor one parameter such as {{id}}"
        for part in route.path[1:].split("/")
        if not _LITERAL.match(part) and not _PARAMETER.match(part)
    ]


def _handler_problems(route: Route) -> list[str]:
    name = getattr(route.handler, "__name__", repr(route.handler))
    if not inspect.iscoroutinefunction(route.handler):
        return [f"{name} is not an async def"]
    try:
        hints = typing.get_type_hints(route.handler)
    except Exception as unresolved:  # noqa: BLE001  # evaluating annotations runs plugin code
        return [f"{name} has a type that cannot be read: {unresolved}"]
    parameters = inspect.signature(route.handler).parameters
    problems = [
        f"{name} has a parameter {parameter!r} without a type"
        for parameter in parameters
        if _is_untyped(hints, parameter)
    ]
    if _is_untyped(hints, "return"):
        problems.append(f"{name} does not say what it returns")
    problems += [
        f"{name} does not take the path's parameter {parameter!r}"
        for parameter in path_parameters(route.path)
        if parameter not in parameters
    ]
    return problems


def _mount_problems(route: Route, *, plugin: str, prefix: str) -> list[str]:
    """Ask the edge, which knows best what it can serve."""
    try:
        compile_route(route, plugin=plugin, prefix=prefix)
    except RouteRefused as refused:
        return [refused.reason]
    return []


def _is_untyped(hints: dict[str, Any], name: str) -> bool:  # hints are types of any kind
    return hints.get(name, Any) is Any


def _doubles(routers: Sequence[Router]) -> list[str]:
    """Find a method and path given twice, whatever its parameters are called."""
    shapes = Counter(
        re.sub(r"\{[^}]*\}", "{}", spelled(router, route))
        for router in routers
        for route in router.routes
    )
    return [f"{shape} is given {count} times" for shape, count in shapes.items() if count > 1]
