"""A port is offered once, by one plugin, and core's by core alone."""

import pytest

from foundation.plugins.checks.services import service_problems
from foundation.plugins.claims import Claims
from foundation.plugins.contributions import Offer, Services
from foundation.plugins.memory import NO_MEMORY
from foundation.ports import Port

CLAIMS = Claims(installed=frozenset(), memory=NO_MEMORY, ports={("stock.counter", 1): "stock"})


def offer(name, factory=lambda _: object()):
    return Offer(Port(name, 1), factory)


def test_a_new_port_has_no_problem():
    assert service_problems(Services(offers=(offer("orders.book"),)), claims=CLAIMS) == []


@pytest.mark.parametrize(
    ("offers", "words"),
    [
        ((offer("stock.counter"),), "is offered by stock already"),
        ((offer("core.trail"),), "is offered by core already"),
        ((offer("orders.book"), offer("orders.book")), "is offered twice"),
        ((offer("orders.book", None),), "cannot be called"),
    ],
)
def test_a_wrong_offer_is_named(offers, words):
    (problem,) = service_problems(Services(offers=offers), claims=CLAIMS)

    assert words in problem
