"""What stands between a request and a handler."""

import asyncio

import pytest

from foundation import ids
from foundation.audit.actor import Actor
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.http.context import Caller
from foundation.http.edge import Units, actor_of
from foundation.telemetry.line import bound

from .conftest import MADE, person


async def test_a_unit_is_known_to_the_line_until_it_ends():
    outlives, may_end, units = set(), asyncio.Event(), Units()

    with bound({}, outlives):
        task = units.start(may_end.wait())
    assert units.tasks == outlives == {task}

    may_end.set()
    await units.ended()
    assert (units.tasks, outlives) == (set(), set())


async def test_nothing_in_flight_has_ended_already():
    await asyncio.wait_for(Units().ended(), 1)


def test_a_person_is_named_in_the_trail_with_their_session():
    somebody = person()

    actor = actor_of(somebody)

    assert actor == Actor("user", somebody.id, "Ada", somebody.session.public_id)


def test_a_person_without_a_name_is_named_by_their_address():
    assert actor_of(Principal("user", ids.uuid7(), email="ada@example.org")).name == (
        "ada@example.org"
    )


def test_a_stranger_is_nobody_in_the_trail():
    assert actor_of(ANONYMOUS) == Actor("anonymous")


async def test_a_context_that_only_reads_refuses_to_record(product):
    async with product.database.reading() as db:
        ctx = product.edge.context(
            db,
            plugin="things",
            principal=ANONYMOUS,
            request_id="r",
            caller=Caller(""),
            writes=False,
        )

        with pytest.raises(ValueError, match="only reads"):
            ctx.record(MADE(name="a"))
