"""What a resource page promises, the plugin's own routes keep; what does not fit is named."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission, SignedIn
from foundation.http.context import Context
from foundation.http.models import Page, PageQuery, Request, View
from foundation.http.router import Router
from foundation.plugins.checks.resources import resource_problems
from foundation.plugins.resource import Action, Column, DetailGroup, Filter, Resource, Tab
from foundation.plugins.route_map import RouteMap

READ = Permission("orders:order:read", "Read")
ANYBODY = SignedIn("a test")


class OrderView(View):
    id: str
    name: str
    state: str


class FullView(OrderView):
    note: str


class Orders(PageQuery):
    q: str | None = None
    state: str | None = None
    sort: str | None = None


class NewOrder(Request):
    name: str


class Odd(Request):
    tags: dict[str, str]


router = Router("orders")


@router.get("/", needs=ANYBODY)
async def many(ctx: Context, query: Orders) -> Page[OrderView]: ...


@router.get("/{id}", needs=ANYBODY)
async def one(ctx: Context, id: str) -> FullView: ...


@router.post("/", needs=ANYBODY)
async def make(ctx: Context, body: NewOrder) -> OrderView: ...


@router.post("/{id}/ship", needs=ANYBODY)
async def ship(ctx: Context, id: str) -> OrderView: ...


@router.get("/{id}/lines", needs=ANYBODY)
async def lines(ctx: Context, id: str) -> Page[OrderView]: ...


@router.get("/all/bare", needs=ANYBODY)
async def bare(ctx: Context) -> OrderView: ...


SHIP = Action("ship", "Ship", "POST", "/{id}/ship", READ)
LINES = Resource("line", "lines", "/orders/{id}/lines", "name", READ, (Column("name"),))
ORDER = Resource(
    "order",
    "orders",
    "/orders",
    "name",
    READ,
    (Column("name", sortable=True), Column("state", badge={"late": "bad"})),
    filters=(Filter("state"),),
    search=True,
    detail=(Column("note"),),
    create=NewOrder,
    actions=(SHIP,),
    tabs=(Tab("Lines", LINES),),
)


def problems(*resources):
    return resource_problems(resources, routes=RouteMap.of([router]), permissions={READ.name})


def changed(**changes):
    return dataclasses.replace(ORDER, **changes)


def tab(**changes):
    return changed(tabs=(Tab("Lines", dataclasses.replace(LINES, **changes)),))


def test_a_page_whose_routes_keep_it_has_no_problem():
    assert problems(ORDER) == []


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        (changed(path="/carts", create=None, actions=(), tabs=()), "no route GET /carts"),
        (
            changed(path="/orders/all/bare", create=None, actions=(), tabs=()),
            "does not return Page",
        ),
        (changed(columns=()), "has no columns"),
        (changed(columns=(Column("colour"),)), "column 'colour' is no field of OrderView"),
        (changed(detail=(Column("colour"),)), "column 'colour' is no field of FullView"),
        (changed(columns=(Column("note"),)), "column 'note' is no field of OrderView"),
        (changed(title_field="label"), "title_field 'label' is no field of OrderView"),
        (changed(columns=(Column("name", format="roman"),)), "unknown format 'roman'"),
        (changed(columns=(Column("name", width="huge"),)), "unknown width 'huge'"),
        (changed(columns=(Column("name", hide_below="xl"),)), "hides below an unknown 'xl'"),
        (changed(columns=(Column("name", badge={"a": "red"}),)), "unknown tone 'red'"),
        (changed(filters=(Filter("colour"),)), "filter 'colour' is no parameter"),
        (changed(filters=(Filter("state", type="enum"),)), "is an enum without options"),
        (changed(filters=(Filter("state", type="ref"),)), "'state' wants ref="),
        (changed(filters=(Filter("state", type="moon"),)), "is of an unknown type 'moon'"),
        (changed(filters=(Filter("at", type="datetime-range"),)), "filter 'at_from' is no"),
        (changed(detail=(DetailGroup("A", (Column("x"),)),)), "column 'x' is no field of FullView"),
        (changed(detail=(DetailGroup("A", ()), DetailGroup("A", ()))), "has two groups 'A'"),
        (changed(page_size=500), "page_size 500 is no 'limit'"),
        (changed(create=Odd), "POST /orders does not take Odd"),
        (changed(actions=(SHIP, SHIP)), "action 'ship' is given twice"),
        (tab(path="/orders/{number}/lines"), "'number' in its path is no field of FullView"),
        (tab(columns=(Column("colour"),)), "column 'colour' is no field of OrderView"),
        (tab(tabs=(Tab("Deep", LINES),)), "a tab has no tabs of its own"),
        (tab(search=True), "search wants a parameter 'q'"),
        (tab(columns=(Column("name", sortable=True),)), "sorting by 'name' wants a parameter"),
    ],
)
def test_what_does_not_fit_is_named(resource, words):
    assert words in "; ".join(problems(resource))


def test_a_resource_declared_twice_is_told():
    assert "resource 'order' is declared twice" in problems(ORDER, ORDER)
