"""One request as it came and one answer as it will leave, free of any web framework."""

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    MutableMapping,
)
from dataclasses import dataclass, field
from typing import Any

from foundation.errors import BadRequest

JSON = "application/json; charset=utf-8"
EVENTS = "text/event-stream"

# ASGI 3.0: what an application is called with; the values are those of its specification.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Headers:
    """The headers of a request: names in lower case, every value kept.

    A header that is given twice says two things at once; `one` refuses it, because which of the
    two counts is exactly what a proxy and a server tend to disagree about.
    """

    __slots__ = ("_values",)

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        values: dict[str, list[str]] = {}
        for name, value in raw:
            values.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        self._values = values

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of the header *name*, in the order they came."""
        return tuple(self._values.get(name, ()))

    def one(self, name: str) -> str | None:
        """Return the value of the header *name*, or None; raises `BadRequest` if it came twice."""
        values = self._values.get(name)
        if values is None:
            return None
        if len(values) > 1:
            raise BadRequest(f"the header {name} was sent more than once")
        return values[0].strip()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request before anything in it is believed.

    *path* holds the parts of the path that the route names, still text; *body* reads at most as
    many bytes as it is told and raises `TooLarge` beyond.
    """

    method: str
    headers: Headers
    query: bytes
    path: Mapping[str, str]
    body: Callable[[int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers and bytes; what a route answers and what a problem becomes."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = field(default=())
    frames: AsyncIterator[bytes] | None = None
    """What comes in place of *body*, piece by piece, for as long as it goes on."""

    def header(self, name: str) -> str | None:
        """Return the first value of the header *name*, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def plus(self, *headers: tuple[str, str]) -> "Answer":
        """Return this answer with *headers* added behind its own."""
        return Answer(self.status, self.body, self.headers + headers, self.frames)
