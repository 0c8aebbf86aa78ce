"""A form that does not fit is named by its field: no route, another model, an odd widget or group."""

from typing import Annotated, Literal

import pytest
from pydantic import Field, create_model

from foundation.auth.permissions import Permission, SignedIn
from foundation.http.context import Context
from foundation.http.models import Request, View
from foundation.http.router import Router
from foundation.plugins.checks.forms import form_problems
from foundation.plugins.resource import Column, Form, FormGroup, Resource
from foundation.plugins.route_map import RouteMap

READ = Permission("orders:order:read", "Read")


class OrderView(View):
    id: str


def looks(**ui):
    return Field(json_schema_extra={"x-ui": ui})


class NewOrder(Request):
    kind: Annotated[Literal["once", "daily"], looks(widget="radio")]
    at: Annotated[str, looks(showIf={"kind": "daily"})] = ""
    loud: Annotated[bool, looks(widget="switch")] = False
    customer: Annotated[str, looks(widget="ref", ref="/api/customers")] = ""


class Tagged(Request):
    tags: dict[str, str]


class Other(Request):
    name: str


router = Router("orders")


@router.post("/", needs=SignedIn("a test"))
async def make(ctx: Context, body: NewOrder) -> OrderView: ...


def odd(kind: type, **ui: object) -> type[Request]:
    """Return a model of one field that looks oddly."""
    return create_model("Odd", __base__=Request, field=(Annotated[kind, looks(**ui)], ...))


def with_groups(*groups):
    page = Resource(
        "order", "orders", "/orders", "id", READ, (Column("id"),), create=Form(NewOrder, groups)
    )
    return "; ".join(form_problems(page, RouteMap.of([router])))


def test_a_form_that_fits_has_no_problem():
    assert with_groups(FormGroup("When", ("kind", "at")), FormGroup("More", ("loud",), True)) == ""


def test_a_form_without_a_route_is_named():
    page = Resource("order", "orders", "/orders", "id", READ, (Column("id"),), edit=NewOrder)

    told = form_problems(page, RouteMap.of([router]))

    assert told == ["edit wants a route PATCH /orders/{id}"]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Other, "POST /orders does not take Other"),
        (Tagged, "create form: tags has no named fields"),
    ],
)
def test_a_model_that_is_not_the_routes_or_not_drawn_is_named(model, words):
    page = Resource("order", "orders", "/orders", "id", READ, (Column("id"),), create=model)

    assert words in "; ".join(form_problems(page, RouteMap.of([router])))


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((FormGroup("When", ("colour",)),), "group 'When' names 'colour', which is no field"),
        ((FormGroup("A", ("at",)), FormGroup("B", ("at",))), "'at' is in two groups"),
    ],
)
def test_a_group_that_does_not_fit_is_named(groups, words):
    assert words in with_groups(*groups)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (odd(str, widget="wheel"), "field has an unknown widget 'wheel'"),
        (odd(str, widget="ref"), "field wants x-ui.ref"),
        (odd(str, widget="radio"), "field is a radio without choices"),
        (odd(str, widget="switch"), "field is a switch that is not boolean"),
        (odd(str, showIf={"moon": "full"}), "field is shown if 'moon'"),
        (odd(str, showIf="kind"), "a showIf that is no object"),
    ],
)
def test_a_widget_that_does_not_fit_is_named(model, words):
    page = Resource("order", "orders", "/orders", "id", READ, (Column("id"),), create=model)

    assert words in "; ".join(form_problems(page, RouteMap.of([router])))
