"""Every route says whom it is for; what is declared is used, and what is used is declared."""

import inspect
import typing

from pydantic import BaseModel

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.router import Route
from foundation.secret import Secret
from foundation.testing.conformance.subject import Subject


def test_each_route_needs_a_permission_or_says_why_not(subject: Subject) -> None:
    for route in subject.routes:
        assert isinstance(route.needs, Permission | SignedIn | Public), route.path
        assert isinstance(route.needs, Permission) or route.needs.reason


def test_each_permission_that_is_needed_is_declared(subject: Subject) -> None:
    assert subject.used() <= set(subject.adds.permissions)


def test_each_permission_that_is_declared_is_needed_somewhere(subject: Subject) -> None:
    # A plugin that offers ports may ask for a permission there, where nobody can see it.
    if subject.adds.services.offers:
        return
    assert {p.name for p in subject.adds.permissions} == {p.name for p in subject.used()}


def test_a_handler_is_a_coroutine_whose_first_argument_is_the_context(subject: Subject) -> None:
    for route in subject.routes:
        assert inspect.iscoroutinefunction(route.handler), route.path
        assert next(iter(inspect.signature(route.handler).parameters)) == "ctx"


def test_what_creates_says_201_and_what_removes_says_204(subject: Subject) -> None:
    for route in subject.routes:
        if route.method == "DELETE":
            assert route.status in {200, 204}, route.path
        if route.method == "POST" and route.path in {"", "/"}:
            assert route.status == 201, route.path


def test_no_answer_holds_a_secret(subject: Subject) -> None:
    leaks = [
        f"{route.method} {route.path}: {model.__name__}.{name}"
        for route in subject.routes
        for model in _answers(route)
        for name, field in model.model_fields.items()
        if _holds_a_secret(field.annotation)
    ]

    assert leaks == []


def _answers(route: Route) -> set[type[BaseModel]]:
    hints = typing.get_type_hints(route.handler)
    return _models(hints.get("return"), set())


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


def _holds_a_secret(annotation: object) -> bool:
    return annotation is Secret or any(map(_holds_a_secret, typing.get_args(annotation)))
