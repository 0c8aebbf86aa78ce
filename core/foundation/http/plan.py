"""Plans: what each route takes and gives, read once from its handler's annotations at start."""

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter

from foundation.http.context import Context
from foundation.http.models import Query, Request, Versioned
from foundation.http.reply import Reply, Stream
from foundation.http.router import IfMatch, Route, Router

BASE = "/api"
_PART = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PATH = re.compile(r"^(?:/|(?:/(?:[a-z0-9._~-]+|\{[a-z][a-z0-9_]*\}))+)$")


class RouteRefused(Exception):
    """A route that cannot be mounted: its method, its path, and why."""

    def __init__(self, route: Route, url: str, reason: str) -> None:
        self.method, self.url, self.reason = route.method, url, reason
        super().__init__(f"{route.method} {url}: {reason}")


class NoQuery(Query):
    """The query of a route that takes none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One route, ready to be served.

    *view* is what its body is declared to be and *give* its serialiser, None for a route that
    answers nothing or only a bare `Reply`; *keyed* routes accept ``Idempotency-Key``.
    """

    route: Route
    plugin: str
    url: str
    path: Mapping[str, TypeAdapter[Any]]  # each adapter is of its parameter's own type
    body: type[Request] | None
    query: type[Query] | None
    wants_version: bool
    view: Any  # a type expression
    give: TypeAdapter[Any] | None  # of the view

    @property
    def keyed(self) -> bool:
        """Whether a repetition with the same ``Idempotency-Key`` gets the first answer again."""
        creates = self.route.method == "POST" and self.route.status == 201
        return creates and not self.route.told_once

    @property
    def is_versioned(self) -> bool:
        """Whether the view has a version, which is the answer's ETag."""
        return inspect.isclass(self.view) and issubclass(self.view, Versioned)

    @property
    def name(self) -> str:
        """A name for this route that is unique in the product."""
        return f"{self.plugin}.{self.route.method.lower()}:{self.url}"


def plans(routers: Iterable[tuple[str, Router]]) -> tuple[Plan, ...]:
    """Return a plan for each route of *routers*, each with the id of its plugin.

    Raises `RouteRefused` for a handler that does not say its types, and for two routes on one
    method and path, whatever the parts of the path are called.
    """
    made: dict[tuple[str, str], Plan] = {}
    for plugin, router in routers:
        for route in router.routes:
            plan = compile_route(route, plugin=plugin, prefix=router.prefix)
            place = (route.method, _PART.sub("{}", plan.url))
            if place in made:
                raise RouteRefused(route, plan.url, f"{made[place].plugin} already has it")
            made[place] = plan
    return tuple(made.values())


def compile_route(route: Route, *, plugin: str, prefix: str) -> Plan:
    """Return the plan of *route*; raises `RouteRefused` with the first thing that is wrong."""
    url = "/".join(part for part in (BASE, prefix) if part) + route.path.rstrip("/")
    if not _PATH.match(route.path):
        raise RouteRefused(route, url, "a path is lower case, without trailing slash")
    if not inspect.iscoroutinefunction(route.handler):
        raise RouteRefused(route, url, "the handler is not async")
    hints = _hints(route, url)
    given = hints.pop("return")
    if hints.pop("ctx", None) is not Context:
        raise RouteRefused(route, url, "the handler does not take ctx: Context")
    body = _model(route, url, hints, "body", Request)
    query = _model(route, url, hints, "query", Query)
    wants_version = hints.pop("expected", None)
    if wants_version not in {None, IfMatch}:
        raise RouteRefused(route, url, "expected must be IfMatch")
    parts = _PART.findall(route.path)
    if sorted(parts) != sorted(hints):
        raise RouteRefused(route, url, f"the path has {parts}, the handler takes {sorted(hints)}")
    if route.streams != (given is Stream):
        raise RouteRefused(route, url, "a stream is what a stream route returns, and it alone")
    view = None if route.streams else _view(route, url, given)
    return Plan(
        route=route,
        plugin=plugin,
        url=url,
        path={name: TypeAdapter(hints[name]) for name in parts},
        body=body,
        query=query,
        wants_version=wants_version is not None,
        view=view,
        give=None if view is None else TypeAdapter(view),
    )


def _hints(route: Route, url: str) -> dict[str, Any]:  # values are type expressions
    """Return the annotations of the handler, each parameter and the result having one."""
    try:
        hints = get_type_hints(route.handler, include_extras=True)
    except NameError as unknown:
        raise RouteRefused(route, url, f"an annotation cannot be read: {unknown}") from None
    missing = [name for name in inspect.signature(route.handler).parameters if name not in hints]
    if missing:
        raise RouteRefused(route, url, f"no type for {', '.join(missing)}")
    if "return" not in hints:
        raise RouteRefused(route, url, "no type for what it returns")
    if Any in hints.values():
        raise RouteRefused(route, url, "Any says nothing about what goes in or out")
    return hints


def _model(
    route: Route,
    url: str,
    hints: dict[str, Any],  # values are type expressions
    name: str,
    base: type[BaseModel],
) -> Any:  # the model, a subclass of *base*
    model = hints.pop(name, None)
    if model is None or (inspect.isclass(model) and issubclass(model, base)):
        return model
    raise RouteRefused(route, url, f"{name} must be a {base.__name__}")


def _view(route: Route, url: str, given: Any) -> Any:  # type expressions
    """Return what the body is declared to be; ``Annotated[Reply, View]`` declares a reply's."""
    if get_origin(given) is Annotated and get_args(given)[0] is Reply:
        given = get_args(given)[1]
    choices = get_args(given) if get_origin(given) in {Union, UnionType} else (given,)
    views = [choice for choice in choices if choice not in {Reply, NoneType, None}]
    for view in views:
        if not (inspect.isclass(view) and issubclass(view, BaseModel)):
            raise RouteRefused(route, url, f"it returns {view!r}, which is no View")
    if len(views) > 1:
        raise RouteRefused(route, url, "it returns more than one kind of View")
    return views[0] if views else None
