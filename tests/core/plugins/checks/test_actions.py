"""An action that does not fit is named: no route, a right nobody declared, a field that is not there."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission, SignedIn
from foundation.http.context import Context
from foundation.http.models import Request, View
from foundation.http.router import Router
from foundation.plugins.checks.actions import action_path, action_problems
from foundation.plugins.resource import Action, Column, Resource
from foundation.plugins.route_map import RouteMap

READ = Permission("orders:order:read", "Read")
ANYBODY = SignedIn("a test")


class OrderView(View):
    id: str
    name: str


class Reason(Request):
    reason: str


class Chosen(Request):
    ids: list[str]


router = Router("orders")


@router.post("/{id}/ship", needs=ANYBODY)
async def ship(ctx: Context, id: str) -> OrderView: ...


@router.post("/{id}/stop", needs=ANYBODY)
async def stop(ctx: Context, id: str, body: Reason) -> OrderView: ...


@router.post("/sweep", needs=ANYBODY)
async def sweep(ctx: Context) -> None: ...


@router.post("/drop", needs=ANYBODY)
async def drop(ctx: Context, body: Chosen) -> None: ...


SHIP = Action("ship", "Ship", "POST", "/{id}/ship", READ)
STOP = Action("stop", "Stop", "POST", "/{id}/stop", READ, form=Reason, undo_path="/{id}/ship")
DROP = Action("drop", "Drop", "POST", "/drop", READ, scope="bulk", type_to_confirm="name")
SWEEP = Action("sweep", "Sweep", "POST", "/sweep", READ)
ORDER = Resource("order", "orders", "/orders", "name", READ, (Column("name"),))


def problems(*actions):
    page = dataclasses.replace(ORDER, actions=actions)
    return action_problems(page, RouteMap.of([router]), {READ.name}, view=OrderView)


def test_actions_that_fit_have_no_problem():
    assert (
        problems(SHIP, STOP, DROP, SWEEP, dataclasses.replace(SHIP, id="all", scope="bulk")) == []
    )


@pytest.mark.parametrize(
    ("action", "changes", "words"),
    [
        (SHIP, {"path": "/{id}/x"}, "wants a route POST /orders/{id}/x"),
        (SHIP, {"needs": None}, "needs a permission that is not declared"),
        (SHIP, {"scope": "moon"}, "has an unknown scope 'moon'"),
        (SWEEP, {"scope": "item"}, "is about one row, and its path has no {key}"),
        (SHIP, {"scope": "page"}, "is about no row, and its path has a {key}"),
        (SWEEP, {"scope": "bulk"}, "must take a body with 'ids'"),
        (SHIP, {"path": "/{number}/ship"}, "has 'number' in its path, which is no field"),
        (SHIP, {"when": {"colour": "red"}}, "is offered when 'colour', which is no field"),
        (SHIP, {"type_to_confirm": "title"}, "wants 'title' typed, which is no field"),
        (SHIP, {"form": Reason}, "POST /orders/{id}/ship does not take Reason"),
        (STOP, {"undo_path": "/{id}/x"}, "wants a route POST /orders/{id}/x to take it back"),
    ],
)
def test_an_action_that_does_not_fit_is_named(action, changes, words):
    told = "; ".join(problems(dataclasses.replace(action, **changes)))

    assert words in told
    assert action.id in told


def test_an_action_given_twice_is_told():
    assert "action 'ship' is given twice" in problems(SHIP, SHIP)


def test_an_action_lies_below_its_resource():
    assert action_path(ORDER, SHIP.path) == "/orders/{id}/ship"
