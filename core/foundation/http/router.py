"""Routes as data: what a path does, what it needs, and the types of what goes in and out.

A router meets no web framework; `foundation.http.mount` does. Nothing is checked here beyond
what a decorator can see: the loader refuses a router with all its faults at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NewType, TypeVar

from foundation.auth.limits import Rate
from foundation.auth.permissions import Needs

IfMatch = NewType("IfMatch", int)
"""The version a caller looked at, from ``If-Match``; a handler that names it requires it."""

Handler = Callable[..., Awaitable[Any]]  # the real types are read from its annotations
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path.

    *status* is that of success; *writes* None means every method but GET; *max_body* is in
    bytes; *sensitive* wants a sign-in of the last five minutes; *retry_safe* says the handler
    has no effect outside its transaction, so a serialisation failure may run it again.
    *form* admits ``application/x-www-form-urlencoded`` instead of JSON. *cross_site* admits what
    other sites send, and leaves the query to the handler, which reads it from ``ctx.caller``.
    *limits* are how often it may be asked. *told_once* says that its answer holds a secret, so a
    repetition with the same ``Idempotency-Key`` cannot get it again. *streams* says that its
    handler returns a `Stream`, which goes on without a transaction, a place at the gate or a limit
    of time.
    """

    method: str
    path: str
    handler: Handler
    needs: Needs
    status: int = 200
    writes: bool | None = None
    max_body: int = 1_048_576
    sensitive: bool = False
    retry_safe: bool = True
    form: bool = False
    cross_site: bool = False
    limits: tuple[Rate, ...] = ()
    told_once: bool = False
    streams: bool = False

    @property
    def in_transaction(self) -> bool:
        """Whether the handler runs in a transaction; otherwise it reads in autocommit."""
        return self.method != "GET" if self.writes is None else self.writes


@dataclass(slots=True)
class Router:
    """The routes of one prefix, filled by its decorators at import and frozen at start."""

    prefix: str
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a reading route; see `Route` for the options."""
        return self._add("GET", path, needs, options)

    def stream(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a route whose handler opens a `Stream`; only core has one."""
        return self._add("GET", path, needs, {"streams": True, **options})

    def post(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a route that creates or acts; ``status=201`` for creation."""
        return self._add("POST", path, needs, options)

    def put(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a route that replaces."""
        return self._add("PUT", path, needs, options)

    def patch(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a route that changes some fields."""
        return self._add("PATCH", path, needs, options)

    def delete(self, path: str, *, needs: Needs, **options: Any) -> Callable[[H], H]:
        """Register a route that removes; it answers 204 unless told otherwise."""
        return self._add("DELETE", path, needs, {"status": 204, **options})

    def _add(
        self,
        method: str,
        path: str,
        needs: Needs,
        options: dict[str, Any],  # the fields of Route, which refuses unknown ones
    ) -> Callable[[H], H]:
        def register(handler: H) -> H:
            self.routes.append(Route(method, path, handler, needs, **options))
            return handler

        return register
