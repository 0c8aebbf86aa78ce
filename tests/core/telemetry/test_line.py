"""The line of the present request."""

import asyncio

from foundation.telemetry.line import bound, line, outlives


def test_outside_a_request_the_line_is_thrown_away():
    line()["user_id"] = "x"

    assert line() == {}


async def test_what_a_task_writes_reaches_whoever_bound_the_line():
    values: dict = {}

    async def handler():
        line()["user_id"] = "x"

    with bound(values, set()):
        await asyncio.create_task(handler())

    assert values == {"user_id": "x"}


def test_a_line_inside_another_hides_it_and_gives_it_back():
    with bound({"request_id": "outer"}, set()):
        with bound({"request_id": "inner"}, set()):
            inner = line()["request_id"]
        outer = line()["request_id"]

    assert (inner, outer) == ("inner", "outer")


async def test_a_task_that_outlives_its_request_is_known_until_it_ends():
    units: set = set()
    with bound({}, units):
        task = asyncio.create_task(asyncio.sleep(0))
        outlives(task)
    known = set(units)
    await task
    await asyncio.sleep(0)

    assert known == {task}
    assert units == set()


async def test_outside_a_request_nothing_outlives():
    task = asyncio.create_task(asyncio.sleep(0))
    outlives(task)
    await task
