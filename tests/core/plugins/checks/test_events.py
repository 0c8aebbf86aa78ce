"""An event type bears its plugin's id, has a title, and is declared once for each version."""

import dataclasses

import pytest

from foundation.audit.events import Detail, EventType
from foundation.plugins.checks.events import event_problems


class Placed(Detail):
    number: int


class Leaking(Detail):
    token: str


PLACED = EventType("orders.order.placed", "Order placed", Placed)


def test_right_types_have_no_problem():
    assert event_problems("orders", [PLACED, dataclasses.replace(PLACED, version=2)]) == []
    assert event_problems("orders", [dataclasses.replace(PLACED, owasp=("authz_fail",))]) == []


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (EventType("stock.order.placed", "Placed"), "is not named orders.thing.verbed"),
        (dataclasses.replace(PLACED, title=""), "has no title"),
        (dataclasses.replace(PLACED, detail=dict), "a detail that is no Detail"),
        (dataclasses.replace(PLACED, detail=None), "a detail that is no Detail"),
        (dataclasses.replace(PLACED, detail=Leaking), "the field token looks secret"),
        (dataclasses.replace(PLACED, version=0), "a version below 1"),
        (dataclasses.replace(PLACED, owasp=("order_placed",)), "OWASP's vocabulary: order_placed"),
    ],
)
def test_a_wrong_type_is_named(event, words):
    (problem,) = event_problems("orders", [event])

    assert words in problem


def test_a_version_declared_twice_is_told_once():
    assert event_problems("orders", [PLACED, PLACED]) == [
        "event 'orders.order.placed' version 1 is declared twice"
    ]


class Bought(Detail):
    """What was placed."""

    number: int


class Reworded(Detail):
    """Other words for it."""

    number: int


class Renamed(Detail):
    count: int


@pytest.mark.parametrize(
    ("detail", "version", "words"),
    [
        (Bought, 1, ""),
        (Reworded, 1, ""),
        (Renamed, 1, "has another detail than version 1 had; declare version 2"),
        (Renamed, 2, ""),
    ],
    ids=range(4),
)
def test_a_detail_changes_with_a_new_version_only(detail, version, words):
    noted = {("orders.order.placed", 1): Bought.model_json_schema()}
    event = EventType("orders.order.placed", "Placed", detail, version=version)

    told = "".join(event_problems("orders", [event], noted=noted))

    assert (words in told, bool(told)) == (True, bool(words))
