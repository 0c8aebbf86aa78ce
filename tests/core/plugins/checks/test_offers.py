"""What is offered for a port has the Protocol's methods, with its arguments, async where it is."""

from typing import Protocol

import pytest

from foundation.plugins.checks.offers import offer_problems, protocol_of
from foundation.plugins.contributions import Offer
from foundation.ports import Port, credential_directory, tally


class Counter(Protocol):
    unit: str

    async def count(self, place: str, *, deep: bool) -> int: ...


COUNTER = Port[Counter]("stock.counter", 1)


class Right:
    unit = "piece"

    def __init__(self, ctx): ...

    async def count(self, place, *, deep, more=0): ...


class NotAsync:
    unit = "piece"

    def count(self, place, *, deep): ...


class Narrow:
    unit = "piece"

    async def count(self, place): ...


class Greedy:
    unit = "piece"

    async def count(self, place, *, deep, wanted): ...


class Field:
    unit: str

    async def count(self, place, *, deep): ...


class Bare: ...


def unseen(ctx):
    """Offer something without saying what."""
    return 3


@pytest.mark.parametrize("given", [Right, Field, unseen])
def test_what_fits_and_what_cannot_be_seen_has_no_problem(given):
    assert offer_problems(Offer(COUNTER, given)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (NotAsync, "NotAsync count() must be async"),
        (Narrow, "does not take what the port says: got an unexpected keyword argument 'deep'"),
        (Greedy, "does not take what the port says: missing a required argument: 'wanted'"),
        (Bare, "Bare has no count"),
    ],
)
def test_a_difference_is_named(given, words):
    assert any(words in problem for problem in offer_problems(Offer(COUNTER, given)))


def test_a_function_that_says_what_it_returns_is_judged_by_that():
    def make(ctx) -> Bare: ...

    assert "port stock.counter 1: Bare has no unit" in offer_problems(Offer(COUNTER, make))


def test_a_port_without_a_protocol_is_not_judged():
    assert offer_problems(Offer(Port[object]("stock.thing", 1), Bare)) == []


def test_cores_ports_name_their_protocol():
    assert protocol_of(credential_directory).__name__ == "CredentialDirectory"
    assert protocol_of(tally("x")).__name__ == "Tally"
