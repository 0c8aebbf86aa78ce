"""Plans: what each route takes and gives, or why it cannot be mounted."""

from typing import Annotated, Any
from uuid import UUID

import pytest

from foundation.auth.permissions import SignedIn
from foundation.http.context import Context
from foundation.http.models import Page, Query, Request, Versioned, View
from foundation.http.plan import RouteRefused, compile_route, plans
from foundation.http.reply import Reply, Stream
from foundation.http.router import IfMatch, Route, Router

ANYBODY = SignedIn("a test")


class New(Request):
    name: str


class Asked(Query):
    q: str = ""


class Thing(Versioned):
    name: str


class Plain(View):
    name: str


async def whole(ctx: Context, id: UUID, body: New, query: Asked, expected: IfMatch) -> Thing: ...
async def bare(ctx: Context) -> None: ...
async def page(ctx: Context) -> Page[Plain]: ...
async def reply(ctx: Context) -> Annotated[Reply, Plain]: ...
async def either(ctx: Context) -> Plain | Reply: ...
async def maybe(ctx: Context) -> Plain | None: ...


def plan(handler, path="/", method="GET", **options):
    return compile_route(
        Route(method, path, handler, ANYBODY, **options), plugin="things", prefix="things"
    )


def refusal(handler, path="/"):
    with pytest.raises(RouteRefused) as refused:
        plan(handler, path)
    return refused.value


def test_a_handler_tells_all_that_goes_in_and_out():
    made = plan(whole, "/{id}", "PATCH")

    assert made.url == "/api/things/{id}"
    assert (made.body, made.query, made.wants_version, made.view) == (New, Asked, True, Thing)
    assert set(made.path) == {"id"}
    assert made.is_versioned


def test_a_handler_that_takes_and_gives_nothing_is_a_plan_too():
    made = plan(bare)

    assert (made.url, made.body, made.query, made.view, made.give) == (
        "/api/things",
        None,
        None,
        None,
        None,
    )
    assert not made.is_versioned


@pytest.mark.parametrize(
    ("handler", "view"), [(page, Page[Plain]), (reply, Plain), (either, Plain), (maybe, Plain)]
)
def test_the_view_is_found_in_what_a_handler_returns(handler, view):
    assert plan(handler).view is view


def test_only_a_post_that_creates_takes_an_idempotency_key():
    assert plan(bare, method="POST", status=201).keyed
    assert not plan(bare, method="POST").keyed
    assert not plan(bare, method="PUT", status=201).keyed


def test_a_router_without_a_prefix_lies_right_below_the_api():
    made = compile_route(Route("GET", "/health", bare, ANYBODY), plugin="core", prefix="")

    assert made.url == "/api/health"


async def untyped(ctx: Context, id) -> None: ...
async def silent(ctx: Context): ...
async def anything(ctx: Context) -> Any: ...
async def takes_anything(ctx: Context, body: Any) -> None: ...
async def contextless() -> None: ...
async def wrong_context(ctx: int) -> None: ...
async def wrong_body(ctx: Context, body: dict) -> None: ...
async def wrong_query(ctx: Context, query: New) -> None: ...
async def wrong_version(ctx: Context, expected: int) -> None: ...
async def wrong_view(ctx: Context) -> dict: ...
async def two_views(ctx: Context) -> Plain | Thing: ...
async def unreadable(ctx: Context) -> "Nowhere": ...  # type: ignore[name-defined]  # noqa: F821  # the fault
def not_async(ctx: Context) -> None: ...


@pytest.mark.parametrize(
    ("handler", "path", "reason"),
    [
        (untyped, "/{id}", "no type for id"),
        (silent, "/", "no type for what it returns"),
        (anything, "/", "Any says nothing"),
        (takes_anything, "/", "Any says nothing"),
        (contextless, "/", "ctx: Context"),
        (wrong_context, "/", "ctx: Context"),
        (wrong_body, "/", "body must be a Request"),
        (wrong_query, "/", "query must be a Query"),
        (wrong_version, "/", "expected must be IfMatch"),
        (wrong_view, "/", "no View"),
        (two_views, "/", "more than one kind"),
        (unreadable, "/", "cannot be read"),
        (not_async, "/", "not async"),
        (bare, "/{id}", "the path has \\['id'\\]"),
        (bare, "/Upper", "lower case"),
        (bare, "/x/", "trailing slash"),
        (bare, "/{path:path}", "lower case"),
        (bare, "x", "lower case"),
    ],
)
def test_a_route_that_does_not_say_its_types_is_refused(handler, path, reason):
    refused = refusal(handler, path)

    assert refused.url.startswith("/api/things")
    with pytest.raises(RouteRefused, match=reason):
        raise refused


def router(*paths):
    made = Router("things")

    async def by_id(ctx: Context, id: UUID) -> None: ...
    async def by_key(ctx: Context, key: UUID) -> None: ...

    for path in paths:
        made.get(path, needs=ANYBODY)(by_id if "{id}" in path else by_key)
    return made


def test_two_routes_on_one_place_are_refused_whatever_their_parts_are_called():
    with pytest.raises(RouteRefused, match="first already has it"):
        plans([("first", router("/{id}")), ("second", router("/{key}"))])


def test_each_route_has_a_name_of_its_own():
    made = plans([("things", router("/{id}", "/{id}/x"))])

    assert len({plan.name for plan in made}) == 2


def test_only_a_stream_route_returns_a_stream():
    async def stream(ctx: Context) -> Stream: ...
    async def plain(ctx: Context) -> None: ...

    good, wrong, other = Router("x"), Router("x"), Router("x")
    good.stream("/", needs=SignedIn("a test"))(stream)
    wrong.get("/", needs=SignedIn("a test"))(stream)
    other.stream("/", needs=SignedIn("a test"))(plain)

    assert plans([("x", good)])[0].view is None
    for router in (wrong, other):
        with pytest.raises(RouteRefused, match="stream"):
            plans([("x", router)])
