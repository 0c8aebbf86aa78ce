"""Checks of the hook ``resources``: what a page promises, the plugin's own routes must keep."""

from collections.abc import Collection, Iterable, Sequence

from pydantic import BaseModel

from foundation.auth.permissions import Permission
from foundation.plugins.checks.routes import path_parameters
from foundation.plugins.contributions import Action, Column, Filter, Resource, Tab
from foundation.plugins.forms import OutsideSubset, form_schema
from foundation.plugins.route_map import RouteMap, answer_of, item_view, query_fields, takes

FORMATS = frozenset(
    {
        *("text", "code", "datetime", "duration", "bytes", "number", "percent", "money"),
        *("boolean", "user", "json", "badge"),
    }
)
TONES = frozenset({"neutral", "good", "warn", "bad", "info"})
WIDTHS = frozenset({"", "xs", "s", "m", "l", "fill"})
BREAKPOINTS = frozenset({"", "sm", "md", "lg"})


def resource_problems(
    resources: Sequence[Resource], *, routes: RouteMap, permissions: Collection[str]
) -> list[str]:
    """Return what is wrong with a plugin's resources, naming the resource and the field."""
    names = [resource.name for resource in resources]
    problems = [
        f"resource {name!r} is declared twice"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for resource in resources:
        problems += _told(resource, routes, permissions)
        for tab in resource.tabs:
            problems += _told(tab.resource, routes, permissions)
            problems += [
                f"resource {resource.name!r}: tab {tab.title!r}: {problem}"
                for problem in _tab_problems(resource, tab, routes)
            ]
    return problems


def _told(resource: Resource, routes: RouteMap, permissions: Collection[str]) -> list[str]:
    return [
        f"resource {resource.name!r}: {problem}"
        for problem in (
            *_list_problems(resource, routes),
            *_form_problems(resource, routes),
            *_action_problems(resource, routes, permissions),
        )
    ]


def _tab_problems(resource: Resource, tab: Tab, routes: RouteMap) -> list[str]:
    """Every part in braces of a tab's path is a field of the parent's row."""
    if tab.resource.tabs:
        return ["a tab has no tabs of its own"]
    view = _detail_view(resource, routes)
    return [
        f"{field!r} in its path is no field of {view.__name__}"
        for field in path_parameters(tab.resource.path)
        if view is not None and field not in view.model_fields
    ]


def _list_problems(resource: Resource, routes: RouteMap) -> list[str]:
    route = routes.find("GET", resource.path)
    if route is None:
        return [f"there is no route GET {resource.path}"]
    view = item_view(route)
    if view is None:
        return [f"GET {resource.path} does not return Page[...] of a view"]
    accepted = query_fields(route)
    detail = _detail_view(resource, routes) or view
    return [
        *_name_problems(resource, view),
        *_column_problems(resource.columns, view),
        *_column_problems(resource.detail, detail),
        *_filter_problems(resource.filters, accepted),
        *_search_and_sort_problems(resource, accepted),
    ]


def _detail_view(resource: Resource, routes: RouteMap) -> type[BaseModel] | None:
    """Return what the route of one row answers, else what the list holds."""
    one = routes.find("GET", f"{resource.path}/{{{resource.key}}}")
    answer = answer_of(one) if one else None
    if isinstance(answer, type) and issubclass(answer, BaseModel):
        return answer
    many = routes.find("GET", resource.path)
    return item_view(many) if many else None


def _name_problems(resource: Resource, view: type[BaseModel]) -> list[str]:
    problems = [
        f"{what} {name!r} is no field of {view.__name__}"
        for what, name in (("key", resource.key), ("title_field", resource.title_field))
        if name not in view.model_fields
    ]
    if not resource.columns:
        problems.append("has no columns")
    return problems


def _column_problems(columns: Iterable[Column], view: type[BaseModel]) -> list[str]:
    problems = []
    for column in columns:
        if column.field not in view.model_fields:
            problems.append(f"column {column.field!r} is no field of {view.__name__}")
        problems += _look_problems(column)
    return problems


def _look_problems(column: Column) -> list[str]:
    problems = []
    if column.format not in FORMATS:
        problems.append(f"column {column.field!r} has an unknown format {column.format!r}")
    if column.width not in WIDTHS:
        problems.append(f"column {column.field!r} has an unknown width {column.width!r}")
    if column.hide_below not in BREAKPOINTS:
        problems.append(f"column {column.field!r} hides below an unknown {column.hide_below!r}")
    problems += [
        f"column {column.field!r} has an unknown tone {tone!r}"
        for tone in sorted(set(column.badge.values()) - TONES)
    ]
    return problems


def _filter_problems(filters: Iterable[Filter], accepted: Collection[str]) -> list[str]:
    problems = []
    for one in filters:
        if one.field not in accepted:
            problems.append(f"filter {one.field!r} is no parameter of the list's route")
        if one.type == "enum" and not one.options:
            problems.append(f"filter {one.field!r} is an enum without options")
    return problems


def _search_and_sort_problems(resource: Resource, accepted: Collection[str]) -> list[str]:
    problems = []
    if resource.search and "q" not in accepted:
        problems.append("search wants a parameter 'q' of the list's route")
    sortable = [column.field for column in resource.columns if column.sortable]
    if sortable and "sort" not in accepted:
        problems.append(f"sorting by {sortable[0]!r} wants a parameter 'sort' of the list's route")
    return problems


def _form_problems(resource: Resource, routes: RouteMap) -> list[str]:
    problems = []
    item = f"{resource.path}/{{{resource.key}}}"
    for what, method, path, model in (
        ("create", "POST", resource.path, resource.create),
        ("edit", "PATCH", item, resource.edit),
    ):
        if model is None:
            continue
        route = routes.find(method, path)
        if route is None:
            problems.append(f"{what} wants a route {method} {path}")
        elif not takes(route, model):
            problems.append(f"{method} {path} does not take {model.__name__}")
        try:
            form_schema(model)
        except OutsideSubset as outside:
            problems.append(f"{what} form: {outside}")
    return problems


def _action_problems(
    resource: Resource, routes: RouteMap, permissions: Collection[str]
) -> list[str]:
    problems = []
    seen: set[str] = set()
    for action in resource.actions:
        if action.id in seen:
            problems.append(f"action {action.id!r} is given twice")
        seen.add(action.id)
        path = action_path(resource, action)
        if routes.find(action.method, path) is None:
            problems.append(f"action {action.id!r} wants a route {action.method} {path}")
        needs: object = action.needs  # a plugin may have silenced its type checker
        if not isinstance(needs, Permission) or needs.name not in permissions:
            problems.append(f"action {action.id!r} needs a permission that is not declared")
    return problems


def action_path(resource: Resource, action: Action) -> str:
    """Return the path of an action below ``/api``; the action names it below the resource."""
    return f"{resource.path}/{action.path.lstrip('/')}".rstrip("/")
