"""A `Resource` as the JSON that the shell draws, with only what the person may do.

The shape is ``ResourceSpec`` of web.md, section 2.
"""

from typing import Any

from foundation.auth.principal import Principal
from foundation.plugins.contributions import Action, Column, Filter, Resource
from foundation.plugins.forms import form_schema
from foundation.plugins.route_map import RouteMap

Json = dict[str, Any]  # plain values of any kind, as the browser reads them


def resource_spec(resource: Resource, *, api: str, routes: RouteMap, principal: Principal) -> Json:
    """Return *resource* for *principal*; paths are below *api*, the section's base address."""
    path = f"/api{resource.path}".removeprefix(api)
    spec: Json = {
        "name": resource.name,
        "plural": resource.plural,
        "path": path,
        "key": resource.key,
        "titleField": resource.title_field,
        "columns": [_column(column) for column in resource.columns],
        "search": resource.search,
        "pageSize": resource.page_size,
    }
    if resource.sort:
        spec["defaultSort"] = resource.sort
    if resource.filters:
        spec["filters"] = [_filter(one) for one in resource.filters]
    if resource.detail or resource.tabs:
        fields = [_column(column) for column in resource.detail or resource.columns]
        spec["detail"] = {"groups": [{"title": "", "fields": fields}]}
    if tabs := [tab for tab in resource.tabs if principal.may(tab.resource.needs)]:
        spec["detail"]["tabs"] = [
            {
                "title": tab.title,
                "resource": resource_spec(
                    tab.resource, api=api, routes=routes, principal=principal
                ),
            }
            for tab in tabs
        ]
    if resource.empty:
        spec["empty"] = {"title": resource.empty.rstrip("."), "body": ""}
    return spec | _doings(resource, routes, principal)


def _doings(resource: Resource, routes: RouteMap, principal: Principal) -> Json:
    """Return the forms and actions this person may use; the server decides again on each call."""
    doings: Json = {}
    item = f"{resource.path}/{{}}"
    if resource.create and _may(principal, routes, "POST", resource.path):
        doings["create"] = {"schema": form_schema(resource.create)}
        if resource.submit:
            doings["create"]["submit"] = resource.submit
    if resource.edit and _may(principal, routes, "PATCH", item):
        doings["edit"] = {"schema": form_schema(resource.edit)}
    actions = [_action(action) for action in resource.actions if principal.may(action.needs)]
    if actions:
        doings["actions"] = actions
    return doings


def _may(principal: Principal, routes: RouteMap, method: str, path: str) -> bool:
    route = routes.find(method, path)
    return route is not None and principal.may(route.needs)


def _column(column: Column) -> Json:
    spec: Json = {"field": column.field, "label": column.label or label_of(column.field)}
    if column.badge:
        spec["format"] = {"badge": column.badge}
    elif column.format != "text":
        spec["format"] = column.format
    for name, value in (
        ("sortable", column.sortable),
        ("copy", column.copy),
        ("width", column.width),
        ("hideBelow", column.hide_below),
        ("link", column.link),
    ):
        if value:
            spec[name] = value
    return spec


def label_of(field: str) -> str:
    """Return a field's name as people read it: ``created_at`` becomes ``Created at``."""
    return field.replace("_", " ").capitalize()


def _filter(one: Filter) -> Json:
    spec: Json = {"field": one.field, "label": one.label or label_of(one.field), "type": one.type}
    if one.options:
        spec["options"] = [{"value": value, "label": label} for value, label in one.options]
    return spec


def _action(action: Action) -> Json:
    spec: Json = {
        "id": action.id,
        "title": action.title,
        "scope": "item" if "{" in action.path else "page",
        "method": action.method,
        "path": action.path,
        "permission": action.needs.name,
        "danger": action.danger,
    }
    if action.confirm:
        spec["confirm"] = {"level": "ask", "body": action.confirm}
    if action.when:
        spec["when"] = action.when
    return spec
