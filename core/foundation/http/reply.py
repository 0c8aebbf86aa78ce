"""What a handler may answer beyond a view: another status, headers, cookies, a redirect."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from foundation.auth.principal import Principal


@dataclass(frozen=True, slots=True)
class SetCookie:
    """A ``__Host-`` cookie: Secure, HttpOnly, Path=/, no Domain. ``max_age=0`` removes it."""

    name: str
    value: str
    max_age: int
    same_site: Literal["Lax", "Strict"] = "Lax"

    def header(self) -> str:
        """Return the value of the ``Set-Cookie`` header (RFC 6265)."""
        return (
            f"{self.name}={self.value}; Max-Age={self.max_age}; Path=/; "
            f"Secure; HttpOnly; SameSite={self.same_site}"
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with more than a body; *status* None means the route's own."""

    body: BaseModel | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[SetCookie, ...] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that goes on: events as they come (``text/event-stream``).

    *frames* is called once the handler and its session are done, with a way to ask who this is
    now, which does not count as use, and the ``Last-Event-ID`` that was sent.
    """

    frames: Callable[[Callable[[], Awaitable[Principal]], str], AsyncIterator[bytes]]


def see_other(url: str, *, cookies: tuple[SetCookie, ...] = ()) -> Reply:
    """Return a 303: the browser goes to *url* with GET."""
    headers = {"Location": url, "Cache-Control": "no-store"}
    return Reply(status=303, headers=headers, cookies=cookies)
