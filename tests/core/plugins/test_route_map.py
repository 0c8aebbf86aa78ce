"""A route is found by method and path, and its types are read from its handler."""

import pytest

from foundation.auth.permissions import SignedIn
from foundation.http.context import Context
from foundation.http.models import Page, PageQuery, Request, View
from foundation.http.router import Router
from foundation.plugins.route_map import (
    RouteMap,
    answer_of,
    item_view,
    query_model,
    shape,
    takes,
)


class ThingView(View):
    name: str


class Things(PageQuery):
    q: str | None = None


class NewThing(Request):
    name: str


router = Router("things")
ANYBODY = SignedIn("a test")


@router.get("/", needs=ANYBODY)
async def many(ctx: Context, query: Things) -> Page[ThingView]: ...


@router.get("/{id}", needs=ANYBODY)
async def one(ctx: Context, id: str) -> ThingView: ...


@router.post("/", needs=ANYBODY)
async def make(ctx: Context, body: NewThing) -> ThingView: ...


@pytest.fixture
def routes():
    return RouteMap.of([router])


def test_parameters_may_be_called_anything_and_the_last_slash_may_be_left_out(routes):
    assert routes.find("GET", "/things") is routes.find("GET", "/things/")
    assert routes.find("GET", "/things/{key}").handler is one
    assert routes.find("PUT", "/things") is None
    assert shape("/a/{b}/c/") == "/a/{}/c"


def test_the_view_of_a_list_is_that_of_its_items(routes):
    assert item_view(routes.find("GET", "/things")) is ThingView
    assert item_view(routes.find("GET", "/things/{id}")) is None
    assert answer_of(routes.find("GET", "/things/{id}")) is ThingView


def test_the_query_is_known_by_its_fields(routes):
    model = query_model(routes.find("GET", "/things"))
    assert model is not None
    assert set(model.model_fields) == {"limit", "cursor", "q"}
    assert query_model(routes.find("POST", "/things")) is None


def test_a_handler_takes_a_model_and_not_what_it_returns(routes):
    make_route = routes.find("POST", "/things")

    assert takes(make_route, NewThing)
    assert not takes(make_route, ThingView)
