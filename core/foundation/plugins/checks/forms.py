"""Checks of forms: each has its route, is within what the shell draws, and names fields it has."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from foundation.http.models import Request
from foundation.plugins.forms import OutsideSubset, form_schema
from foundation.plugins.resource import Form, Resource, form_of
from foundation.plugins.route_map import RouteMap, takes

WIDGETS = frozenset({"textarea", "code", "radio", "switch", "ref", "secret"})


def form_problems(resource: Resource, routes: RouteMap) -> list[str]:
    """Return what is wrong with the forms that make and change a row."""
    item = f"{resource.path}/{{{resource.key}}}"
    problems = []
    for what, method, path, declared in (
        ("create", "POST", resource.path, resource.create),
        ("edit", "PATCH", item, resource.edit),
    ):
        if declared is not None:
            problems += one_form_problems(what, declared, method=method, path=path, routes=routes)
    return problems


def one_form_problems(
    what: str, declared: type[Request] | Form, *, method: str, path: str, routes: RouteMap
) -> list[str]:
    """Return what is wrong with one form, which is sent by *method* to *path*."""
    form = form_of(declared)
    route = routes.find(method, path)
    problems = []
    if route is None:
        problems.append(f"{what} wants a route {method} {path}")
    elif not takes(route, form.model):
        problems.append(f"{method} {path} does not take {form.model.__name__}")
    try:
        schema = form_schema(form.model)
    except OutsideSubset as outside:
        return [*problems, f"{what} form: {outside}"]
    told = [*_group_problems(form, schema), *_widget_problems(schema)]
    return [*problems, *(f"{what} form: {problem}" for problem in told)]


def _group_problems(form: Form, schema: Mapping[str, Any]) -> Iterator[str]:
    """Each field is in one group at most; a field in none is shown before them."""
    placed: set[str] = set()
    for group in form.groups:
        for name in group.fields:
            if name not in schema["properties"]:
                yield f"group {group.title!r} names {name!r}, which is no field"
            if name in placed:
                yield f"{name!r} is in two groups"
            placed.add(name)


def _widget_problems(schema: Mapping[str, Any], at: str = "") -> Iterator[str]:
    fields: Mapping[str, Any] = schema["properties"]
    for name, field in fields.items():
        where = f"{at}{name}"
        if field.get("properties"):
            yield from _widget_problems(field, f"{where}.")
        looks = field.get("x-ui", {})
        widget = looks.get("widget")
        if widget is not None and widget not in WIDGETS:
            yield f"{where} has an unknown widget {widget!r}"
        if widget == "ref" and not str(looks.get("ref", "")).startswith("/api/"):
            yield f"{where} wants x-ui.ref, the list it chooses from: /api/..."
        if widget == "radio" and not field.keys() & {"enum", "oneOf"}:
            yield f"{where} is a radio without choices"
        if widget == "switch" and field.get("type") != "boolean":
            yield f"{where} is a switch that is not boolean"
        yield from _condition_problems(where, looks.get("showIf", {}), fields)


def _condition_problems(where: str, condition: object, fields: Iterable[str]) -> Iterator[str]:
    if not isinstance(condition, Mapping):
        yield f"{where} has a showIf that is no object of field and value"
        return
    for other in condition:
        if other not in fields:
            yield f"{where} is shown if {other!r}, which is no field beside it"
