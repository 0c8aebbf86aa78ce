"""A `Resource` as the JSON that the shell draws, with only what the person may do.

The shape is ``ResourceSpec`` of web.md, section 2.
"""

from typing import Any

from foundation.auth.principal import Principal
from foundation.plugins.forms import form_schema
from foundation.plugins.resource import (
    Action,
    Column,
    Empty,
    Filter,
    Form,
    FormGroup,
    Resource,
    detail_groups,
    form_of,
)
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
    if resource.live:
        spec["live"] = resource.live
    if resource.filters:
        spec["filters"] = [_filter(one) for one in resource.filters]
    if resource.detail or resource.tabs:
        spec["detail"] = {"groups": _groups(resource)}
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
        spec["empty"] = _empty(resource.empty)
    return spec | _doings(resource, routes, principal)


def _groups(resource: Resource) -> list[Json]:
    """Return the groups of a detail; without a detail, what the list shows."""
    groups = [(group.title, group.fields) for group in detail_groups(resource)]
    return [
        {"title": title, "fields": [_column(column) for column in columns]}
        for title, columns in groups or [("", resource.columns)]
    ]


def _empty(empty: str | Empty) -> Json:
    said = empty if isinstance(empty, Empty) else Empty(empty)
    shown = {"title": said.title.rstrip("."), "body": said.body}
    return shown | ({"docs": said.docs} if said.docs else {})


def _doings(resource: Resource, routes: RouteMap, principal: Principal) -> Json:
    """Return the forms and actions this person may use; the server decides again on each call."""
    doings: Json = {}
    item = f"{resource.path}/{{}}"
    if resource.create and _may(principal, routes, "POST", resource.path):
        doings["create"] = _form(form_of(resource.create), submit=resource.submit)
    if resource.edit and _may(principal, routes, "PATCH", item):
        doings["edit"] = _form(form_of(resource.edit))
    actions = [_action(action) for action in resource.actions if principal.may(action.needs)]
    if actions:
        doings["actions"] = actions
    return doings


def _form(form: Form, submit: str = "") -> Json:
    spec: Json = {"schema": form_schema(form.model)}
    if form.groups:
        spec["groups"] = [_form_group(group) for group in form.groups]
    if form.submit or submit:
        spec["submit"] = form.submit or submit
    return spec


def _form_group(group: FormGroup) -> Json:
    spec: Json = {"title": group.title, "fields": list(group.fields)}
    return spec | ({"advanced": True} if group.advanced else {})


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
    if one.ref:
        spec["ref"] = one.ref
    return spec


def _action(action: Action) -> Json:
    spec: Json = {
        "id": action.id,
        "title": action.title,
        "scope": action.about,
        "method": action.method,
        "path": action.path,
        "permission": action.needs.name,
        "danger": action.danger,
    }
    if action.type_to_confirm:
        field = action.type_to_confirm
        spec["confirm"] = {"level": "type", "typeField": field, "body": action.confirm}
    elif action.confirm:
        spec["confirm"] = {"level": "ask", "body": action.confirm}
    if action.form:
        spec["form"] = _form(form_of(action.form))
    if action.undo_path:
        spec["undoPath"] = action.undo_path
    if action.when:
        spec["when"] = action.when
    return spec
