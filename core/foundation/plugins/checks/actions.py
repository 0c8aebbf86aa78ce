"""Checks of actions: each has its route and its permission, and names fields that are there."""

from collections.abc import Collection, Iterator
from typing import get_type_hints

from pydantic import BaseModel

from foundation.auth.permissions import Permission
from foundation.http.models import Request
from foundation.http.router import Route
from foundation.plugins.checks.forms import one_form_problems
from foundation.plugins.checks.routes import path_parameters
from foundation.plugins.resource import Action, Resource
from foundation.plugins.route_map import RouteMap

SCOPES = frozenset({"item", "bulk", "page"})

CHOSEN = "ids"
"""The field of a bulk action's body that holds the keys of the chosen rows."""


def action_problems(
    resource: Resource,
    routes: RouteMap,
    permissions: Collection[str],
    *,
    view: type[BaseModel] | None,
) -> list[str]:
    """Return what is wrong with the actions of a resource whose one row is a *view*."""
    problems = []
    seen: set[str] = set()
    for action in resource.actions:
        if action.id in seen:
            problems.append(f"action {action.id!r} is given twice")
        seen.add(action.id)
        problems += _way_problems(resource, action, routes)
        problems += [
            f"action {action.id!r} {problem}"
            for problem in (*_right_problems(action, permissions), *_field_problems(action, view))
        ]
    return problems


def action_path(resource: Resource, path: str) -> str:
    """Return a path of an action below ``/api``; the action names it below the resource."""
    return f"{resource.path}/{path.lstrip('/')}".rstrip("/")


def _way_problems(resource: Resource, action: Action, routes: RouteMap) -> Iterator[str]:
    """Each request that an action sends has a route that takes it."""
    path = action_path(resource, action.path)
    name = f"action {action.id!r}"
    route = routes.find(action.method, path)
    if action.form is not None:
        yield from one_form_problems(
            name, action.form, method=action.method, path=path, routes=routes
        )
        if action.method != "POST":
            yield f"{name} has a form, so it is a POST"
    elif route is None:
        yield f"{name} wants a route {action.method} {path}"
    if action.about == "bulk" and "{" not in action.path and route and not _takes_ids(route):
        yield f"{name} is about many rows: {action.method} {path} must take a body with 'ids'"
    if action.undo_path:
        undo = action_path(resource, action.undo_path)
        if routes.find("POST", undo) is None:
            yield f"{name} wants a route POST {undo} to take it back"


def _takes_ids(route: Route) -> bool:
    hints = get_type_hints(route.handler)
    return any(
        isinstance(hint, type) and issubclass(hint, Request) and CHOSEN in hint.model_fields
        for name, hint in hints.items()
        if name != "return"
    )


def _right_problems(action: Action, permissions: Collection[str]) -> Iterator[str]:
    needs: object = action.needs  # a plugin may have silenced its type checker
    if not isinstance(needs, Permission) or needs.name not in permissions:
        yield "needs a permission that is not declared"
    if action.about not in SCOPES:
        yield f"has an unknown scope {action.about!r}"
    if action.about == "item" and "{" not in action.path:
        yield "is about one row, and its path has no {key}"
    if action.about == "page" and "{" in action.path:
        yield "is about no row, and its path has a {key}"


def _field_problems(action: Action, view: type[BaseModel] | None) -> Iterator[str]:
    """Whatever an action reads of its row is a field of the row."""
    if view is None:
        return
    fields = view.model_fields
    for name in (*path_parameters(action.path), *path_parameters(action.undo_path)):
        if name not in fields:
            yield f"has {name!r} in its path, which is no field of {view.__name__}"
    for name in action.when:
        if name not in fields:
            yield f"is offered when {name!r}, which is no field of {view.__name__}"
    if action.type_to_confirm and action.type_to_confirm not in fields:
        yield f"wants {action.type_to_confirm!r} typed, which is no field of {view.__name__}"
