"""A resource becomes what the shell draws, with only what the person may do."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission
from foundation.auth.principal import Principal
from foundation.http.context import Context
from foundation.http.models import Page, PageQuery, Request, View
from foundation.http.router import Router
from foundation.plugins.resource import (
    Action,
    Column,
    DetailGroup,
    Empty,
    Filter,
    Form,
    FormGroup,
    Resource,
    Tab,
)
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


def test_a_form_has_its_groups_and_the_words_of_its_button(spec):
    form = Form(NewOrder, (FormGroup("More", ("name",), advanced=True),), submit="Place order")

    drawn = spec(READ, WRITE, resource=dataclasses.replace(ORDER, create=form))

    assert drawn["create"]["groups"] == [{"title": "More", "fields": ["name"], "advanced": True}]
    assert drawn["create"]["submit"] == "Place order"


def test_a_detail_is_drawn_in_its_groups(spec):
    group = DetailGroup("More", (Column("state"),))

    drawn = spec(READ, resource=dataclasses.replace(ORDER, detail=(group, Column("name"))))

    titles = [one["title"] for one in drawn["detail"]["groups"]]
    assert titles == ["", "More"]


def test_an_action_says_what_it_is_about_what_it_asks_and_how_it_is_taken_back(spec):
    action = Action(
        *("stop", "Stop", "POST", "/{id}/stop", WRITE),
        scope="bulk",
        form=NewOrder,
        undo_path="/{id}/go",
        confirm="Sure?",
        type_to_confirm="name",
    )

    (drawn,) = spec(READ, WRITE, resource=dataclasses.replace(ORDER, actions=(action,)))["actions"]

    assert (drawn["scope"], drawn["undoPath"]) == ("bulk", "/{id}/go")
    assert drawn["confirm"] == {"level": "type", "typeField": "name", "body": "Sure?"}
    assert drawn["form"]["schema"]["required"] == ["name"]


def test_a_filter_by_another_list_names_it_and_an_empty_list_says_more(spec):
    resource = dataclasses.replace(
        ORDER,
        filters=(Filter("state", type="ref", ref="/api/states"),),
        empty=Empty("Nothing.", "Make one.", "/docs"),
    )

    drawn = spec(READ, resource=resource)

    assert drawn["filters"][0]["ref"] == "/api/states"
    assert drawn["empty"] == {"title": "Nothing", "body": "Make one.", "docs": "/docs"}
