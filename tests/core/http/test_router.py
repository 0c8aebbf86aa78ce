"""A router collects routes as data; what they need is never left out."""

import pytest

from foundation.auth.permissions import Permission, Public
from foundation.http.router import Router

READ = Permission("things:thing:read", "Read things")


async def handler() -> None:
    """Stand for the work of a route."""


@pytest.mark.parametrize(
    ("verb", "method", "status", "writes"),
    [
        ("get", "GET", 200, False),
        ("post", "POST", 200, True),
        ("put", "PUT", 200, True),
        ("patch", "PATCH", 200, True),
        ("delete", "DELETE", 204, True),
    ],
)
def test_a_verb_makes_a_route_of_its_method(verb, method, status, writes):
    router = Router("things")

    returned = getattr(router, verb)("/{id}", needs=READ)(handler)

    (route,) = router.routes
    assert returned is handler
    assert (route.method, route.path, route.handler, route.needs) == (
        method,
        "/{id}",
        handler,
        READ,
    )
    assert (route.status, route.in_transaction) == (status, writes)


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete"])
def test_a_route_without_needs_is_refused_where_it_is_written(verb):
    with pytest.raises(TypeError, match="needs"):
        getattr(Router("things"), verb)("/")


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="statuz"):
        Router("things").post("/", needs=READ, statuz=201)(handler)


def test_creation_says_201_and_a_deletion_may_say_something_else():
    router = Router("things")
    router.post("/", needs=READ, status=201)(handler)
    router.delete("/{id}", needs=READ, status=200)(handler)

    assert [route.status for route in router.routes] == [201, 200]


def test_a_post_that_only_looks_runs_outside_a_transaction():
    router = Router("things")
    router.post("/search", needs=READ, writes=False)(handler)

    assert not router.routes[0].in_transaction


def test_a_get_that_notes_something_runs_in_a_transaction():
    router = Router("things")
    router.get("/callback", needs=Public("nobody is signed in yet"), writes=True)(handler)

    assert router.routes[0].in_transaction


def test_two_routers_do_not_share_their_routes():
    first, second = Router("a"), Router("b")
    first.get("/", needs=READ)(handler)

    assert second.routes == []
