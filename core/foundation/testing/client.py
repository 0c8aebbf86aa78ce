"""A client for tests: speaks ASGI to an application in the same process, as a browser would.

It sends what a browser sends by itself (cookies, ``Origin``), so the edge's rules are met and
not switched off. It knows no disconnect and no real socket: tests of those use a worker.
"""

import asyncio
import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

from foundation import ids
from foundation.http.exchange import Application, Message, Receive, Scope, Send
from foundation.telemetry.line import bound

ABSENT = object()


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: *headers* by name in lower case, *cookies* as they were set."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def json(self) -> Any:  # whatever the server sent
        """The body read as JSON."""
        return jsonlib.loads(self.body)

    @property
    def text(self) -> str:
        """The body read as UTF-8."""
        return self.body.decode("utf-8")

    @property
    def code(self) -> str | None:
        """The code of the problem document, or None for any other answer."""
        if "problem+json" not in self.headers.get("content-type", ""):
            return None
        return str(self.json["code"])

    @property
    def pointers(self) -> set[str]:
        """The pointers of the bad fields that a problem names."""
        return {bad["pointer"] for bad in self.json.get("errors", ())}


@dataclass(slots=True)
class Client:
    """Speaks to *app* as the browser of one person; *cookies* are kept between requests."""

    app: Application
    origin: str = "http://localhost:3000"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **options: Any) -> Received:
        """Send a GET; see `send` for the options."""
        return await self.send("GET", path, **options)

    async def post(self, path: str, json: object = ABSENT, **options: Any) -> Received:
        """Send a POST with *json* as its body, or without one; see `send` for the options."""
        return await self.send("POST", path, json=json, **options)

    async def put(self, path: str, json: object = ABSENT, **options: Any) -> Received:
        """Send a PUT; see `send` for the options."""
        return await self.send("PUT", path, json=json, **options)

    async def patch(self, path: str, json: object = ABSENT, **options: Any) -> Received:
        """Send a PATCH; see `send` for the options."""
        return await self.send("PATCH", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> Received:
        """Send a DELETE; see `send` for the options."""
        return await self.send("DELETE", path, **options)

    async def send(
        self,
        method: str,
        path: str,
        *,
        json: object = ABSENT,
        body: bytes = b"",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        if_match: int | None = None,
        idempotency_key: str | None = None,
    ) -> Received:
        """Send one request and return what came back.

        *path* may hold a query string already encoded. *if_match* is a version. A header of
        *headers* whose value is empty is left out, the ones a browser adds too.
        """
        if json is not ABSENT:
            body = jsonlib.dumps(json).encode()
        told = {"origin": self.origin, "host": urlsplit(self.origin).netloc} | self.headers
        if body:
            told["content-type"] = "application/json"
        if if_match is not None:
            told["if-match"] = f'"{if_match}"'
        if idempotency_key is not None:
            told["idempotency-key"] = idempotency_key
        if self.cookies:
            told["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told |= {name.lower(): value for name, value in (headers or {}).items()}
        told.setdefault("content-length", str(len(body)))
        scope = request_scope(
            method, path, query, {name: value for name, value in told.items() if value}
        )
        received = await _exchange(self.app, scope, body)
        self._keep(received.cookies)
        return received

    def copy(self) -> Self:
        """Return a client with the same cookies that goes its own way."""
        return type(self)(self.app, self.origin, dict(self.cookies), dict(self.headers))

    def _keep(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            pair, _, rest = line.partition(";")
            name, _, value = pair.partition("=")
            if "max-age=0" in rest.lower().replace(" ", "").split(";"):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


def lined(app: Application) -> Application:
    """Return *app* behind what the thin layer of a worker does for it: a line, with its ids."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        values: dict[str, Any] = {  # values of any loggable kind
            "request_id": str(ids.uuid7()),
            "client": scope["client"][0],
        }
        with bound(values, set()):
            await app(scope, receive, send)

    return serve


def request_scope(
    method: str, path: str, query: Mapping[str, str] | None, headers: Mapping[str, str]
) -> Scope:
    """Return the ASGI scope of a request, for a test that drives an application by hand."""
    where, _, given = path.partition("?")
    asked = "&".join(part for part in (given, urlencode(query or {})) if part)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": where,
        "raw_path": quote(where).encode("ascii"),
        "root_path": "",
        "query_string": asked.encode("ascii"),
        "headers": [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("localhost", 3000),
    }


async def _exchange(app: Application, scope: Scope, body: bytes) -> Received:
    """Run *app* on one request; the body comes in one piece, and the client never leaves."""
    sent: list[Message] = []
    asked = _Asked(body)

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, asked.receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    pairs = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
    return Received(
        status=start["status"],
        headers=dict(pairs),
        body=b"".join(message.get("body", b"") for message in sent),
        cookies=tuple(value for name, value in pairs if name == "set-cookie"),
    )


@dataclass(slots=True)
class _Asked:
    """The client's side of one exchange: the body once, and then nothing more."""

    body: bytes
    told: bool = False

    async def receive(self) -> Message:
        if self.told:
            await _for_ever()
        self.told = True
        return {"type": "http.request", "body": self.body, "more_body": False}


async def _for_ever() -> None:
    await asyncio.Event().wait()
