"""The gate counts units of work until their tasks end."""

import asyncio

from foundation.asgi.gate import Gate


async def test_there_are_only_so_many_places():
    gate = Gate(2)

    assert [gate.enter() for _ in range(3)] == [True, True, False]


async def test_a_place_is_free_again_after_its_request():
    gate = Gate(1)
    gate.enter()
    gate.leave(set())

    assert gate.enter()


async def test_a_place_stays_taken_until_every_task_has_ended():
    gate = Gate(1)
    first, second = asyncio.Event(), asyncio.Event()
    tasks = {asyncio.create_task(first.wait()), asyncio.create_task(second.wait())}
    gate.enter()
    gate.leave(tasks)
    first.set()
    await asyncio.sleep(0.01)
    still = gate.taken
    second.set()
    await gate.empty()

    assert still == 1
    assert gate.taken == 0


async def test_a_task_that_has_ended_already_gives_its_place_back():
    gate = Gate(1)
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    gate.enter()
    gate.leave({task})
    await gate.empty()

    assert gate.taken == 0


async def test_an_unused_gate_is_empty():
    await asyncio.wait_for(Gate().empty(), 1)
