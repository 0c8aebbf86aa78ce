"""A route is closed, typed and in its own place, or its plugin does not start."""

from typing import Any

import pytest

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.context import Context
from foundation.http.models import View
from foundation.http.router import Router
from foundation.plugins.checks.routes import path_parameters, route_problems
from foundation.plugins.claims import Claims
from foundation.plugins.memory import NO_MEMORY

READ = Permission("orders:order:read", "Read")
ANYBODY = SignedIn("a test")


class OrderView(View):
    id: str


async def look(ctx: Context) -> OrderView: ...


async def look_at(ctx: Context, id: str) -> OrderView: ...


async def untyped(ctx, id: str) -> OrderView: ...


async def of_anything(ctx: Context, id: Any) -> OrderView: ...


async def silent(ctx: Context, id: str): ...


async def unknown(ctx: Context, id: "Nowhere") -> None: ...  # type: ignore[name-defined]  # noqa: F821  # the fault on purpose


async def without_context(id: str) -> None: ...


def plain(ctx: Context, id: str) -> OrderView: ...


def problems(*routes, prefix="orders", claims=None, builtin=False):
    """Check a router with these routes: method, path, handler, needs."""
    router = Router(prefix)
    for method, path, handler, needs in routes:
        getattr(router, method.lower())(path, needs=needs)(handler)
    claims = claims or Claims(installed=frozenset({"orders", "stock"}), memory=NO_MEMORY)
    return route_problems(
        "orders", [router], permissions={READ.name}, claims=claims, builtin=builtin
    )


def test_right_routes_have_no_problem():
    assert (
        problems(
            ("GET", "/", look, READ),
            ("GET", "/{id}", look_at, Public("anybody may look")),
            ("POST", "/{id}/ship", look_at, ANYBODY),
        )
        == []
    )


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (("GET", "/", look, None), "GET /api/orders: has no needs="),
        (("GET", "/", look, SignedIn("")), "gives no reason"),
        (("POST", "/", look, Permission("orders:order:x", "X")), "nobody could have it"),
        (("GET", "/{id}", plain, READ), "GET /api/orders/{id}: plain is not an async def"),
        (("GET", "/{id}", untyped, READ), "parameter 'ctx' without a type"),
        (("GET", "/{id}", of_anything, READ), "parameter 'id' without a type"),
        (("GET", "/{id}", silent, READ), "does not say what it returns"),
        (("GET", "/{id}", unknown, READ), "type that cannot be read"),
        (("GET", "/{id}", without_context, READ), "ctx: Context"),
        (("GET", "/{key}", look_at, READ), "does not take the path's parameter 'key'"),
        (("GET", "/", look_at, READ), "the path has []"),
        (("GET", "/x/", look, READ), "does not end with one"),
        (("GET", "x", look, READ), "starts with a slash"),
        (("GET", "/Upper", look, READ), "'Upper' is neither"),
        (("GET", "/{rest:path}", look, READ), "'{rest:path}' is neither"),
        (("GET", "/a{id}", look, READ), "'a{id}' is neither"),
    ],
)
def test_a_wrong_route_is_named_by_method_and_path(route, words):
    assert words in "; ".join(problems(route))


def test_a_route_given_twice_is_refused_whatever_its_parameters_are_called():
    async def look_at_key(ctx: Context, key: str) -> OrderView: ...

    found = problems(("GET", "/{id}", look_at, READ), ("GET", "/{key}", look_at_key, READ))

    assert found == ["GET /api/orders/{} is given 2 times"]


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("users", "it is Foundation's own"),
        ("stock", "it belongs to stock"),
        ("Orders", "does not match"),
        ("or/ders", "does not match"),
        ("", "does not match"),
    ],
)
def test_a_prefix_of_somebody_else_is_refused(prefix, words):
    assert words in "; ".join(problems(("GET", "/", look, READ), prefix=prefix))


def test_core_may_have_cores_prefixes():
    assert problems(("GET", "/", look, READ), prefix="users", builtin=True) == []


def test_the_parameters_of_a_path_are_in_their_order():
    assert path_parameters("/{a}/b/{c_d}") == ["a", "c_d"]
