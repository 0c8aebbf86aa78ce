"""Checks of the hook ``resources``: what a page promises, the plugin's own routes must keep."""

from collections.abc import Collection, Iterable, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError

from foundation.plugins.checks.actions import action_problems
from foundation.plugins.checks.forms import form_problems
from foundation.plugins.checks.routes import path_parameters
from foundation.plugins.resource import Column, Filter, FilterType, Resource, Tab, detail_groups
from foundation.plugins.route_map import RouteMap, answer_of, item_view, query_model

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
        problems += [
            f"resource {resource.name!r}: {problem}" for problem in _size_problems(resource, routes)
        ]
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
            *form_problems(resource, routes),
            *action_problems(resource, routes, permissions, view=_detail_view(resource, routes)),
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
    model = query_model(route)
    accepted = frozenset(model.model_fields) if model else frozenset[str]()
    detail = _detail_view(resource, routes) or view
    return [
        *_name_problems(resource, view),
        *_column_problems(resource.columns, view),
        *_detail_problems(resource, detail),
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


def _detail_problems(resource: Resource, view: type[BaseModel]) -> list[str]:
    groups = detail_groups(resource)
    titles = [group.title for group in groups]
    problems = [
        f"detail has two groups {title!r}"
        for title in sorted({title for title in titles if titles.count(title) > 1})
    ]
    for group in groups:
        problems += _column_problems(group.fields, view)
    return problems


def _filter_problems(filters: Iterable[Filter], accepted: Collection[str]) -> list[str]:
    problems = []
    for one in filters:
        wanted = [one.field]
        if one.type == "datetime-range":
            wanted = [f"{one.field}_from", f"{one.field}_to"]
        problems += [
            f"filter {name!r} is no parameter of the list's route"
            for name in wanted
            if name not in accepted
        ]
        problems += _kind_problems(one)
    return problems


def _kind_problems(one: Filter) -> list[str]:
    kind: str = one.type  # a plugin may have silenced its type checker
    if kind not in get_args(FilterType):
        return [f"filter {one.field!r} is of an unknown type {kind!r}"]
    if kind == "enum" and not one.options:
        return [f"filter {one.field!r} is an enum without options"]
    if kind == "ref" and not one.ref.startswith("/api/"):
        return [f"filter {one.field!r} wants ref=, the list it chooses from: /api/..."]
    return []


def _size_problems(resource: Resource, routes: RouteMap) -> list[str]:
    """The shell asks the list of a page for *page_size* rows; that of a tab names no number."""
    route = routes.find("GET", resource.path)
    if route is None:
        return []
    model = query_model(route)
    if model is None or "limit" not in model.model_fields:
        return [f"GET {resource.path} takes no 'limit'; its query is a PageQuery"]
    try:
        model.model_validate({"limit": resource.page_size})
    except ValidationError as wrong:
        if any(error["loc"] == ("limit",) for error in wrong.errors()):
            return [f"page_size {resource.page_size} is no 'limit' of GET {resource.path}"]
    return []


def _search_and_sort_problems(resource: Resource, accepted: Collection[str]) -> list[str]:
    problems = []
    if resource.search and "q" not in accepted:
        problems.append("search wants a parameter 'q' of the list's route")
    sortable = [column.field for column in resource.columns if column.sortable]
    if sortable and "sort" not in accepted:
        problems.append(f"sorting by {sortable[0]!r} wants a parameter 'sort' of the list's route")
    return problems
