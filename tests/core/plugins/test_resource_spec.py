"""A resource becomes what the shell draws, with only what the person may do."""

import pytest

from foundation.auth.permissions import Permission
from foundation.auth.principal import Principal
from foundation.http.context import Context
from foundation.http.models import Page, PageQuery, Request, View
from foundation.http.router import Router
from foundation.plugins.contributions import Action, Column, Filter, Resource, Tab
from foundation.plugins.resource_spec import label_of, resource_spec
from foundation.plugins.route_map import RouteMap

READ = Permission("orders:order:read", "Read")
WRITE = Permission("orders:order:write", "Write")


class OrderView(View):
    id: str
    name: str
    state: str


class NewOrder(Request):
    name: str


router = Router("orders")


@router.get("/", needs=READ)
async def many(ctx: Context, query: PageQuery) -> Page[OrderView]: ...


@router.post("/", needs=WRITE)
async def make(ctx: Context, body: NewOrder) -> OrderView: ...


@router.patch("/{id}", needs=WRITE)
async def change(ctx: Context, id: str, body: NewOrder) -> OrderView: ...


LINES = Resource("line", "lines", "/orders/{id}/lines", "name", READ, (Column("name"),))
ORDER = Resource(
    "order",
    "orders",
    "/orders",
    "name",
    READ,
    (
        Column("name", sortable=True, link="/s/orders/{id}"),
        Column("state", "How it is", badge={"late": "bad"}, hide_below="md"),
    ),
    filters=(Filter("state", type="enum", options=(("late", "Late"),)),),
    search=True,
    sort="-name",
    detail=(Column("state", format="code"),),
    create=NewOrder,
    edit=NewOrder,
    actions=(
        Action(
            "ship", "Ship", "POST", "/{id}/ship", WRITE, confirm="Sure?", when={"state": "late"}
        ),
    ),
    tabs=(Tab("Lines", LINES),),
    empty="No order yet.",
)


@pytest.fixture
def spec():
    def spec_for(*permissions, resource=ORDER):
        principal = Principal("user", permissions=frozenset(right.name for right in permissions))
        routes = RouteMap.of([router])
        return resource_spec(resource, api="/api/orders", routes=routes, principal=principal)

    return spec_for


def test_a_list_is_drawn_from_its_columns(spec):
    drawn = spec(READ)

    assert drawn["path"] == ""
    assert drawn["columns"] == [
        {"field": "name", "label": "Name", "sortable": True, "link": "/s/orders/{id}"},
        {
            "field": "state",
            "label": "How it is",
            "format": {"badge": {"late": "bad"}},
            "hideBelow": "md",
        },
    ]
    assert (drawn["key"], drawn["titleField"], drawn["defaultSort"]) == ("id", "name", "-name")
    assert drawn["filters"] == [
        {
            "field": "state",
            "label": "State",
            "type": "enum",
            "options": [{"value": "late", "label": "Late"}],
        }
    ]
    assert drawn["empty"]["title"] == "No order yet"


def test_somebody_who_may_only_read_gets_no_form_and_no_action(spec):
    assert not {"create", "edit", "actions"} & spec(READ).keys()


def test_somebody_who_may_write_gets_them(spec):
    drawn = spec(READ, WRITE)

    assert drawn["create"]["schema"]["required"] == ["name"]
    assert drawn["edit"]["schema"]["properties"].keys() == {"name"}
    assert drawn["actions"] == [
        {
            "id": "ship",
            "title": "Ship",
            "scope": "item",
            "method": "POST",
            "path": "/{id}/ship",
            "permission": "orders:order:write",
            "danger": False,
            "confirm": {"level": "ask", "body": "Sure?"},
            "when": {"state": "late"},
        }
    ]


def test_a_tab_hangs_below_the_detail_for_those_who_may_see_it(spec):
    (tab,) = spec(READ)["detail"]["tabs"]

    assert (tab["title"], tab["resource"]["path"]) == ("Lines", "/{id}/lines")
    assert "tabs" not in spec()["detail"]


def test_a_plain_resource_says_nothing_it_has_not(spec):
    plain = Resource("order", "orders", "/orders", "name", READ, (Column("name"),))

    assert not {"detail", "filters", "empty", "defaultSort"} & spec(READ, resource=plain).keys()


def test_a_field_reads_as_words():
    assert label_of("created_at") == "Created at"
