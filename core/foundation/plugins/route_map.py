"""A plugin's routes by method and path, and the types that go in and out of each."""

import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from foundation.http.models import Page, Query
from foundation.http.router import Route, Router


@dataclass(frozen=True, slots=True)
class RouteMap:
    """Finds a route by method and path below ``/api``, whatever its parameters are called."""

    routes: Mapping[tuple[str, str], Route]

    @classmethod
    def of(cls, routers: Iterable[Router]) -> "RouteMap":
        """Index the routes of *routers*."""
        return cls(
            {
                (route.method, shape(f"/{router.prefix}{route.path}")): route
                for router in routers
                for route in router.routes
            }
        )

    def find(self, method: str, path: str) -> Route | None:
        """Return the route, or None; ``/orders/`` and ``/orders`` are one path."""
        return self.routes.get((method, shape(path)))


def shape(path: str) -> str:
    """Return a path with its parameters' names left out and no slash at its end."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/")


def answer_of(route: Route) -> Any:  # a type of any kind
    """Return the type a handler says it returns."""
    return typing.get_type_hints(route.handler).get("return")


def item_view(route: Route) -> type[BaseModel] | None:
    """Return V of a handler that returns ``Page[V]``, else None."""
    answer = answer_of(route)
    if not isinstance(answer, type) or not issubclass(answer, Page):
        return None
    arguments = answer.__pydantic_generic_metadata__["args"]
    if arguments and isinstance(arguments[0], type) and issubclass(arguments[0], BaseModel):
        return arguments[0]
    return None


def query_model(route: Route) -> type[Query] | None:
    """Return the model of what a handler takes in its query string, if it takes anything."""
    for hint in typing.get_type_hints(route.handler).values():
        if isinstance(hint, type) and issubclass(hint, Query):
            return hint
    return None


def takes(route: Route, model: type[BaseModel]) -> bool:
    """Tell whether a handler has a parameter of the type *model*."""
    hints = typing.get_type_hints(route.handler)
    return any(hint is model for name, hint in hints.items() if name != "return")
