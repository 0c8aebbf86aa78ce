"""Every route says whom it is for; what is declared is used, and what is used is declared."""

import inspect
import typing

from pydantic import BaseModel

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.router import Route
from foundation.secret import Secret


def _needed(plugin) -> list[object]:
    """Return all that routes, sections, resources and their actions need."""
    needs: list[object] = [route.needs for route in plugin.routes]
    needs += [entry.needs for entry in plugin.adds.navigation]
    for resource in plugin.adds.resources:
        needs += [resource.needs, *(action.needs for action in resource.actions)]
    return needs


def test_each_route_needs_a_permission_or_says_why_not(plugin):
    for route in plugin.routes:
        assert isinstance(route.needs, Permission | SignedIn | Public), route.path
        assert isinstance(route.needs, Permission) or route.needs.reason


def test_each_permission_that_is_needed_is_declared(plugin):
    used = {needs for needs in _needed(plugin) if isinstance(needs, Permission)}

    assert used <= set(plugin.adds.permissions)


def test_each_permission_that_is_declared_is_needed_somewhere(plugin):
    used = {needs for needs in _needed(plugin) if isinstance(needs, Permission)}

    assert {p.name for p in plugin.adds.permissions} == {p.name for p in used}


def test_a_handler_is_a_coroutine_whose_first_argument_is_the_context(plugin):
    for route in plugin.routes:
        assert inspect.iscoroutinefunction(route.handler), route.path
        assert next(iter(inspect.signature(route.handler).parameters)) == "ctx"


def test_what_creates_says_201_and_what_removes_says_204(plugin):
    for route in plugin.routes:
        if route.method == "DELETE":
            assert route.status in {200, 204}, route.path
        if route.method == "POST" and route.path in {"", "/"}:
            assert route.status == 201, route.path


def _models(annotation: object, seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return every model that *annotation* holds, at any depth."""
    for part in typing.get_args(annotation):
        _models(part, seen)
    if (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation not in seen
    ):
        seen.add(annotation)
        for field in annotation.model_fields.values():
            _models(field.annotation, seen)
    return seen


def _answers(route: Route) -> set[type[BaseModel]]:
    hints = typing.get_type_hints(route.handler)
    return _models(hints.get("return"), set())


def _holds_a_secret(annotation: object) -> bool:
    return annotation is Secret or any(map(_holds_a_secret, typing.get_args(annotation)))


def test_no_answer_holds_a_secret(plugin):
    leaks = [
        f"{route.method} {route.path}: {model.__name__}.{name}"
        for route in plugin.routes
        for model in _answers(route)
        for name, field in model.model_fields.items()
        if _holds_a_secret(field.annotation)
    ]

    assert leaks == []
