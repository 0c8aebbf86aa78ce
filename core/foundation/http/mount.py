"""The only place that meets Quart: plans become its rules, answers become its responses."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NoReturn, cast

from quart import Quart, Request, Response, request
from quart.routing import QuartRule
from quart.sessions import NullSession, SessionInterface
from quart.wrappers.base import BaseRequestWebsocket
from werkzeug.datastructures import Headers as Fields
from werkzeug.exceptions import HTTPException

from foundation import ids
from foundation.errors import FoundationError, TooLarge
from foundation.http.edge import Edge
from foundation.http.exchange import (
    Answer,
    Application,
    Headers,
    Incoming,
    Message,
    Receive,
    Scope,
    Send,
)
from foundation.http.plan import Plan
from foundation.http.problems import from_status, problem
from foundation.http.view import fault_answer, view
from foundation.telemetry.line import line

SECOND_NET = 2 * 1024 * 1024
"""The largest body Quart takes, in bytes; the layer before it counts more strictly."""


class NoSessions(SessionInterface):
    """Quart's sessions, left out: its own would look for a cookie in each request.

    Who somebody is says `foundation.auth`.
    """

    def __init__(self) -> None:
        self._none = NullSession()

    async def open_session(self, app: Quart, request: BaseRequestWebsocket) -> NullSession:  # noqa: ARG002  # as Quart's own
        """Return the one session that holds nothing and is never saved."""
        return self._none


class OnlyFound(QuartRule):
    """A rule that finds a route and builds no address: nobody asks for one, at a fifth of a start.

    Werkzeug compiles that code in ahead for each rule, and has no other way to do without it.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., NoReturn]:  # noqa: ARG002, FBT001, FBT002  # as Werkzeug's own
        def build(_rule: QuartRule, **_values: Any) -> NoReturn:  # as Werkzeug's own
            raise NotImplementedError("no address is built here")

        return build


Away = Callable[[str], FoundationError | None]
"""What to say of a path nobody serves: a plugin that did not start owns it, or None."""


def mount(plans: Iterable[Plan], edge: Edge, *, away: Away = lambda _: None) -> Application:
    """Return an ASGI application that serves *plans*; everything it answers, 404 too, is JSON.

    *away* is asked for each path below ``/api`` that no plan has.
    """
    app = Quart("foundation", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = SECOND_NET
    app.config["RESPONSE_TIMEOUT"] = None  # the server's write timeout holds; two cost time
    app.url_rule_class = OnlyFound
    app.session_interface = NoSessions()  # type: ignore[assignment]  # typed as its own default
    app.url_map.merge_slashes = False  # "/api//creds" is no other name of "/api/creds"
    for plan in plans:
        app.add_url_rule(
            plan.url.replace("{", "<").replace("}", ">"),
            endpoint=plan.name.replace(".", "/"),  # with a dot it would be of a blueprint
            view_func=_view_of(plan, edge),
            methods=[plan.route.method],
            provide_automatic_options=False,
            strict_slashes=True,
        )
    app.register_error_handler(HTTPException, _refused(away))
    app.register_error_handler(Exception, _failed)
    # Quart's own types of the three arguments are narrower.
    return Dressed(cast("Application", app), edge.headers)


class Dressed:
    """Adds *headers*, made once as bytes, to each answer of *app* that does not name them."""

    def __init__(self, app: Application, headers: Iterable[tuple[str, str]]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let *app* answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = {name for name, _ in message["headers"]}
                message["headers"] += [pair for pair in self._headers if pair[0] not in named]
            await send(message)

        await self._app(scope, receive, dressed)


def _view_of(plan: Plan, edge: Edge) -> Callable[..., Awaitable[Response]]:
    async def serve(**path: str) -> Response:
        incoming = Incoming(
            method=request.method,
            headers=Headers(request.scope["headers"]),
            query=request.query_string,
            path=path,
            body=_reader(request._get_current_object()),  # type: ignore[attr-defined]  # noqa: SLF001  # Werkzeug's own way out of a proxy
        )
        return _response(await view(edge, plan, incoming))

    return serve


def _reader(asked: Request) -> Callable[[int], Awaitable[bytes]]:
    async def read(limit: int) -> bytes:
        try:
            return await asked.get_data(cache=False, as_text=False, parse_form_data=False)
        except HTTPException as refused:
            if refused.code == TooLarge.status:
                raise TooLarge(f"at most {limit} bytes are read here", limit=limit) from None
            raise from_status(refused.code or 400) from None

    return read


def _refused(away: Away) -> Callable[[HTTPException], Awaitable[Response]]:
    """Answer what Quart itself refuses: no such path, no such method, a body over its limit."""

    async def answer(refused: HTTPException) -> Response:
        status = refused.code or 500
        error: FoundationError | None = away(request.path) if status == 404 else None
        if error is None:
            methods = getattr(refused, "valid_methods", None) or ()
            error = from_status(status, allow=", ".join(sorted(methods)))
        return _response(problem(error, _request_id()))

    return answer


async def _failed(fault: Exception) -> Response:
    return _response(fault_answer(fault, _request_id()))


def _request_id() -> str:
    given: str = line().setdefault("request_id", str(ids.uuid7()))
    return given


class Bare(Response):
    """An answer with the headers it is given, and no others."""

    default_mimetype = None  # type: ignore[assignment]  # Werkzeug's type, which Quart narrows
    automatically_set_content_length = False


def _response(answer: Answer) -> Response:
    if answer.frames is not None:
        response = Bare(answer.frames, answer.status, Fields(answer.headers))
        response.timeout = None  # a stream has its own ends
        return response
    fields = Fields(answer.headers)
    if answer.status not in {204, 304}:
        fields.add("Content-Length", str(len(answer.body)))
    return Bare(answer.body, answer.status, fields)
